// commands/postfix/non_bdb.h - `postfix non-bdb`: away from Berkeley DB; postfix-non-bdb(1).
#pragma once

#include <string>
#include <vector>

#include "commands/postfix/instance.h"

namespace postrider::postfix {

// `words` is what stands behind "non-bdb".  The exit status.
int manage_non_bdb(const Instance& instance, const std::vector<std::string>& words);

}  // namespace postrider::postfix
