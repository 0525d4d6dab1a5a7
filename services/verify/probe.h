// services/verify/probe.h - a message that is never delivered: it only finds out whether it could be.
#pragma once

#include <string>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::verify {

// Queues a probe for `address` (internal form).
Task<Result<void>> send_probe(std::string sender, std::string address, const Settings& settings);

}  // namespace postrider::verify
