// qmgr/message.cc - see message.h.
#include "qmgr/message.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/delivery/verp.h"
#include "lib/queue/envelope.h"

namespace postrider::qmgr {

namespace flag = delivery::request_flag;

bool Message::is_probe() const {
    return (envelope.trace_flags & flag::probe) != 0;
}

std::int64_t next_attempt_after(std::int64_t now, std::int64_t create_time, std::int64_t least,
                                std::int64_t most) {
    if (create_time <= 0) return least;
    return std::max(std::min(now - create_time, most), least);
}

std::int64_t spread_backoff(std::int64_t seconds, int percent, std::uint64_t random) {
    const std::int64_t most = seconds * percent / 100;
    if (most <= 0) return seconds;
    const auto choices = static_cast<std::uint64_t>(2 * most + 1);
    return std::max<std::int64_t>(seconds - most + static_cast<std::int64_t>(random % choices), 1);
}

delivery::Request request_for(const Message& message, const std::string& nexthop,
                              std::vector<delivery::Recipient> recipients, bool keep_connection,
                              const std::string& origin) {
    const queue::Envelope& envelope = message.envelope;
    delivery::Request request;
    request.flags =
        flag::delete_on_success | (envelope.trace_flags & (flag::probe | flag::record | flag::delay_sent));
    if (keep_connection) request.flags |= flag::connection_load | flag::connection_store;
    request.queue_name = "active";
    request.queue_id = message.id;
    if (envelope.size) {
        request.data_offset = envelope.size->data_offset;
        request.data_size = envelope.size->content_size;
        request.sendopts = envelope.size->sendopts;
    }
    request.nexthop = nexthop;
    request.encoding = envelope.encoding;
    request.sender = message.sender();
    if (!envelope.verp_delimiters.empty() && !request.sender.empty() && recipients.size() == 1)
        request.sender =
            delivery::verp_sender(envelope.verp_delimiters, request.sender, recipients.front().recipient,
                                  recipients.front().original_recipient, origin);
    const bool needs_utf8 =
        std::any_of(recipients.begin(), recipients.end(), [](const delivery::Recipient& recipient) {
            return !is_ascii(recipient.recipient) && is_valid_utf8(recipient.recipient);
        });
    if (needs_utf8) request.sendopts |= queue::sendopt::smtputf8_recipient;
    request.envelope_id = envelope.envelope_id;
    request.ret_flags = envelope.ret_flags;
    request.stamps = message.stamps;
    request.log_client_name = envelope.log_client_name;
    request.log_client_address = envelope.log_client_address;
    request.log_client_port = envelope.log_client_port;
    request.log_protocol_name = envelope.log_protocol_name;
    request.log_helo_name = envelope.log_helo_name;
    request.sasl_method = envelope.sasl_method;
    request.sasl_username = envelope.sasl_username;
    request.sasl_sender = envelope.sasl_sender;
    request.log_ident = envelope.log_ident.empty() ? message.id : envelope.log_ident;
    request.rewrite_context = envelope.rewrite_context.empty() ? "local" : envelope.rewrite_context;
    request.recipients = std::move(recipients);
    return request;
}

delivery::NotifyRequest notify_request_for(const Message& message) {
    const queue::Envelope& envelope = message.envelope;
    delivery::NotifyRequest request;
    request.queue_name = "active";
    request.queue_id = message.id;
    request.encoding = envelope.encoding;
    request.sender = message.sender();
    request.envelope_id = envelope.envelope_id;
    request.sendopts = envelope.size ? envelope.size->sendopts : 0;
    request.ret_flags = envelope.ret_flags;
    request.flags = envelope.trace_flags;
    return request;
}

delivery::Recipient make_recipient(queue::EnvelopeRecipient recipient) {
    delivery::Recipient made;
    made.original_recipient = std::move(recipient.original);
    made.recipient = std::move(recipient.address);
    made.offset = recipient.offset;
    made.dsn_orig_rcpt = std::move(recipient.dsn_orig_rcpt);
    made.notify_flags = recipient.notify;
    return made;
}

}  // namespace postrider::qmgr
