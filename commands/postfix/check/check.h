// commands/postfix/check/check.h - `postfix check`: everything that can be found without starting anything.
#pragma once

#include <string>
#include <vector>

#include "commands/postfix/check/finding.h"
#include "commands/postfix/instance.h"

namespace postrider::postfix::check {

// What main.cf and master.cf and the files they name give to find, in the order of their lines.
Findings find_all(const Instance& instance);

// `postfix check [--strict] [--json]`.  Exit status 0: nothing that matters; 1: an error, or with --strict a
// warning.
int run(const Instance& instance, const std::vector<std::string>& options);

}  // namespace postrider::postfix::check
