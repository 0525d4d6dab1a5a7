// local/indirect.cc - a new message to addresses elsewhere, by way of cleanup(8).
//
// Addresses with the same sender and the same Delivered-To: share a message.  It exists before the recipient
// is marked done: whatever fails on the way defers the recipient.
#include <fmt/core.h>

#include <ctime>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/message_copy.h"
#include "lib/mail/date.h"
#include "lib/mail/dsn.h"
#include "lib/queue/cleanup_client.h"
#include "lib/queue/record_reader.h"
#include "local/expansion.h"

namespace postrider::local {

namespace {

using queue::RecordType;

constexpr auto begin_limit = std::chrono::seconds(60);
constexpr auto finish_limit = std::chrono::seconds(300);
constexpr std::size_t drain_size = 64 * 1024;

void put_unless_empty(queue::CleanupClient& cleanup, std::string_view name, const std::string& value) {
    if (!value.empty()) cleanup.put_attribute(name, value);
}

void put_recipient(queue::CleanupClient& cleanup, const delivery::Recipient& recipient) {
    put_unless_empty(cleanup, "dsn_orig_rcpt", recipient.dsn_orig_rcpt);
    if (recipient.notify_flags != 0)
        cleanup.put_attribute("notify_flags", std::to_string(recipient.notify_flags));
    if (!recipient.original_recipient.empty())
        cleanup.put(RecordType::original_recipient, recipient.original_recipient);
    cleanup.put(RecordType::recipient, recipient.recipient);
}

void put_origin(queue::CleanupClient& cleanup, const delivery::Request& request) {
    put_unless_empty(cleanup, "log_client_name", request.log_client_name);
    put_unless_empty(cleanup, "log_client_address", request.log_client_address);
    put_unless_empty(cleanup, "log_client_port", request.log_client_port);
    put_unless_empty(cleanup, "log_protocol_name", request.log_protocol_name);
    put_unless_empty(cleanup, "log_helo_name", request.log_helo_name);
    put_unless_empty(cleanup, "sasl_method", request.sasl_method);
    put_unless_empty(cleanup, "sasl_username", request.sasl_username);
    put_unless_empty(cleanup, "sasl_sender", request.sasl_sender);
    put_unless_empty(cleanup, "log_ident", request.log_ident);
    put_unless_empty(cleanup, "rewrite_context", request.rewrite_context);
}

void put_report_wishes(queue::CleanupClient& cleanup, const delivery::Request& request) {
    put_unless_empty(cleanup, "envelope_id", request.envelope_id);
    if (request.ret_flags != 0) cleanup.put_attribute("ret_flags", std::to_string(request.ret_flags));
}

// Copies the content records.
Task<delivery::Copied> copy_content(queue::CleanupClient& cleanup, int queue_file, std::int64_t offset) {
    using delivery::Copied;
    queue::RecordReader reader(queue_file, offset);
    for (;;) {
        RecordType type{};
        std::string_view data;
        if (reader.next(type, data) != queue::RecordReader::Next::record)
            co_return reader.read_errno() != 0 ? Copied::unreadable : Copied::corrupt;
        if (type == RecordType::extracted) co_return Copied::all;
        if (type == RecordType::padding) continue;
        if (type != RecordType::text && type != RecordType::long_text) co_return Copied::corrupt;
        cleanup.put(type, data);
        if (cleanup.queued() > drain_size) co_await cleanup.drain();
    }
}

}  // namespace

void Expansion::deliver_indirect(Party party) {
    if (been_here("indirect " + party.recipient.recipient)) return;
    for (Forward& forward : forwards_) {
        if (forward.sender == party.sender && forward.delivered_to == party.delivered_to &&
            forward.has_list_owner == party.has_list_owner) {
            forward.recipients.push_back(std::move(party.recipient));
            return;
        }
    }
    Forward forward;
    forward.sender = party.sender;
    forward.delivered_to = party.delivered_to;
    forward.has_list_owner = party.has_list_owner;
    forward.asked_for = recipient_;
    forward.asked_for.offset = -1;
    // Success is reported where the mail ends, or was when the list was expanded.
    forward.asked_for.notify_flags = party.recipient.notify_flags & ~mail::notify::success;
    forward.recipients.push_back(std::move(party.recipient));
    forwards_.push_back(std::move(forward));
}

Task<> Expansion::send_indirect() {
    for (const Forward& forward : forwards_) co_await send_forward(forward);
}

Task<> Expansion::send_forward(const Forward& forward) {
    Party party;
    party.recipient = forward.asked_for;
    if (is_probe()) {
        for (const delivery::Recipient& recipient : forward.recipients) {
            party.recipient = recipient;
            party.recipient.offset = -1;
            co_await sent(party, "forwards to " + recipient.recipient);
        }
        co_return;
    }
    const delivery::Request& request = delivery_.request();
    Result<queue::CleanupClient> begun = co_await queue::CleanupClient::begin(
        queue::cleanup_flag::internal, begin_limit, settings_[config::cleanup_service_name]);
    if (!begun) {
        log::warning("{}: {}", request.queue_id, begun.error());
        co_await deferred(party, "4.3.0", "unable to forward message");
        co_return;
    }
    queue::CleanupClient cleanup = std::move(*begun);
    const std::string id = cleanup.queue_id();
    const std::int64_t arrival = request.stamps.arrival;
    cleanup.put(RecordType::time, fmt::format("{} {}", arrival / 1'000'000, arrival % 1'000'000));
    put_origin(cleanup, request);
    if (!forward.has_list_owner) put_report_wishes(cleanup, request);
    cleanup.put(RecordType::sender, forward.sender);
    for (const delivery::Recipient& recipient : forward.recipients) put_recipient(cleanup, recipient);
    cleanup.put(RecordType::message, "");
    cleanup.put(RecordType::text, fmt::format("Received: by {} ({})", settings_[config::myhostname],
                                              settings_[config::mail_name]));
    cleanup.put(RecordType::text, fmt::format("\tid {}; {}", id, mail::format_date(std::time(nullptr))));
    if (agent_.delivered_to_forward)
        // Compat: as the address is, unquoted.
        cleanup.put(RecordType::text, "Delivered-To: " + mail::casefold(forward.delivered_to));
    const delivery::Copied copied =
        co_await copy_content(cleanup, delivery_.queue_file(), request.data_offset);
    if (copied == delivery::Copied::corrupt) {
        delivery_.mark_corrupt("unexpected record in the message content");
        co_return;
    }
    if (copied == delivery::Copied::unreadable) {
        co_await deferred(party, "4.3.0", "cannot read the queue file");
        co_return;
    }
    cleanup.put(RecordType::extracted, "");
    cleanup.put(RecordType::end, "");
    const queue::CleanupOutcome outcome = co_await cleanup.finish(finish_limit);
    if (!outcome.ok()) {
        const auto explanation = queue::cleanup_status::explain(outcome.status);
        log::warning("{}: cannot forward the message: {}", request.queue_id,
                     outcome.reason.empty() ? std::string(explanation.text) : outcome.reason);
        co_await deferred(party, "4.3.0", "unable to forward message");
        co_return;
    }
    co_await sent(party, "forwarded as " + id);
}

}  // namespace postrider::local
