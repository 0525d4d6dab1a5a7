// agents/discard/discard.h - mail that counts as delivered and goes nowhere.
#pragma once

#include "lib/delivery/agent.h"

namespace postrider::discard_agent {

// Reports all recipients of one request as delivered.
Task<> deliver(delivery::Delivery& delivery);

}  // namespace postrider::discard_agent
