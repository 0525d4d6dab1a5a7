// lib/dns/resolver_config.cc - the parts of resolv.conf(5) that c-ares does not tell us.
#include "lib/dns/resolver_config.h"

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::dns {

namespace {

// "name:3" with the number kept in its bounds; other words leave `value` alone.
void read_option(std::string_view word, std::string_view name, int most, int& value) {
    if (word.size() <= name.size() || !word.starts_with(name)) return;
    if (const auto number = parse_int(word.substr(name.size())))
        value = static_cast<int>(std::clamp<std::int64_t>(*number, 1, most));
}

}  // namespace

ResolverConfig parse_resolver_config(std::string_view text) {
    ResolverConfig config;
    for (const std::string_view line : split(text, '\n')) {
        std::vector<std::string> words = split_words(line, " \t\r");
        if (words.size() < 2) continue;
        if (words[0] == "search" || words[0] == "domain") {
            config.search.assign(words.begin() + 1, words.end());
        } else if (words[0] == "options") {
            for (const std::string& word : words) {
                read_option(word, "timeout:", 30, config.timeout_seconds);
                read_option(word, "attempts:", 5, config.attempts);
            }
        }
    }
    return config;
}

}  // namespace postrider::dns
