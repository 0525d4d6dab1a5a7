// cleanup/mapping.cc - addresses mapped to others.
#include "cleanup/mapping.h"

#include <fmt/core.h>

#include <unordered_set>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/rfc822.h"
#include "lib/queue/cleanup_client.h"

namespace postrider::cleanup {

using tables::Found;

namespace {

// How often a canonical result is looked up again.
constexpr int canonical_recursion_limit = 10;

MapOutcome unchanged(std::string address) {
    MapOutcome outcome;
    outcome.addresses.push_back(std::move(address));
    return outcome;
}

MapOutcome failed(int status, std::string reason) {
    MapOutcome outcome;
    outcome.status = status;
    outcome.reason = std::move(reason);
    return outcome;
}

MapOutcome lookup_failed(const std::string& id, std::string_view table, const std::string& address) {
    log::warning("{}: {} map lookup problem for {} -- message not accepted, try again later", id, table,
                 address);
    return failed(queue::cleanup_status::write_error, "");
}

MapOutcome expansion_failed() {
    return failed(queue::cleanup_status::defer, "4.6.0 Alias expansion error");
}

std::string with_extension(const std::string& address, const std::string& extension) {
    const std::size_t at = address.rfind('@');
    if (at == std::string::npos) return address + extension;
    return address.substr(0, at) + extension + address.substr(at);
}

bool is_one_of(unsigned address_class, unsigned set) {
    return (address_class & set) != 0;
}

}  // namespace

Task<MapOutcome> complete_address(ipc::RewriteRule context, std::string address, std::string id) {
    Result<std::string> completed = co_await ipc::rewrite(context, address);
    if (completed) co_return unchanged(std::move(*completed));
    log::warning("{}: cannot rewrite address {}: {}", id, address, completed.error());
    co_return failed(queue::cleanup_status::write_error, "");
}

Task<AddressLookup> look_up_addresses(const tables::TableList& tables, std::string address, bool propagate,
                                      const Rules& rules) {
    AddressLookup lookup;
    tables::AddressResult answer = co_await tables::find_address(tables, address, rules.address_rules);
    lookup.found = answer.found;
    lookup.reason = answer.reason;
    if (answer.found != Found::yes) co_return lookup;
    std::string value = std::move(answer.value);
    std::string extension = propagate ? answer.extension : "";
    if (value.front() == '@') {
        // The same user at another domain; the extension is still part of the user.
        const std::size_t at = address.rfind('@');
        value.insert(0, mail::quote_address(address.substr(0, at)));
        extension.clear();
    }
    for (std::string& target : mail::external_addresses_in(value)) {
        Result<std::string> completed =
            co_await ipc::rewrite_external(ipc::RewriteRule::local, std::move(target));
        if (!completed) {
            lookup.found = Found::try_again;
            lookup.reason = completed.error();
            co_return lookup;
        }
        const std::string internal = mail::unquote_address(*completed);
        if (!internal.empty()) lookup.addresses.push_back(with_extension(internal, extension));
    }
    // Compat: a null address stands for a recipient like any other.
    if (lookup.addresses.empty() && value.find("<>") != std::string::npos) lookup.addresses.emplace_back();
    if (lookup.addresses.empty()) {
        lookup.found = Found::try_again;
        lookup.reason =
            fmt::format("{} lookup of {} returns non-address result \"{}\"", tables.title(), address, value);
        log::warning("{}", lookup.reason);
    }
    co_return lookup;
}

Task<MapOutcome> map_canonical(const AddressTables& tables, std::string address, const Rules& rules,
                               std::string id) {
    const std::string original = address;
    for (int count = 0; count < canonical_recursion_limit; ++count) {
        AddressLookup lookup =
            co_await look_up_addresses(tables.tables, address, tables.propagate_extension, rules);
        if (lookup.found == Found::no) co_return unchanged(std::move(address));
        if (lookup.found == Found::try_again) co_return lookup_failed(id, tables.name, address);
        if (lookup.addresses.size() > 1)
            log::warning("{}: multi-valued {} entry for {}", id, tables.name, address);
        const bool to_itself = equals_ignoring_case(address, lookup.addresses.front());
        address = std::move(lookup.addresses.front());
        if (to_itself || address.empty()) co_return unchanged(std::move(address));
    }
    // Compat: Postfix takes what it has reached.
    log::warning("{}: unreasonable {} map nesting for {} -- message not accepted, try again later", id,
                 tables.name, original);
    co_return unchanged(std::move(address));
}

Task<MapOutcome> expand_virtual_aliases(std::string address, const Rules& rules, std::string id) {
    const std::string_view table = config::virtual_alias_maps.name();
    MapOutcome outcome = unchanged(address);
    std::vector<std::string>& addresses = outcome.addresses;
    // Addresses that have expanded to themselves: final, RFC 5321 3.9 does not ask for more.
    std::unordered_set<std::string> final_addresses;
    for (std::size_t at = 0; at < addresses.size(); ++at) {
        if (addresses.size() > static_cast<std::size_t>(rules.expansion_limit)) {
            log::warning(
                "{}: unreasonable {} map expansion size for {} -- message not accepted, try again later", id,
                table, address);
            co_return expansion_failed();
        }
        for (int count = 0; !addresses[at].empty() && !final_addresses.contains(lower(addresses[at]));
             ++count) {
            if (count >= rules.recursion_limit) {
                log::warning(
                    "{}: unreasonable {} map nesting for {} -- message not accepted, try again later", id,
                    table, address);
                co_return expansion_failed();
            }
            const std::string source = addresses[at];
            AddressLookup lookup = co_await look_up_addresses(rules.virtual_aliases, source,
                                                              rules.propagate_virtual_extension, rules);
            if (lookup.found == Found::no) break;
            if (lookup.found == Found::try_again) co_return lookup_failed(id, table, address);
            for (std::size_t i = 0; i < lookup.addresses.size(); ++i) {
                std::string& target = lookup.addresses[i];
                if (target.size() > static_cast<std::size_t>(rules.address_length_limit)) {
                    log::warning(
                        "{}: unreasonable {} result {:.300}... -- message not accepted, try again later", id,
                        table, target);
                    co_return expansion_failed();
                }
                if (equals_ignoring_case(source, target)) final_addresses.insert(lower(source));
                if (i == 0)
                    addresses[at] = std::move(target);
                else
                    addresses.push_back(std::move(target));
            }
        }
    }
    co_return outcome;
}

std::string masqueraded(const std::string& address, const std::vector<MasqueradeDomain>& domains) {
    const std::size_t at = address.rfind('@');
    if (at == std::string::npos) return address;
    const std::string domain = lower(std::string_view(address).substr(at + 1));
    for (const MasqueradeDomain& parent : domains) {
        if (domain == parent.domain) return address;
        if (domain.size() <= parent.domain.size() || !domain.ends_with(parent.domain) ||
            domain[domain.size() - parent.domain.size() - 1] != '.')
            continue;
        return parent.hides_subdomains ? address.substr(0, at + 1) + parent.domain : address;
    }
    return address;
}

Task<MapOutcome> map_address(std::string address, unsigned address_class, const Rules& rules,
                             std::string id) {
    const bool sender =
        is_one_of(address_class, address_class::envelope_sender | address_class::header_sender);
    const AddressTables* const lists[] = {sender ? &rules.sender_canonical : &rules.recipient_canonical,
                                          &rules.canonical};
    MapOutcome outcome = unchanged(std::move(address));
    for (const AddressTables* tables : lists) {
        if (outcome.addresses.front().empty()) co_return outcome;
        if (!tables->applies_to(address_class)) continue;
        std::string before = std::move(outcome.addresses.front());
        outcome = co_await map_canonical(*tables, std::move(before), rules, id);
        if (!outcome.ok()) co_return outcome;
    }
    if (rules.masquerade.empty() || (rules.masquerade_classes & address_class) == 0) co_return outcome;
    std::string hidden = masqueraded(outcome.addresses.front(), rules.masquerade);
    if (hidden == outcome.addresses.front()) co_return outcome;
    std::string user = mail::split_address(hidden).local;
    const tables::Match excepted = co_await rules.masquerade_exceptions.matches(std::move(user));
    if (excepted == tables::Match::try_again) co_return lookup_failed(id, "masquerade_exceptions", hidden);
    if (excepted == tables::Match::no) outcome.addresses.front() = std::move(hidden);
    co_return outcome;
}

}  // namespace postrider::cleanup
