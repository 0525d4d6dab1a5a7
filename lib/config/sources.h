// lib/config/sources.h - where the entries of a configuration come from: main.cf, files that it includes, and
// the environment of a container.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::config {

// The entries of DIRECTORY/main.cf, those of included files at their place, then those of the environment
// when main.cf asks for it.  A later one wins.  A set-gid program does not look at the environment, which a
// stranger made.  The error names file and line.
Result<std::vector<Entry>> read_entries(const std::string& directory);

// The files that an `include` list names, relative to the directory of main.cf: a file, or of a directory all
// NAME.cf in their order.  The error tells of what is not there.
Result<std::vector<std::string>> included_files(const std::string& directory, const std::string& list);

// The variables of the environment that the overlay reads, for those who clean it for their children.
std::vector<std::pair<std::string, std::string>> overlay_variables();

}  // namespace postrider::config
