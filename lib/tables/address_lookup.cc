// lib/tables/address_lookup.cc - looking up a mail address by its parts.
#include "lib/tables/address_lookup.h"

#include "lib/base/text.h"

namespace postrider::tables {

namespace {

// Asks for the external form of a key, then for the internal form when that differs.
Task<ListResult> find_both_forms(const TableList& tables, std::string internal, KeyPart part) {
    std::string external = mail::quote_address(internal);
    const bool differs = external != internal;
    ListResult answer = co_await tables.find_with_table(std::move(external), part);
    if (answer.found == Found::no && differs)
        answer = co_await tables.find_with_table(std::move(internal), part);
    co_return answer;
}

AddressResult as_address_result(ListResult&& answer, std::string extension = "") {
    AddressResult result(static_cast<LookupResult&&>(answer));
    result.table = answer.table;
    if (result.found == Found::yes) result.extension = std::move(extension);
    return result;
}

}  // namespace

mail::ExtensionRules extension_rules(const Settings& settings) {
    mail::ExtensionRules rules;
    rules.delimiters = settings.value_of("recipient_delimiter").value_or("");
    rules.double_bounce_sender = settings.value_of("double_bounce_sender").value_or("double-bounce");
    rules.owner_request_special = settings.value_of("owner_request_special").value_or("yes") != "no";
    return rules;
}

Task<AddressResult> find_address(const TableList& tables, std::string address, const AddressRules& rules) {
    if (tables.empty()) co_return AddressResult();
    ListResult whole = co_await find_both_forms(tables, address, KeyPart::whole);
    if (whole.found != Found::no) co_return as_address_result(std::move(whole));

    const StrippedAddress stripped = strip_extension(address, rules.extension);
    const bool extended = !stripped.extension.empty();
    if (extended) {
        ListResult answer = co_await find_both_forms(tables, stripped.address, KeyPart::part);
        if (answer.found != Found::no) co_return as_address_result(std::move(answer), stripped.extension);
    }

    const mail::AddressParts parts = mail::split_address(address);
    if (!parts.has_domain) co_return AddressResult();
    Match local = Match::no;
    if (rules.is_local_domain) local = co_await rules.is_local_domain(parts.domain);
    if (local == Match::try_again) co_return AddressResult(LookupResult::retry("local domain lookup error"));
    if (local == Match::yes) {
        ListResult answer = co_await find_both_forms(tables, parts.local, KeyPart::part);
        if (answer.found != Found::no) co_return as_address_result(std::move(answer));
        if (extended) {
            std::string user = mail::split_address(stripped.address).local;
            answer = co_await find_both_forms(tables, std::move(user), KeyPart::part);
            if (answer.found != Found::no) co_return as_address_result(std::move(answer), stripped.extension);
        }
    }
    std::string at_domain = "@" + parts.domain;
    ListResult answer = co_await tables.find_with_table(std::move(at_domain), KeyPart::part);
    co_return as_address_result(std::move(answer));
}

StrippedAddress strip_extension(const std::string& address, const mail::ExtensionRules& rules) {
    StrippedAddress stripped;
    stripped.address = address;
    if (rules.delimiters.empty()) return stripped;
    const mail::AddressParts parts = mail::split_address(address);
    const mail::ExtensionSplit split = mail::split_extension(parts.local, rules);
    if (!split.extension) return stripped;
    stripped.extension = split.delimiter + *split.extension;
    stripped.address = parts.has_domain ? split.user + "@" + parts.domain : split.user;
    return stripped;
}

std::vector<std::string> parent_domains(std::string_view domain, ParentStyle style) {
    std::vector<std::string> parents;
    std::size_t at = 0;
    while ((at = domain.find('.', at + 1)) != std::string_view::npos) {
        const std::string_view parent = domain.substr(style == ParentStyle::bare ? at + 1 : at);
        if (parent.size() > (style == ParentStyle::bare ? 0U : 1U)) parents.emplace_back(parent);
    }
    return parents;
}

ParentStyle parent_style(std::string_view parameter, const Settings& settings) {
    const std::string names = settings.value_of("parent_domain_matches_subdomains").value_or("");
    for (const std::string& name : split_words(names))
        if (name == parameter) return ParentStyle::bare;
    return ParentStyle::dotted;
}

}  // namespace postrider::tables
