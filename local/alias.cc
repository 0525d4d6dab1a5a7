// local/alias.cc - aliases(5).

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/dsn.h"
#include "lib/mail/parameters.h"
#include "local/expansion.h"
#include "local/parameters.h"

namespace postrider::local {

namespace {
constexpr int deepest_alias = 100;
}

// The external form of a name is the key; tables made before Postfix 3.12 have the internal form.
Task<tables::ListResult> Expansion::find_alias(std::string name) {
    std::string quoted = mail::quote_address(name);
    const bool differs = quoted != name;
    tables::ListResult found = co_await agent_.aliases.find_with_table(std::move(quoted));
    if (found.found == tables::Found::no && differs)
        found = co_await agent_.aliases.find_with_table(std::move(name));
    co_return found;
}

Task<Expansion::Taken> Expansion::deliver_alias(Party party, std::string name) {
    if (agent_.aliases.empty()) co_return Taken::no;
    // An alias that names itself means the user of that name.
    if (equals_ignoring_case(party.expanded_from, name)) co_return Taken::no;
    if (party.level > deepest_alias) {
        const std::string problem = "alias database loop for " + name;
        log::warning("{}", problem);
        co_await failed(party, "5.4.6", problem);
        co_return Taken::yes;
    }
    tables::ListResult found = co_await find_alias(name);
    if (found.found == tables::Found::no) co_return Taken::no;
    if (found.found == tables::Found::try_again) {
        co_await deferred(party, "4.3.0", "alias database unavailable");
        co_return Taken::yes;
    }
    std::vector<Destination> destinations = parse_destinations(found.value);
    if (destinations.empty()) {
        log::warning("no recipient in alias lookup result for {}", name);
        co_await deferred(party, "4.3.0", "alias database unavailable");
        co_return Taken::yes;
    }
    const bool has_rights = co_await set_alias_rights(party, found.table);
    if (!has_rights) co_return Taken::yes;
    const bool owner_known = co_await set_alias_owner(party, name);
    if (!owner_known) co_return Taken::yes;
    party.expanded_from = name;
    party.origin = Origin::alias;
    party.through_include = false;
    ++party.level;
    if (!settings_[frozen_delivered_to]) party.delivered_to = party.recipient.recipient;
    co_await deliver_list(std::move(party), std::move(destinations));
    co_return Taken::yes;
}

// Files and commands of an alias are used with the rights of the owner of the table.  False: deferred.
Task<bool> Expansion::set_alias_rights(Party& party, const tables::Table* table) {
    party.rights.reset();
    const std::optional<uid_t> uid = table->owner();
    if (!uid || *uid == 0 || !delivery::can_become_others()) co_return true;
    Result<std::optional<delivery::Rights>> owner = co_await delivery::find_user(*uid);
    if (owner && *owner) {
        party.rights = **owner;
        co_return true;
    }
    co_await deferred(party, "4.3.0", "cannot find alias database owner for " + table->name());
    co_return false;
}

// Tells a sender who wants to know that a list takes over; its members do not report success.  RFC
// 3461 5.2.7. False: deferred.
Task<bool> Expansion::note_expansion(Party& party, bool to_owned_list) {
    delivery::Outcome outcome;
    outcome.action = to_owned_list ? delivery::Action::delivered : delivery::Action::expanded;
    outcome.status = "2.0.0";
    outcome.reason = "alias expanded";
    outcome.relay = agent_.service;
    const bool noted = co_await delivery_.expanded(party.recipient, std::move(outcome));
    int& notify = party.recipient.notify_flags;
    if ((notify & mail::notify::success) != 0) {
        notify &= ~mail::notify::success;
        if (notify == 0) notify = mail::notify::never;
    }
    co_return noted;
}

// Trouble with what the alias leads to is told to owner-NAME, when there is such an alias.  False: deferred.
Task<bool> Expansion::set_alias_owner(Party& party, std::string name) {
    if (!settings_[mail::owner_request_special]) {
        const bool noted = co_await note_expansion(party, false);
        co_return noted;
    }
    std::string owner = "owner-" + name;
    tables::ListResult found = co_await find_alias(owner);
    if (found.found == tables::Found::try_again) {
        co_await deferred(party, "4.3.0", "alias database unavailable");
        co_return false;
    }
    if (found.found == tables::Found::yes) {
        party.sender = owner_address(owner, found.value);
        party.owner = owner;
    } else if (settings_[reset_owner_alias]) {
        party.owner.reset();
    }
    const bool is_owned = found.found == tables::Found::yes;
    const bool noted = co_await note_expansion(party, is_owned);
    if (is_owned) {
        // From here on it is the list's mail, and its address is what the owner knows.
        party.has_list_owner = true;
        party.recipient.original_recipient.clear();
        party.recipient.dsn_orig_rcpt.clear();
    }
    co_return noted;
}

// The address of a list's owner: that of the alias owner-NAME, or what it leads to.
std::string Expansion::owner_address(const std::string& alias, const std::string& leads_to) const {
    std::string address = settings_[expand_owner_alias] ? leads_to : alias;
    if (address.find('@') == std::string::npos) address += "@" + settings_[config::myorigin];
    return mail::unquote_address(address);
}

// Whom a failure of this address itself is told: the alias owner-NAME, when there is one, whatever list led
// to it.  "": the sender.
Task<Result<std::string>> Expansion::owner_to_tell(const Party& party) {
    if (!settings_[mail::owner_request_special]) co_return std::string();
    std::vector<std::string> names{party.local};
    if (party.extension) names.push_back(party.user);
    for (const std::string& name : names) {
        std::string owner = "owner-" + name;
        tables::ListResult found = co_await find_alias(owner);
        if (found.found == tables::Found::try_again) co_return Error{"alias database unavailable"};
        if (found.found == tables::Found::yes) co_return owner_address(owner, found.value);
    }
    co_return std::string();
}

}  // namespace postrider::local
