// lib/tables/files/alias_source.h - the lines of an aliases(5) file.
#pragma once

#include <string>
#include <string_view>

namespace postrider::tables {

// `name: value, value ...`, the name in external form, the values as they go into the table.
struct AliasEntry {
    std::string name;
    std::string value;
    // Why the line has none; the end of a warning "FILE, line N: ...".
    std::string problem;
};
AliasEntry parse_alias(std::string_view logical_line);

}  // namespace postrider::tables
