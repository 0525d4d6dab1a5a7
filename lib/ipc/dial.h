// lib/ipc/dial.h - connections to servers that main.cf names: policy servers, mail filters, the proxy filter.
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider::ipc {

// A connection to "unix:path", "inet:host:port", "inet6:host:port", "host:port", or "port" of this machine;
// the addresses of a host are tried one after the other.  The error is the reason alone: "Connection
// refused".
Task<Result<Fd>> dial(std::string endpoint, async::Deadline deadline);

}  // namespace postrider::ipc
