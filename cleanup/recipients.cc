// cleanup/recipients.cc - recipients: rewritten, expanded, copied, and each only once.
#include <fmt/core.h>

#include "cleanup/message.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/delivery/bounce_client.h"
#include "lib/mail/address.h"
#include "lib/mail/dsn.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;

Task<> Message::add_recipient(std::string address) {
    PendingRecipient details = std::move(pending_);
    pending_ = {};
    if (!details.has_original) details.original = address;
    if (address.empty()) address = rules_.empty_address_recipient;
    MapOutcome outcome = co_await complete_address(ipc::RewriteRule::local, std::move(address), id_);
    // Compat: with a domain, even where orig_to= of the log shows none.
    if (details.dsn_original.empty())
        details.dsn_original =
            mail::original_recipient_for(outcome.ok() ? outcome.addresses.front() : details.original);
    if (outcome.ok() && has(cleanup_flag::map_addresses)) {
        std::string completed = std::move(outcome.addresses.front());
        outcome = co_await map_address(std::move(completed), address_class::envelope_recipient, rules_, id_);
    }
    if (!outcome.ok()) {
        fail(outcome);
        co_return;
    }
    const bool filtered = sender_ && (filtering_ || has(cleanup_flag::milter));
    if (filtered) co_await emulate_session(*sender_);
    last_recipient_ = outcome.addresses.front();
    if (filtered) co_await emulate_recipient(last_recipient_);
    co_await add_expanded(last_recipient_, std::move(details));
    if (has(cleanup_flag::automatic_bcc) && !last_recipient_.empty()) co_await add_recipient_copy();
}

// An automatic copy: nobody is told what becomes of it.
Task<> Message::add_copy(std::string address) {
    PendingRecipient details;
    details.notify = mail::notify::never;
    MapOutcome outcome = co_await complete_address(ipc::RewriteRule::local, std::move(address), id_);
    if (outcome.ok() && has(cleanup_flag::map_addresses)) {
        std::string completed = std::move(outcome.addresses.front());
        outcome = co_await map_address(std::move(completed), address_class::envelope_recipient, rules_, id_);
    }
    if (!outcome.ok()) {
        fail(outcome);
        co_return;
    }
    // Compat: what a canonical table made of it is its original form.
    details.original = outcome.addresses.front();
    if (!details.original.empty()) {
        std::string target = details.original;
        co_await add_expanded(std::move(target), std::move(details));
    }
}

std::string Message::copy_address(tables::AddressResult answer, std::string_view name) {
    if (answer.found != tables::Found::try_again) return std::move(answer.value);
    log::warning("{}: {} map lookup problem -- message not accepted, try again later", id_, name);
    fail(queue::cleanup_status::write_error);
    return "";
}

Task<> Message::add_sender_copy() {
    if (rules_.sender_bcc.empty()) co_return;
    tables::AddressResult answer =
        co_await tables::find_address(rules_.sender_bcc, *sender_, rules_.address_rules);
    std::string copy = copy_address(std::move(answer), "sender_bcc_maps");
    // Compat: before everybody else, among the records of the envelope.
    if (!copy.empty()) co_await add_copy(std::move(copy));
}

Task<> Message::add_recipient_copy() {
    if (rules_.recipient_bcc.empty()) co_return;
    tables::AddressResult answer =
        co_await tables::find_address(rules_.recipient_bcc, last_recipient_, rules_.address_rules);
    std::string copy = copy_address(std::move(answer), "recipient_bcc_maps");
    if (!copy.empty()) co_await add_copy(std::move(copy));
}

Task<> Message::add_expanded(std::string address, PendingRecipient details) {
    note_utf8(address, 0);
    if (!has(cleanup_flag::map_addresses) || rules_.virtual_aliases.empty()) {
        write_recipient(address, details);
        co_return;
    }
    MapOutcome outcome = co_await expand_virtual_aliases(address, rules_, id_);
    if (!outcome.ok()) {
        fail(outcome);
        co_return;
    }
    const bool expanded = outcome.addresses.size() > 1 || outcome.addresses.front() != address;
    // RFC 3461 5.2.7.4: "expanded" is the last the sender hears of success.
    if (expanded && (details.notify & mail::notify::success) != 0) {
        co_await trace_expansion(address, details);
        details.notify &= ~mail::notify::success;
        if (details.notify == 0) details.notify = mail::notify::never;
    }
    for (const std::string& target : outcome.addresses) write_recipient(target, details);
}

Task<> Message::trace_expansion(const std::string& address, const PendingRecipient& details) {
    delivery::Recipient recipient;
    recipient.original_recipient = details.original;
    recipient.recipient = address;
    recipient.dsn_orig_rcpt = details.dsn_original;
    recipient.notify_flags = details.notify;
    delivery::Outcome expanded;
    expanded.action = delivery::Action::expanded;
    expanded.status = "2.0.0";
    expanded.reason = "alias expanded";
    traced_ = true;
    Result<void> appended = co_await delivery::append_log(delivery::LogKind::trace, id_, std::move(recipient),
                                                          std::move(expanded));
    if (appended) co_return;
    log::warning("{}: trace log: {}", id_, appended.error());
    fail(queue::cleanup_status::write_error);
}

void Message::write_recipient(const std::string& address, const PendingRecipient& details) {
    // Compat: with original recipients kept, the same mailbox reached in two ways is two recipients.
    std::string key = rules_.keep_original_recipient ? fmt::format("{}\n{}\n{}\n{}", details.dsn_original,
                                                                   details.notify, details.original, address)
                                                     : address;
    key = lower(key);
    if (duplicates_.contains(key)) return;
    if (rules_.duplicate_limit == 0 || duplicates_.size() < rules_.duplicate_limit)
        duplicates_.insert(std::move(key));
    if (details.notify != 0) write_attribute("notify_flags", std::to_string(details.notify));
    if (!details.dsn_original.empty()) write_attribute("dsn_orig_rcpt", details.dsn_original);
    write(RecordType::original_recipient, details.original);
    write(RecordType::recipient, address);
    ++recipient_count_;
}

}  // namespace postrider::cleanup
