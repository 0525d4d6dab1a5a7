// commands/postfix/explain/account.cc - what `postfix explain` tells, step by step.
#include "commands/postfix/explain/account.h"

#include <fmt/core.h>

#include <cstdio>

#include "lib/base/json.h"
#include "lib/base/text.h"

namespace postrider::postfix::explain {

void Account::tell(Step step) const {
    if (form_ == Form::text) {
        fmt::print("{:{}}{}\n", "", step.depth * 2, printable(step.text));
    } else {
        JsonObject object;
        object.add("stage", step.stage);
        for (const auto& [name, value] : step.facts) object.add(name, value);
        object.add("text", step.text);
        fmt::print("{}\n", object.text());
    }
    std::fflush(stdout);
}

void Account::tell(std::string_view stage, int depth, std::string text,
                   std::vector<std::pair<std::string, std::string>> facts) const {
    Step step;
    step.stage = stage;
    step.depth = depth;
    step.text = std::move(text);
    step.facts = std::move(facts);
    tell(std::move(step));
}

}  // namespace postrider::postfix::explain
