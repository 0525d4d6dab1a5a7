// commands/postconf/output.h - how postconf(1) prints a parameter or an entry.
#pragma once

#include <string>
#include <string_view>

#include "commands/postconf/options.h"

namespace postrider::postconf {

// Runs of white space become one space; with `fold` lines longer than 80 columns go on in indented lines.
std::string format_line(std::string_view text, bool fold);

// "name = value", or what -h, -H, -j and -f leave or make of it; with the newline.
std::string format_parameter(std::string_view name, std::string_view value, const Options& options);

void print(std::string_view text);

}  // namespace postrider::postconf
