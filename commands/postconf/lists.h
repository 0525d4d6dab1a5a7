// commands/postconf/lists.h - what this build of the suite can do.
#pragma once

#include <string>
#include <vector>

#include "commands/postconf/options.h"

namespace postrider::postconf {

// The lines of -a, -A, -l and -m; the last depends on the configuration (dynamicmaps.cf).
std::vector<std::string> capabilities(Mode mode, const std::optional<std::string>& config_directory);
// The lines of -T; none for an unknown topic.
std::vector<std::string> tls_facts(const std::string& topic);

}  // namespace postrider::postconf
