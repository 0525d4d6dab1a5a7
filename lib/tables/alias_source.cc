// lib/tables/alias_source.cc - the lines of an aliases(5) file.
#include "lib/tables/alias_source.h"

#include <algorithm>

#include "lib/mail/rfc822.h"

namespace postrider::tables {

AliasEntry parse_alias(std::string_view logical_line) {
    AliasEntry entry;
    const std::vector<mail::Token> tokens = mail::scan_tokens(logical_line);
    const auto colon =
        std::find_if(tokens.begin(), tokens.end(), [](const mail::Token& token) { return token.is(':'); });
    const bool has_value = colon != tokens.end() && colon + 1 != tokens.end();
    if (!has_value || colon == tokens.begin()) {
        entry.problem = "need name:value pair";
        return entry;
    }
    const std::vector<mail::Token> name(tokens.begin(), colon);
    const bool is_local = std::none_of(name.begin(), name.end(), [](const mail::Token& token) {
        return token.is('@') || token.text.find('%') != std::string::npos;
    });
    entry.name = mail::external_form(name);
    if (!is_local || entry.name.empty()) {
        entry.problem = "name must be local";
        return entry;
    }
    // The value is what follows the colon that ended the name; a colon inside quotes is no such token.
    bool quoted = false;
    std::size_t at = 0;
    for (; at < logical_line.size(); ++at) {
        const char c = logical_line[at];
        if (c == '\\') {
            ++at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ':' && !quoted) {
            break;
        }
    }
    entry.value = mail::parse_address_list(logical_line.substr(std::min(at + 1, logical_line.size()))).text();
    if (entry.value.empty()) entry.problem = "need name:value pair";
    return entry;
}

}  // namespace postrider::tables
