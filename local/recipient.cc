// local/recipient.cc - the order of steps for a local address.
#include <fmt/core.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "local/expansion.h"
#include "local/parameters.h"

namespace postrider::local {

Expansion::Expansion(MessageState& message, delivery::Recipient recipient)
    : message_(message),
      agent_(message.agent),
      settings_(message.agent.settings),
      delivery_(message.delivery),
      recipient_(std::move(recipient)) {}

Task<> Expansion::run() {
    const int deferrals = delivery_.deferrals();
    Party party;
    party.recipient = recipient_;
    party.recipient.offset = -1;
    party.sender = delivery_.request().sender;
    std::string address = recipient_.recipient;
    set_address(party, std::move(address));
    co_await deliver_recipient(std::move(party));
    // When something is to be tried again all of it is: then the new messages are made next time.
    if (delivery_.deferrals() == deferrals) co_await send_indirect();
    if (delivery_.deferrals() == deferrals) delivery_.parts_done(recipient_);
}

void Expansion::set_address(Party& party, std::string address) const {
    const mail::AddressParts parts = mail::split_address(address);
    party.recipient.recipient = std::move(address);
    party.local = mail::casefold(parts.local);
    party.domain = mail::casefold(parts.domain);
    party.user = party.local;
    party.extension.reset();
    const std::string& delimiters = agent_.extensions.delimiters;
    party.delimiter = delimiters.empty() ? '\0' : delimiters.front();
    if (delimiters.empty()) return;
    const mail::ExtensionSplit split = mail::split_extension(party.local, agent_.extensions);
    if (!split.extension) return;
    party.user = split.user;
    party.delimiter = split.delimiter;
    if (split.extension->find('/') != std::string::npos) {
        log::warning("{}: address with illegal extension: {}", delivery_.request().queue_id, party.local);
        party.local = party.user;
        return;
    }
    party.extension = split.extension;
}

Task<> Expansion::deliver_recipient(Party party) {
    if (been_here(fmt::format("recipient {} {}", party.level, lower(party.recipient.recipient)))) co_return;
    if (message_.delivered_to.count(mail::casefold(party.recipient.recipient)) > 0) {
        co_await failed_to_owner(party, "5.4.6", "mail forwarding loop for " + party.recipient.recipient);
        co_return;
    }
    if (party.delivered_to.empty()) party.delivered_to = party.recipient.recipient;
    if (party.user.empty()) {
        co_await failed(party, "5.1.3", fmt::format("null username in \"{}\"", party.recipient.recipient));
        co_return;
    }
    party.unmatched.clear();
    Taken taken = co_await deliver_alias(party, party.local);
    if (taken == Taken::yes) co_return;
    if (party.extension) {
        Party extended = party;
        if (agent_.extend_alias_results) extended.unmatched = party.delimiter + *party.extension;
        taken = co_await deliver_alias(std::move(extended), party.user);
        if (taken == Taken::yes) co_return;
        party.unmatched = party.delimiter + *party.extension;
    }
    // Another user's list named this one: a message of its own gives it an entry of its own in the queue.
    const bool of_another = party.owner && !equals_ignoring_case(*party.owner, party.user);
    if (of_another || party.through_include) {
        deliver_indirect(std::move(party));
        co_return;
    }
    co_await deliver_local_user(std::move(party));
}

Task<Result<std::optional<delivery::Rights>>> Expansion::find_known_user(std::string name) {
    if (known_user_ && known_user_->name == name) co_return known_user_;
    Result<std::optional<delivery::Rights>> user = co_await delivery::find_user(std::move(name));
    if (user && *user) known_user_ = *user;
    co_return user;
}

Task<> Expansion::deliver_local_user(Party party) {
    Result<std::optional<delivery::Rights>> user = co_await find_known_user(party.user);
    if (!user) {
        co_await deferred(party, "4.3.0",
                          fmt::format("error looking up passwd info for {}: {}", party.user, user.error()));
        co_return;
    }
    if (*user) {
        if (settings_[require_home_directory] && !stat_file((*user)->home)) {
            co_await deferred(
                party, "4.3.0",
                fmt::format("cannot access home directory {}: {}", (*user)->home, errno_text()));
            co_return;
        }
        const Taken forwarded = co_await deliver_dot_forward(party, **user);
        if (forwarded == Taken::yes) co_return;
    }
    const Taken delivered = co_await deliver_mailbox(party);
    if (delivered == Taken::no) co_await deliver_unknown(std::move(party));
}

}  // namespace postrider::local
