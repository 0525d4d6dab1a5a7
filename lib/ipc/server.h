// lib/ipc/server.h - answering neighbour daemons: the other end of ipc::Client.
#pragma once

#include <functional>

#include "lib/ipc/client.h"

namespace postrider::ipc {

// Answers one request body with a reply body.  Requests of one connection run side by side.  An exception ends
// the connection; it never ends the process.
using Handler = std::function<Task<std::string>(std::string request)>;

// Serves frames until the client leaves.  `idle_limit`: a silent client with nothing pending is let go.
Task<> serve_requests(async::Stream stream, Handler handler, async::Duration idle_limit = std::chrono::hours(1));

}  // namespace postrider::ipc
