// lib/tables/files/alias_source.cc - the lines of an aliases(5) file.
#include "lib/tables/files/alias_source.h"

#include <algorithm>

#include "lib/mail/address.h"
#include "lib/mail/rfc822.h"

namespace postrider::tables {

AliasEntry parse_alias(std::string_view logical_line) {
    AliasEntry entry;
    logical_line = logical_line.substr(0, logical_line.find('\0'));  // as in every other table's source
    const mail::Tokens tokens = mail::scan_tokens(logical_line);
    const auto colon =
        std::find_if(tokens.begin(), tokens.end(), [](const mail::Token& token) { return token.is(':'); });
    const bool has_value = colon != tokens.end() && colon + 1 != tokens.end();
    if (!has_value || colon == tokens.begin()) {
        entry.problem = "need name:value pair";
        return entry;
    }
    const mail::Tokens name(tokens.begin(), colon);
    const bool is_local = std::none_of(
        name.begin(), name.end(), [](const mail::Token& token) { return token.is('@') || token.is('%'); });
    entry.name = mail::quote_address(mail::internal_form(name));
    if (!is_local || entry.name.empty()) {
        entry.problem = "name must be local";
        return entry;
    }
    entry.value = mail::external_form(mail::Tokens(colon + 1, tokens.end()));
    return entry;
}

}  // namespace postrider::tables
