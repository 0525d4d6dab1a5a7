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
        if (line.empty()) return has_action_ ? State::complete : State::broken;
        // Compat: of several actions the first counts.
        if (line.starts_with("action=") && !has_action_) {
            action_ = trim(line.substr(7));
            has_action_ = true;
        }
        return ++lines_ < lines_limit ? State::open : State::broken;
    }
    const std::string& action() const { return action_; }

  private:
    static constexpr int lines_limit = 100;
    std::string action_;
    bool has_action_ = false;
    int lines_ = 0;
};

}  // namespace postrider::smtpd::access
