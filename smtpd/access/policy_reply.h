// smtpd/access/policy_reply.h - what a policy server answers: "name=value" lines up to an empty one.
#pragma once

#include <string>
#include <string_view>

namespace postrider::smtpd::access {

class PolicyReply {
  public:
    enum class State { open, complete, broken };

    // Takes a line without its line feed.  Broken: it goes on for too long, or has ended without an action.
    // Compat: a carriage return belongs to the line, so that one alone ends nothing; nor are blanks taken
    // off.
    State add(std::string_view line) {
        if (line.empty()) return has_action_ ? State::complete : State::broken;
        line = line.substr(0, line.find('\0'));
        if (line == "action") {
            has_no_value_ = true;
            return State::broken;
        }
        // Compat: of several actions the first counts.
        if (line.starts_with("action=") && !has_action_) {
            action_ = line.substr(7);
            has_action_ = true;
        }
        return ++lines_ < lines_limit ? State::open : State::broken;
    }
    const std::string& action() const { return action_; }
    // What makes it a broken one, as the log says it.
    std::string_view mistake() const {
        return has_no_value_ ? "missing value for string attribute action from"
                             : "missing attribute action in input from";
    }

  private:
    static constexpr int lines_limit = 100;
    std::string action_;
    bool has_action_ = false;
    bool has_no_value_ = false;
    int lines_ = 0;
};

}  // namespace postrider::smtpd::access
