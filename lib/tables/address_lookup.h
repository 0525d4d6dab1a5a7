// lib/tables/address_lookup.h - looking up a mail address by its parts.
//
// The default sequence of canonical, virtual alias, virtual mailbox, relocated, recipient and many other
// tables: user+ext@domain, user@domain, then user+ext and user when the domain is local, then @domain.  Every
// table of the list is asked about one key before the next key.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/mail/address.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table_list.h"

namespace postrider::tables {

// How addresses are taken apart.  `is_local_domain` unset: no domain is local.
struct AddressRules {
    mail::ExtensionRules extension;
    std::function<Task<Match>(std::string domain)> is_local_domain;
};
// recipient_delimiter, double_bounce_sender and owner_request_special of main.cf.
mail::ExtensionRules extension_rules(const Settings& settings);

// An answer, and what of the address the matching key did not have.
struct [[nodiscard]] AddressResult : LookupResult {
    AddressResult() = default;
    explicit AddressResult(LookupResult result) : LookupResult(std::move(result)) {}
    std::string extension;  // "+ext", delimiter included, when a key without it matched; to be propagated
    const Table* table = nullptr;
};

// Looks up an address (internal form) in the default sequence.  Keys are external (quoted) forms; where
// quoting makes a difference the internal form is asked for next.
Task<AddressResult> find_address(const TableList& tables, std::string address, const AddressRules& rules);

// user+ext@domain as user@domain and "+ext"; the extension is empty when there is none.
struct StrippedAddress {
    std::string address;
    std::string extension;
};
StrippedAddress strip_extension(const std::string& address, const mail::ExtensionRules& rules);

// "a.b.c" -> "b.c", "c" (or ".b.c", ".c" with ParentStyle::dotted); without the domain itself.
enum class ParentStyle { bare, dotted };
std::vector<std::string> parent_domains(std::string_view domain, ParentStyle style);
// Whether parent_domain_matches_subdomains names the parameter: ParentStyle::bare.
ParentStyle parent_style(std::string_view parameter, const Settings& settings);

}  // namespace postrider::tables
