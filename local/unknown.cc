// local/unknown.cc - users that are in no alias table and not known to the system.
#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/deliver_pass.h"
#include "local/expansion.h"
#include "local/parameters.h"

namespace postrider::local {

Task<> Expansion::deliver_unknown(Party party) {
    std::string transport = settings_[fallback_transport];
    const tables::LookupResult own = co_await agent_.fallback_transports.find(party.user);
    if (own.found == tables::Found::try_again) {
        co_await deferred(party, "4.3.0", "table lookup failure");
        co_return;
    }
    if (own.found == tables::Found::yes) transport = own.value;
    if (!transport.empty()) {
        co_await delivery::deliver_pass(delivery_, std::move(transport), party.recipient);
        co_return;
    }
    // An unknown user that luser_relay leads to is unknown.
    const std::string& relay = settings_[luser_relay].text;
    if (!relay.empty() && !party.through_luser_relay) {
        const auto address = expand_for(party, nullptr, settings_, relay, "");
        if (address) {
            party.through_luser_relay = true;
            party.unmatched.clear();
            ++party.level;
            co_await deliver_address(std::move(party), mail::unquote_address(*address), false);
            co_return;
        }
    }
    if (been_here("unknown " + party.local)) co_return;
    // The mail system's own names: what comes for them must not bounce back and forth.
    // Compat: one that luser_relay names is a user like any other.
    const bool reserved = !party.through_luser_relay &&
                          (equals_ignoring_case(party.user, "postmaster") ||
                           equals_ignoring_case(party.user, "mailer-daemon") ||
                           equals_ignoring_case(party.user, settings_[config::double_bounce_sender]));
    if (reserved) {
        log::warning("required alias not found: {}", party.user);
        co_await sent(party, "discarded");
        co_return;
    }
    co_await failed(party, "5.1.1", fmt::format("unknown user: \"{}\"", party.user));
}

}  // namespace postrider::local
