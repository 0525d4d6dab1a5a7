// smtp/generic.cc - smtp_generic_maps.
#include "smtp/generic.h"

#include <fmt/core.h>

#include <utility>

#include "lib/mail/address.h"
#include "lib/mail/header.h"
#include "lib/mail/rfc822.h"

namespace postrider::smtp {

namespace {

// The looked-up value in place of the address: "@domain" changes the domain alone.
// A bare name is one of ours.
std::string apply(const std::string& address, const std::string& value, const std::string& extension,
                  const std::string& origin) {
    const std::vector<std::string> found = mail::addresses_in(value, 100);
    const std::string mapped = found.empty() ? mail::unquote_address(value) : found.front();
    mail::AddressParts parts = mail::split_address(mapped);
    if (!value.empty() && value.front() == '@') {
        parts.local = mail::split_address(address).local;
        return parts.local + value;
    }
    return parts.local + extension + "@" + (parts.has_domain ? parts.domain : origin);
}

}  // namespace

GenericMap::GenericMap(const Options& options, const Settings& settings)
    : options_(options), local_domains_(settings) {
    rules_.extension = tables::extension_rules(settings);
    rules_.is_local_domain = [this](std::string domain) {
        return local_domains_.contains_or_is_origin(std::move(domain));
    };
}

Task<Result<std::string>> GenericMap::map(std::string address) const {
    if (empty() || address.empty()) co_return std::move(address);
    const tables::AddressResult found =
        co_await tables::find_address(options_.generic_tables, address, rules_);
    if (found.found == tables::Found::try_again)
        co_return Error{fmt::format("generic_maps map lookup problem for {}: {}", address, found.reason)};
    if (found.found == tables::Found::no) co_return std::move(address);
    co_return apply(address, found.value,
                    options_.propagate_generic_extension ? found.extension : std::string(),
                    options_.myorigin);
}

Task<Result<std::string>> GenericMap::map_header(std::string header) const {
    const mail::HeaderParts parts = mail::split_header(header);
    const mail::HeaderInfo& info = mail::header_info(parts.name);
    if (empty() || info.role == mail::AddressRole::none) co_return std::move(header);
    const std::string name(parts.name);
    mail::AddressList list = mail::parse_address_list(parts.value, 10240);
    bool changed = false;
    for (mail::ListItem& item : list.items) {
        if (!item.is_address) continue;
        const std::string before = item.address();
        Result<std::string> after = co_await map(before);
        if (!after) co_return Error{after.error()};
        if (*after == before) continue;
        item.set_address(*after);
        changed = true;
    }
    if (!changed || list.truncated) co_return std::move(header);
    co_return mail::fold_pieces(name + ": ", list.pieces());
}

}  // namespace postrider::smtp
