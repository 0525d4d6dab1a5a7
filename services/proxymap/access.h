// services/proxymap/access.h - which tables the service may open: those that proxy_read_maps or
// proxy_write_maps leads to.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace postrider::proxymap {

// The tables named proxy:type:name in the text of parameters, also inside braces; without their proxy:.
std::set<std::string> approved_tables(std::string_view text);

}  // namespace postrider::proxymap
