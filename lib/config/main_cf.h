// lib/config/main_cf.h - the syntax of main.cf: "name = value" on logical lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::config {

struct NameAndValue {
    std::string name;
    std::string value;  // without white space at its ends
};

// "name = value" taken apart at the first '='.  The error is "missing attribute name" or
// "missing '=' after attribute name".
Result<NameAndValue> parse_assignment(std::string_view text);

// The entries in the order of the file, duplicates included.  The error names file, line and text.
Result<std::vector<Entry>> parse_main_cf(std::string_view text, const std::string& file);

}  // namespace postrider::config
