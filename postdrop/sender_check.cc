// postdrop/sender_check.cc - whether a user may send under an address (local_login_sender_maps).
#include "postdrop/sender_check.h"

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/address.h"
#include "lib/tables/table_list.h"
#include "postdrop/parameters.h"

namespace postrider::postdrop {

namespace {

bool user_matches(const std::string& user, const std::string& wanted, std::string_view delimiters) {
    if (equals_ignoring_case(user, wanted)) return true;
    mail::ExtensionRules rules;
    rules.delimiters = delimiters;
    return equals_ignoring_case(mail::split_extension(user, rules).user, wanted);
}

std::string with_origin(std::string_view address, std::string_view origin) {
    if (address.find('@') != std::string_view::npos) return std::string(address);
    return std::string(address) + "@" + std::string(origin);
}

}  // namespace

bool sender_matches(std::string_view sender, std::string_view pattern, std::string_view empty_key,
                    std::string_view origin, std::string_view delimiters) {
    if (pattern == "*") return true;
    if (sender.empty()) return pattern == empty_key;
    const mail::AddressParts wanted = mail::split_address(with_origin(pattern, origin));
    const mail::AddressParts given = mail::split_address(with_origin(sender, origin));
    if (!equals_ignoring_case(wanted.domain, given.domain)) return false;
    return wanted.local.empty() || user_matches(given.local, wanted.local, delimiters);
}

SenderVerdict check_sender(const std::string& login, const std::string& sender, const Settings& settings) {
    const std::string& maps = settings[local_login_sender_maps];
    if (maps.empty() || maps == "static:*") return SenderVerdict::allowed;
    const tables::TableList tables(local_login_sender_maps, settings);
    const tables::LookupResult found = async::run(tables.find(login));
    if (found.found == tables::Found::try_again) {
        log::warning("local_login_sender_maps: {}", found.reason);
        return SenderVerdict::try_again;
    }
    if (found.found == tables::Found::no) return SenderVerdict::refused;
    for (const std::string& pattern : split_words(found.value))
        if (sender_matches(sender, pattern, settings[empty_address_local_login_sender_maps_lookup_key],
                           settings[config::myorigin], settings[config::recipient_delimiter]))
            return SenderVerdict::allowed;
    return SenderVerdict::refused;
}

}  // namespace postrider::postdrop
