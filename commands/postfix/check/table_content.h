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

// Whether a pattern (a key of a regexp or pcre table) matches strangers who have nothing in common: mail
// addresses, or domains.
enum class Strangers { addresses, domains };
bool matches_everybody(const std::string& key, Strangers strangers);

// "proxy:" taken off, the default type put on; type and name apart.
struct TableName {
    std::string type;
    std::string name;
};
TableName table_name(std::string type_and_name, const Settings& settings);

}  // namespace postrider::postfix::check
