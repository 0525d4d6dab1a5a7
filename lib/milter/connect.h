// lib/milter/connect.h - a connection to a mail filter.
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider::milter {

// `endpoint`: "unix:path", "inet:host:port" or "inet6:host:port".  The error is the reason alone.
Task<Result<Fd>> connect_to_filter(std::string endpoint, async::Deadline deadline);

}  // namespace postrider::milter
