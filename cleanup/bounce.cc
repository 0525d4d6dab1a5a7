// cleanup/bounce.cc - returning a message that was posted here but cannot be accepted.
//
// Programs that hand mail to sendmail(1) have left by now: a notification is the only answer they can get.
#include <fmt/core.h>

#include "cleanup/message.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/delivery/bounce_client.h"
#include "lib/delivery/log_line.h"
#include "lib/mail/status.h"
#include "lib/queue/envelope.h"
#include "lib/queue/record_reader.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;
namespace cleanup_status = queue::cleanup_status;

namespace {

// What may pass later, or leaves nothing to return.
constexpr int cannot_bounce =
    cleanup_status::bad | cleanup_status::write_error | cleanup_status::defer | cleanup_status::no_recipients;

constexpr int return_headers = 2;  // RFC 3461 4.3: RET=HDRS

// Recipients already in the file; the end record may be missing.
std::vector<queue::EnvelopeRecipient> written_recipients(int fd) {
    std::vector<queue::EnvelopeRecipient> found;
    queue::RecordReader reader(fd);
    queue::EnvelopeRecipient next;
    queue::Record one;
    while (reader.next(one) == queue::RecordReader::Next::record) {
        const auto named = queue::parse_named_attribute(one.data);
        if (one.type == RecordType::original_recipient) next.original = one.data;
        if (one.type == RecordType::attribute && named && named->name == "dsn_orig_rcpt")
            next.dsn_orig_rcpt = named->value;
        if (one.type == RecordType::attribute && named && named->name == "notify_flags")
            next.notify = static_cast<int>(parse_int(named->value).value_or(0));
        if (one.type != RecordType::recipient) continue;
        next.address = one.data;
        next.offset = one.offset;
        found.push_back(std::move(next));
        next = {};
    }
    return found;
}

}  // namespace

bool Message::can_bounce() const {
    return has(cleanup_flag::bounce) && sender_ && (status_ & cannot_bounce) == 0;
}

Task<> Message::bounce() {
    const cleanup_status::Explanation explanation = cleanup_status::explain(status_);
    const mail::StatusText why = mail::split_status(
        reason_.empty() ? fmt::format("{} {}", explanation.status, explanation.text) : reason_,
        explanation.status);
    file_.flush();
    std::vector<queue::EnvelopeRecipient> recipients = written_recipients(file_.fd());
    if (recipients.empty()) {
        queue::EnvelopeRecipient unknown;
        unknown.address = last_recipient_.empty() ? "unknown" : last_recipient_;
        recipients.push_back(std::move(unknown));
    }
    Result<void> done;
    for (const queue::EnvelopeRecipient& one : recipients) {
        delivery::Recipient recipient;
        recipient.original_recipient = one.original;
        recipient.recipient = one.address;
        recipient.dsn_orig_rcpt = one.dsn_orig_rcpt;
        recipient.notify_flags = one.notify;
        delivery::Outcome outcome;
        outcome.action = delivery::Action::failed;
        outcome.status = why.status;
        outcome.reason = why.text;
        delivery::Recipient named = recipient;
        delivery::Outcome told = outcome;
        done =
            co_await delivery::append_log(delivery::LogKind::bounce, id_, std::move(named), std::move(told));
        if (!done) break;
        delivery::StatusLine line;
        line.queue_id = id_;
        line.now = delivery::now_in_microseconds();
        line.stamps.arrival = arrival_ * 1'000'000;
        log::info("{}", delivery::status_line(line, recipient, outcome, "bounced"));
    }
    if (done) {
        delivery::NotifyRequest request;
        request.queue_name = queue::queue_name(file_.queue());
        request.queue_id = id_;
        if (const std::string* encoding = attribute("encoding")) request.encoding = *encoding;
        request.sender = *sender_;
        request.envelope_id = envelope_id_;
        request.sendopts = sendopts_;
        // Compat: content that was refused is not sent around once more.
        request.ret_flags = (status_ & cleanup_status::content) != 0 ? return_headers : ret_flags_;
        request.verp_delimiters = verp_delimiters_;
        done = co_await delivery::send_bounce(std::move(request));
    }
    if (done) {
        status_ = cleanup_status::ok;
        co_return;
    }
    log::warning("{}: cannot return the message: {}", id_, done.error());
    rules_.spool.remove(queue::Queue::bounce, id_);
    fail(cleanup_status::write_error);
}

}  // namespace postrider::cleanup
