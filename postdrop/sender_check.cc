// postdrop/sender_check.cc - whether a user may send under an address (local_login_sender_maps).
#include "postdrop/sender_check.h"

#include <fmt/core.h>

#include <optional>

#include "lib/async/loop.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/address.h"
#include "lib/tables/table_list.h"
#include "postdrop/parameters.h"

namespace postrider::postdrop {

namespace {

// The part after the last @, if there is one.
std::optional<std::string_view> domain_of(std::string_view address) {
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos) return std::nullopt;
    return address.substr(at + 1);
}

}  // namespace

bool sender_matches(std::string_view sender, std::string_view pattern, std::string_view empty_key,
                    std::string_view delimiters) {
    if (pattern == "*") return true;
    if (sender.empty()) return pattern == empty_key;
    const auto given = domain_of(sender);
    const auto wanted = domain_of(pattern);
    if (given.has_value() != wanted.has_value()) return false;
    if (wanted && !equals_ignoring_case(*given, *wanted)) return false;
    if (pattern.front() == '@') return true;
    mail::ExtensionRules rules;
    rules.delimiters = delimiters;
    const std::string_view user = sender.substr(0, sender.size() - (given ? given->size() + 1 : 0));
    return equals_ignoring_case(mail::split_extension(user, rules).user,
                                pattern.substr(0, pattern.find_last_of('@')));
}

SenderVerdict check_sender(const std::string& login, const std::string& sender, const Settings& settings) {
    const std::string& maps = settings[local_login_sender_maps];
    if (maps.empty() || maps == "static:*") return {};
    const tables::TableList tables(local_login_sender_maps, settings);
    const tables::LookupResult found = async::run(tables.find(login));
    if (found.found == tables::Found::try_again)
        return {SenderVerdict::try_again,
                fmt::format("local_login_sender_maps table lookup error for '{}'", maps)};
    for (const std::string& pattern : split_words(found.value))
        if (sender_matches(sender, pattern, settings[empty_address_local_login_sender_maps_lookup_key],
                           settings[config::recipient_delimiter]))
            return {};
    return {SenderVerdict::refused, fmt::format("not authorized to use sender='{}'", sender)};
}

}  // namespace postrider::postdrop
