// lib/delivery/deliver_pass.h - handing a recipient on to another delivery agent (mailbox_transport and the
// like).
#pragma once

#include <string>
#include <vector>

#include "lib/delivery/agent.h"

namespace postrider::delivery {

// Asks the agent of `destination` ("transport:nexthop", an empty next hop: that of the request) to deliver to
// `recipient`, which it logs and accounts for itself.  An agent that cannot be reached: the recipient is
// deferred here.  The recipient's mark in the queue file stays the caller's: give it with offset -1.
Task<> deliver_pass(Delivery& delivery, std::string destination, Recipient recipient);

// Hands these recipients of the request on to the agent of `destination`, which logs, accounts for and marks
// them. An agent that cannot be reached: they are deferred here.
Task<> pass_recipients(Delivery& delivery, std::string destination, std::vector<Recipient> recipients);

}  // namespace postrider::delivery
