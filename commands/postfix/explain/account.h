// commands/postfix/explain/account.h - what `postfix explain` tells, step by step.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::postfix::explain {

// One step of an address's way.
struct Step {
    std::string stage;  // "rewrite", "restriction", "route" ...: a word for programs
    std::string text;   // for people
    int depth = 0;      // how far it is indented
    std::vector<std::pair<std::string, std::string>> facts;  // for programs
};

enum class Form { text, json };

// Prints each step when it is told.
class Account {
  public:
    explicit Account(Form form) : form_(form) {}
    void tell(Step step) const;
    void tell(std::string_view stage, int depth, std::string text,
              std::vector<std::pair<std::string, std::string>> facts = {}) const;

  private:
    Form form_;
};

}  // namespace postrider::postfix::explain
