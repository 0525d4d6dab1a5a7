// lib/delivery/step_outcome.h - from what a step found to what becomes of the recipient.
#pragma once

#include <set>
#include <string>

#include "lib/delivery/agent.h"
#include "lib/delivery/step.h"

namespace postrider::delivery {

// How the log line and the reports word it.
struct StepWords {
    std::string relay;
    std::string success;         // "delivered to mailbox"
    std::string report_to;       // the owner of a list, who is told of a failure
    std::string trouble_prefix;  // in front of why not
    Action success_action = Action::delivered;
};

// Logs, notes and marks the recipient; a message found corrupt is set aside.
Task<> report_step(Delivery& delivery, const Recipient& recipient, StepResult result, StepWords words);

// The addresses of the Delivered-To: headers that the message has already, in lower case: who is among them
// has had it before.
std::set<std::string> delivered_to_headers(int queue_file, std::int64_t data_offset);

}  // namespace postrider::delivery
