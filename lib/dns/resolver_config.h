// lib/dns/resolver_config.h - the parts of resolv.conf(5) that c-ares does not tell us.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postrider::dns {

struct ResolverConfig {
    std::vector<std::string> search;  // `search` or `domain`, the last line wins
    int timeout_seconds = 5;
    int attempts = 2;
};
ResolverConfig parse_resolver_config(std::string_view text);

}  // namespace postrider::dns
