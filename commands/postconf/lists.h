// commands/postconf/lists.h - what this build of the suite can do.
#pragma once

#include <string>
#include <vector>

#include "commands/postconf/options.h"

namespace postrider::postconf {

// The lines of -a, -A, -l and -m.
std::vector<std::string> capabilities(Mode mode);
// The lines of -T; none for an unknown topic.
std::vector<std::string> tls_facts(const std::string& topic);

}  // namespace postrider::postconf
