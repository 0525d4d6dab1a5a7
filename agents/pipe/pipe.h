// agents/pipe/pipe.h - the pipe(8) delivery agent as its main() sees it.
#pragma once

#include "lib/async/task.h"
#include "lib/config/settings.h"
#include "lib/delivery/agent.h"

namespace postrider::pipe_agent {

// Reads the attributes of the service and looks up its user; fatal when they are wrong.
void read_service(Settings& settings);
// Delivers to all recipients of one request.
Task<> deliver(delivery::Delivery& delivery);

}  // namespace postrider::pipe_agent
