// services/proxymap/access.cc - which tables the service may open.
#include "services/proxymap/access.h"

#include "lib/base/text.h"

namespace postrider::proxymap {

namespace {

constexpr std::string_view prefix = "proxy:";

void collect(std::string_view text, std::set<std::string>& found) {
    for (const std::string& word : split_words_with_braces(text)) {
        std::string_view name = word;
        const bool proxied = name.starts_with(prefix);
        while (name.starts_with(prefix)) name.remove_prefix(prefix.size());
        if (proxied && name.find(':') != std::string_view::npos) found.emplace(name);
        // "pipemap:{proxy:a:b, ...}", "{ proxy:a:b, ... }": what is inside is asked for by its own name.
        const std::size_t brace = word.find('{');
        if (!proxied && brace != std::string::npos && word.back() == '}')
            collect(std::string_view(word).substr(brace + 1, word.size() - brace - 2), found);
    }
}

}  // namespace

std::set<std::string> approved_tables(std::string_view text) {
    std::set<std::string> found;
    collect(text, found);
    return found;
}

}  // namespace postrider::proxymap
