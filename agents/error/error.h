// agents/error/error.h - mail that must not be delivered, or not now.
#pragma once

#include "lib/delivery/agent.h"

namespace postrider::error_agent {

enum class Verdict { bounce, defer };

// The outcome that the next hop spells: "5.1.1 User unknown" or a bare reason.
delivery::Outcome outcome_of(std::string_view nexthop, Verdict verdict);

// Bounces all recipients of one request, or defers them when the service is named retry.
Task<> deliver(delivery::Delivery& delivery);

}  // namespace postrider::error_agent
