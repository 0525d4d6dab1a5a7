// lib/async/connect.h - outgoing connections with a deadline.
#pragma once

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/base/socket_address.h"

namespace postrider::async {

// A connected, non-blocking stream socket.  `source` is bound first when it is set.  The error is the
// system's text alone: "Connection refused", "Connection timed out".
Task<Result<Fd>> connect_to(SocketAddress destination, SocketAddress source, Deadline deadline);

}  // namespace postrider::async
