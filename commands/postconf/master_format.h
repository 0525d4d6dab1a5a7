// commands/postconf/master_format.h - entries of master.cf as postconf(1) prints and writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/master_cf.h"

namespace postrider::postconf {

// The entry in columns.  With `fold` each option with a value has an indented line of its own, and long lines
// go on in one.
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
// Nothing when there are more parts, or a '*' is only a piece of a part.
std::optional<MasterRequest> parse_request(const std::string& text);

// Puts the braces of an entry's arguments right with a warning, as all of postconf goes on without them.
void warn_about_braces(const config::MasterLine& entry);

bool has_valid_fields(const config::MasterLine& entry);
// Fatal, with Postfix's text, for a value that cannot stand in its column.
void require_valid_fields(const config::MasterLine& entry, std::string_view shown);

}  // namespace postrider::postconf
