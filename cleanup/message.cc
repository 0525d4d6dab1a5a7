// cleanup/message.cc - records in, records out, and the end of a message.
#include "cleanup/message.h"

#include <fmt/core.h>

#include <ctime>

#include "cleanup/filtering.h"
#include "cleanup/notify.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/queue/envelope.h"

namespace postrider::cleanup {

namespace cleanup_status = queue::cleanup_status;
namespace cleanup_flag = queue::cleanup_flag;

namespace {

// The longest record header: type and four bytes of length.
constexpr std::int64_t most_record_overhead = 5;

// With these the file is not complete: nothing more is worth writing, even for a bounce.
constexpr int incomplete =
    cleanup_status::bad | cleanup_status::write_error | cleanup_status::size | cleanup_status::defer;

int send_options(int flags) {
    int options = 0;
    if (flags & cleanup_flag::smtputf8) options |= queue::sendopt::smtputf8_requested;
    if (flags & cleanup_flag::require_tls) options |= queue::sendopt::require_tls;
    return options;
}

mail::MimeOptions mime_options(const Rules& rules, int flags) {
    mail::MimeOptions options = rules.mime;
    if (flags & cleanup_flag::filter) return options;
    // Strictness is for mail from outside; our own notices quote what others wrote.
    options.report_8bit_in_header = options.report_8bit_in_7bit_body = false;
    options.report_encoding_domain = options.report_nesting = false;
    return options;
}

}  // namespace

Result<std::unique_ptr<Message>> Message::create(const Rules& rules, int flags) {
    Result<queue::QueueFile> file = queue::QueueFile::create(rules.spool, queue::Queue::incoming);
    if (!file) return Error{file.error()};
    // A log of an older message that had the same ID would be taken for ours.
    rules.spool.remove(queue::Queue::defer, file->id());
    return std::unique_ptr<Message>(new Message(rules, flags, std::move(*file)));
}

Message::Message(const Rules& rules, int flags, queue::QueueFile file)
    : rules_(rules),
      flags_(flags),
      file_(std::move(file)),
      id_(file_.id()),
      created_(std::time(nullptr)),
      sendopts_(send_options(flags)),
      parser_(mime_options(rules, flags)) {
    file_.write(RecordType::size, queue::SizeRecord().text());
}

bool Message::writing() const {
    if (has(cleanup_flag::discard)) return false;
    return (status_ & (has(cleanup_flag::bounce) ? incomplete : ~0)) == 0;
}

std::int64_t Message::write(RecordType type, std::string_view data) {
    if (!writing()) return 0;
    const std::int64_t length = static_cast<std::int64_t>(data.size()) + most_record_overhead;
    if (rules_.message_size_limit > 0 && file_.end_offset() + length > rules_.message_size_limit) {
        log::warning("{}: queue file size limit exceeded", id_);
        fail(cleanup_status::size);
        return 0;
    }
    const std::int64_t offset = file_.write(type, data);
    if (file_.failed() != 0) {
        log::warning("{}: write queue file: {}", id_, errno_text(file_.failed()));
        fail(cleanup_status::write_error);
    }
    return offset;
}

void Message::write_attribute(std::string_view name, std::string_view value) {
    write(RecordType::attribute, fmt::format("{}={}", name, value));
}

void Message::write_line(std::string_view line, bool line_ends) {
    while (line.size() > rules_.line_length_limit) {
        write(RecordType::long_text, line.substr(0, rules_.line_length_limit));
        line.remove_prefix(rules_.line_length_limit);
    }
    write(line_ends ? RecordType::text : RecordType::long_text, line);
}

void Message::fail(int status, std::string reason) {
    status_ |= status;
    if (reason_.empty()) reason_ = std::move(reason);
}

void Message::bad_input(std::string_view what) {
    log::warning("{}: message rejected: {}", id_, what);
    fail(cleanup_status::bad);
}

// Addresses and headers beyond ASCII need SMTPUTF8 on their way, when that was asked for (RFC 6531).
void Message::note_utf8(std::string_view text, int option) {
    if (!has(cleanup_flag::smtputf8 | cleanup_flag::auto_utf8) || is_ascii(text) || !is_valid_utf8(text))
        return;
    utf8_seen_ = true;
    sendopts_ |= option;
}

const std::string* Message::attribute(std::string_view name) const {
    const auto at = attributes_.find(name);
    return at == attributes_.end() ? nullptr : &at->second;
}

bool Message::take(RecordType type, std::string_view data) {
    switch (segment_) {
        case Segment::envelope:
            return take_envelope(type, data);
        case Segment::content:
            return take_content(type, data);
        case Segment::extracted:
            return take_extracted(type, data);
        case Segment::ended:
            return true;
    }
    return true;
}

Task<> Message::work() {
    if (waiting_record_) {
        const RecordType type = *waiting_record_;
        waiting_record_.reset();
        std::string data = std::move(waiting_data_);
        if (type == RecordType::sender) {
            co_await add_sender(std::move(data));
        } else if (type == RecordType::recipient) {
            co_await add_recipient(std::move(data));
        } else {
            for (const std::string& copy : copies_) co_await add_copy(copy);
            end_of_extracted();
        }
        co_return;
    }
    for (; events_ && waiting_event_ < events_->size() && writing(); ++waiting_event_) {
        const mail::MimeEvent& event = (*events_)[waiting_event_];
        if (!handle_now(event)) co_await handle(event);
    }
    events_ = nullptr;
    if (segment_ == Segment::extracted) end_content();
}

void Message::write_size_record() {
    // A message that was too big ends somewhere within; what is there can still be returned.
    if (extracted_offset_ == 0) extracted_offset_ = file_.end_offset();
    if (has(cleanup_flag::auto_utf8) && utf8_seen_) sendopts_ |= queue::sendopt::smtputf8_requested;
    queue::SizeRecord size;
    size.message_size = extracted_offset_ - data_offset_;
    size.data_offset = data_offset_;
    size.recipient_count = recipient_count_;
    size.qmgr_flags = qmgr_flags_;
    size.content_size = size.message_size;
    size.sendopts = sendopts_;
    file_.overwrite(0, RecordType::size, size.text());
}

Task<Outcome> Message::commit() {
    const bool hold = has(cleanup_flag::hold);
    Outcome outcome;
    if (hold && !file_.move(queue::Queue::hold)) {
        log::warning("{}: move to the hold queue: {}", id_, errno_text());
        outcome.status = cleanup_status::write_error;
        co_return outcome;
    }
    Result<void> committed = co_await file_.commit();
    if (!committed) {
        log::warning("{}: {}", id_, committed.error());
        outcome.status = cleanup_status::write_error;
    } else if (!hold) {
        notify_qmgr(id_);
    }
    co_return outcome;
}

Task<Outcome> Message::finish() {
    if (writing() && segment_ != Segment::ended) bad_input("no end record");
    if (writing() && recipient_count_ == 0) fail(cleanup_status::no_recipients);
    co_await run_filters();
    Outcome outcome;
    if (has(cleanup_flag::discard)) co_return outcome;
    if (status_ == 0 || can_bounce()) write_size_record();
    if (status_ == 0) {
        outcome = co_await commit();
        if (outcome.status == 0) co_return outcome;
        status_ = outcome.status;
    } else if (can_bounce()) {
        co_await bounce();
    }
    if (traced_) rules_.spool.remove(queue::Queue::trace, id_);
    outcome.status = status_;
    if (status_ != 0) outcome.reason = reason_;
    co_return outcome;
}

}  // namespace postrider::cleanup
