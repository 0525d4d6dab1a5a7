// lib/tables/files/source.h - the text files that tables are made from.
//
// Shared by postmap, texthash, cidr, regexp, pcre, aliases and match lists: logical lines (a line that starts
// with white space continues the one before), comments, and the "key value" form.
#pragma once

#include <string>
#include <string_view>

#include "lib/config/logical_lines.h"

namespace postrider::tables {

// A line of the form "key white-space value".  The key keeps its quotes; white space inside "..." belongs to
// it.
struct KeyValue {
    // Of the line, which must outlive them.
    std::string_view key;
    std::string_view value;
    // Why there is none, as the end of a warning "FILE, line N: ..."; empty when there is one.
    std::string problem;
    // The line was kept but looks wrong; the end of a warning, or empty.
    std::string remark;
};
KeyValue parse_key_value(std::string_view line, bool utf8);
// The problem of a line that has no key or no value.
inline constexpr std::string_view key_value_expected = "expected format: key whitespace value";

// The first line of a file looks like the continuation of another: warns, and it is none of the table's.
bool is_misplaced_continuation(const config::LogicalLine& line, std::string_view file);

}  // namespace postrider::tables
