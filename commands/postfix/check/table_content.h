// commands/postfix/check/table_content.h - what is in a table, as far as it can be listed.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/config/settings.h"

namespace postrider::postfix::check {

using TableContent = std::vector<std::pair<std::string, std::string>>;

// Keys and values of type:name. A key of "" stands for every key (static). Nothing when the type, or this
// machine, does not let us know.
std::optional<TableContent> table_content(const std::string& type_and_name, const Settings& settings);

// A pattern (a key of regexp or pcre) that keys match which have nothing in common.
enum class Asked { addresses, domains };  // what its table is asked
bool matches_all(const std::string& pattern, Asked asked);

// "proxy:" taken off, the default type put on; type and name apart.
struct TableName {
    std::string type;
    std::string name;
};
TableName table_name(std::string type_and_name, const Settings& settings);

}  // namespace postrider::postfix::check
