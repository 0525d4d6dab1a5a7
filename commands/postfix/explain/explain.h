// commands/postfix/explain/explain.h - `postfix explain ADDRESS`: the way mail for an address would take.
#pragma once

#include <string>
#include <vector>

#include "commands/postfix/instance.h"

namespace postrider::postfix::explain {

// `postfix explain [--from SENDER] [--client IP] [--helo NAME] [--service NAME] [--json] ADDRESS`.
int run(const Instance& instance, const std::vector<std::string>& words);

}  // namespace postrider::postfix::explain
