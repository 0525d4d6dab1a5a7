// smtpd/access/policy_reply.h - what a policy server answers: "name=value" lines up to an empty one.
#pragma once

#include <string>
#include <string_view>

#include "lib/base/text.h"

namespace postrider::smtpd::access {

class PolicyReply {
  public:
    enum class State { open, complete, broken };

    // Takes a line without its end.  Broken: it goes on for too long, or has ended without an action.
    State add(std::string_view line) {
        if (line.empty()) return action_.empty() ? State::broken : State::complete;
        if (line.starts_with("action=")) action_ = trim(line.substr(7));
        return ++lines_ < lines_limit ? State::open : State::broken;
    }
    const std::string& action() const { return action_; }

  private:
    static constexpr int lines_limit = 100;
    std::string action_;
    int lines_ = 0;
};

}  // namespace postrider::smtpd::access
