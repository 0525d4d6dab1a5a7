// commands/postconf/master_format.h - entries of master.cf as postconf(1) prints and writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/config/master_cf.h"

namespace postrider::postconf {

// The entry in columns.  With `fold` each option begins an indented line, and long lines go on in one.
std::string format_entry(const config::MasterLine& entry, bool fold);

// The command and its arguments alone, as the last column shows them.  `column` is where the text begins.
std::string format_command(const config::MasterLine& entry, bool fold, std::size_t column);

// "service/type/part" with '*' or nothing for any.
struct MasterRequest {
    std::string text;  // as given, for messages
    std::string service = "*";
    std::string type = "*";
    std::string part = "*";  // field or parameter
    int parts = 0;           // how many were given

    bool matches(const config::MasterLine& entry) const;
    bool matches_part(std::string_view name) const { return part == "*" || part == name; }
};
MasterRequest parse_request(const std::string& text);

// Fatal, with Postfix's text, for a value that cannot stand in its column.
void require_valid_fields(const config::MasterLine& entry, std::string_view shown);

}  // namespace postrider::postconf
