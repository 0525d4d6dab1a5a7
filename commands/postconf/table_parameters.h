// commands/postconf/table_parameters.h - what the configuration of a database table may have.
#pragma once

#include <string_view>
#include <vector>

namespace postrider::postconf {

// The names in a table's file, which are also NAME_<name> in main.cf when its source is a name; empty for
// types without any.
std::vector<std::string_view> table_parameters(std::string_view type);

}  // namespace postrider::postconf
