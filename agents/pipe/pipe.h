// agents/pipe/pipe.h - the pipe(8) delivery agent as its main() sees it.
#pragma once

#include "lib/async/task.h"
#include "lib/config/settings.h"
#include "lib/daemon/daemon.h"

namespace postrider::pipe_agent {

// Reads the attributes of the service and looks up its user; fatal when they are wrong.
void read_service(Settings& settings);
// Serves one connection of qmgr(8).
Task<> serve_client(daemon::Connection connection, const Settings& settings);

}  // namespace postrider::pipe_agent
