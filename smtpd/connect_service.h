// smtpd/connect_service.h - connections to servers that main.cf names: policy servers, the proxy filter.
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider::smtpd {

// A connection to "unix:path", "inet:host:port", "host:port", or "port" of this machine.  The error is the
// reason alone: "Connection refused".
Task<Result<Fd>> connect_service(std::string endpoint, async::Deadline deadline);

}  // namespace postrider::smtpd
