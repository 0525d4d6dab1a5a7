// agents/virtual/virtual.h - the virtual(8) delivery agent as its main() sees it.
#pragma once

#include "lib/async/task.h"
#include "lib/config/settings.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/agent.h"

namespace postrider::virtual_agent {

// Opens the tables, still privileged.
void open_tables(Settings& settings);
// Delivers to all recipients of one request.
Task<> deliver(delivery::Delivery& delivery);
// Serves one connection of qmgr(8).
Task<> serve_client(daemon::Connection connection, const Settings& settings);

}  // namespace postrider::virtual_agent
