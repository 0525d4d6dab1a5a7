// commands/postfix/trace/trace.h - `postfix trace`: one message's whole story from the log.
#pragma once

#include <string>
#include <vector>

#include "commands/postfix/instance.h"

namespace postrider::postfix::trace {

// `postfix trace [--log FILE]... [--json] QUEUEID|MESSAGE-ID|ADDRESS`.  Exit status 1: the log does not know
// it.
int run(const Instance& instance, const std::vector<std::string>& words);

}  // namespace postrider::postfix::trace
