// lib/delivery/verify_client.h - telling verify(8) what a probe found.
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/base/result.h"

namespace postrider::delivery {

enum class ProbeResult { ok = 0, deferred = 1, bounced = 2 };

// Stores the outcome of a probe of `address` (internal form).
Task<Result<void>> update_verify(std::string address, ProbeResult result, std::string reason);

}  // namespace postrider::delivery
