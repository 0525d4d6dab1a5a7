// local/local.h - the local(8) delivery agent as its main() sees it.
#pragma once

#include "lib/async/task.h"
#include "lib/config/settings.h"
#include "lib/delivery/agent.h"

namespace postrider::local {

// Opens the tables, still privileged.
void open_tables(Settings& settings);
// Delivers to all recipients of one request.
Task<> deliver(delivery::Delivery& delivery);

}  // namespace postrider::local
