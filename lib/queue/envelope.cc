// lib/queue/envelope.cc - what a queue file says besides the message itself.
#include "lib/queue/envelope.h"

#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <limits>

#include "lib/base/text.h"

namespace postrider::queue {

namespace {

constexpr std::size_t fixed_width = 15;

using Field = std::string Envelope::*;
struct TextAttribute {
    std::string_view name;
    Field field;
};
constexpr std::array<TextAttribute, 20> text_attributes = {{
    {"encoding", &Envelope::encoding},
    {"envelope_id", &Envelope::envelope_id},
    {"rewrite_context", &Envelope::rewrite_context},
    {"message_id", &Envelope::message_id},
    {"log_client_name", &Envelope::log_client_name},
    {"log_client_address", &Envelope::log_client_address},
    {"log_client_port", &Envelope::log_client_port},
    {"log_helo_name", &Envelope::log_helo_name},
    {"log_protocol_name", &Envelope::log_protocol_name},
    {"log_ident", &Envelope::log_ident},
    {"sasl_method", &Envelope::sasl_method},
    {"sasl_username", &Envelope::sasl_username},
    {"sasl_sender", &Envelope::sasl_sender},
    {"client_name", &Envelope::client_name},
    {"reverse_client_name", &Envelope::reverse_client_name},
    {"client_address", &Envelope::client_address},
    {"client_port", &Envelope::client_port},
    {"helo_name", &Envelope::client_helo},
    {"protocol_name", &Envelope::client_protocol},
    {"verp_delimiters", &Envelope::verp_delimiters},
}};

std::int64_t number(std::string_view text) {
    return parse_int(trim(text)).value_or(0);
}
int small_number(std::string_view text) {
    const std::int64_t value = number(text);
    return value < 0 || value > std::numeric_limits<int>::max() ? 0 : static_cast<int>(value);
}

void take_time(Envelope& envelope, std::string_view data) {
    const std::vector<std::string> words = split_words(data, " ");
    if (words.empty()) return;
    envelope.arrival_seconds = number(words[0]);
    envelope.arrival_microseconds = words.size() > 1 ? number(words[1]) : 0;
}

// Files of Postfix before 2.3 have only the client's attributes.
void complete_log_attributes(Envelope& envelope) {
    if (!envelope.log_client_name.empty() || !envelope.log_client_address.empty()) return;
    envelope.log_client_name = envelope.client_name;
    envelope.log_client_address = envelope.client_address;
    envelope.log_client_port = envelope.client_port;
    envelope.log_helo_name = envelope.client_helo;
    envelope.log_protocol_name = envelope.client_protocol;
}

}  // namespace

std::string fixed_number(std::int64_t number) {
    return fmt::format("{:>{}}", number, fixed_width);
}

std::string SizeRecord::text() const {
    return fmt::format("{:>15} {:>15} {:>15} {:>15} {:>15} {:>15}", message_size, data_offset,
                       recipient_count, qmgr_flags, content_size, sendopts);
}

std::optional<SizeRecord> SizeRecord::parse(std::string_view text) {
    const std::vector<std::string> words = split_words(text, " ");
    std::array<std::int64_t, 6> fields{};
    for (std::size_t i = 0; i < words.size() && i < fields.size(); ++i) {
        const auto field = parse_int(words[i]);
        if (!field) return std::nullopt;
        fields[i] = *field;
    }
    if (words.size() < 3 || fields[0] <= 0 || fields[1] <= 0) return std::nullopt;
    if (fields[3] < 0 || (fields[3] & ~static_cast<std::int64_t>(qmgr_flag::known)) != 0) return std::nullopt;
    // The content is sought by their sum.
    if (fields[0] > std::numeric_limits<std::int64_t>::max() - fields[1]) return std::nullopt;
    SizeRecord size;
    size.message_size = fields[0];
    size.data_offset = fields[1];
    size.recipient_count = fields[2];
    size.qmgr_flags = static_cast<int>(fields[3]);
    size.content_size = words.size() > 4 && fields[4] > 0 ? fields[4] : fields[0];
    size.sendopts = static_cast<int>(fields[5] & 63);
    return size;
}

Error EnvelopeReader::unexpected(RecordType type) const {
    return Error{fmt::format("unexpected record type {} at offset {}", static_cast<int>(type),
                             records_.record_offset())};
}

Result<void> EnvelopeReader::read(Envelope& envelope, std::size_t recipient_limit) {
    const bool first = !started_;
    started_ = true;
    const std::size_t enough = recipient_limit == 0 ? 0 : envelope.recipients.size() + recipient_limit;
    Result<void> done = read_records(envelope, enough, first ? Want::all : Want::recipients);
    if (!done || !first) return done;
    if (!at_end_) {
        // Everything that is no recipient has to be known before the first delivery.
        const std::int64_t offset = records_.offset();
        const Segment segment = segment_;
        done = read_records(envelope, 0, Want::attributes);
        if (!done) return done;
        records_.seek(offset);
        segment_ = segment;
        at_end_ = false;
    }
    if (!envelope.sender) return Error{"missing sender record"};
    complete_log_attributes(envelope);
    return {};
}

// Stops behind a recipient once there are `enough` (0: never), so that nothing said of the next one is lost.
Result<void> EnvelopeReader::read_records(Envelope& envelope, std::size_t enough, Want want) {
    while (!at_end_) {
        RecordType type{};
        std::string_view data;
        const RecordReader::Next next = records_.next(type, data);
        if (next == RecordReader::Next::broken) return Error{records_.error()};
        if (next == RecordReader::Next::end_of_file) return Error{"missing end record"};
        Result<void> taken = take(envelope, type, data, want);
        if (!taken) return taken;
        if (type == RecordType::recipient && enough > 0 && envelope.recipients.size() >= enough) return {};
    }
    return {};
}

Result<void> EnvelopeReader::take(Envelope& envelope, RecordType type, std::string_view data, Want want) {
    const bool in_envelope = segment_ == Segment::envelope;
    switch (type) {
        case RecordType::message:
            if (!in_envelope) return unexpected(type);
            segment_ = Segment::extracted;
            return skip_content(envelope);
        case RecordType::end:
            if (in_envelope) return unexpected(type);
            at_end_ = true;
            return {};
        case RecordType::recipient:
            if (want != Want::attributes) take_recipient(envelope, data);
            return {};
        case RecordType::done:
        case RecordType::cancelled:
            pending_ = {};
            if (type == RecordType::done && want != Want::attributes) ++envelope.done_recipients;
            return {};
        case RecordType::original_recipient:
            if (want != Want::attributes) pending_.original = data;
            return {};
        case RecordType::dsn_orcpt:
            if (want != Want::attributes) pending_.dsn_orig_rcpt = data;
            return {};
        case RecordType::dsn_notify:
            if (want != Want::attributes) pending_.notify = small_number(data);
            return {};
        case RecordType::attribute:
            take_attribute(envelope, data, want);
            return {};
        case RecordType::killed:
        case RecordType::pointer:
            return {};
        case RecordType::priority:
        case RecordType::errors_to:
        case RecordType::return_receipt:
            if (in_envelope) return unexpected(type);
            return {};
        case RecordType::size:
        case RecordType::time:
        case RecordType::create_time:
        case RecordType::sender:
        case RecordType::verp:
        case RecordType::dsn_ret:
        case RecordType::dsn_envid:
        case RecordType::warn_time:
            if (!in_envelope) return unexpected(type);
            [[fallthrough]];
        case RecordType::full_name:
        case RecordType::inspector:
        case RecordType::filter:
        case RecordType::redirect:
            if (want != Want::recipients) take_message_record(envelope, type, data);
            return {};
        default:
            return unexpected(type);
    }
}

void EnvelopeReader::take_recipient(Envelope& envelope, std::string_view data) {
    pending_.address = data;
    pending_.offset = records_.record_offset();
    envelope.recipients.push_back(std::move(pending_));
    pending_ = {};
}

void EnvelopeReader::take_message_record(Envelope& envelope, RecordType type, std::string_view data) {
    switch (type) {
        case RecordType::size:
            if (!envelope.size) envelope.size = SizeRecord::parse(data);
            return;
        case RecordType::time:
            if (envelope.arrival_seconds == 0) take_time(envelope, data);
            return;
        case RecordType::create_time:
            envelope.create_time = number(data);
            return;
        case RecordType::sender:
            if (!envelope.sender) envelope.sender = std::string(data);
            return;
        case RecordType::verp:
            envelope.verp_delimiters = data;
            return;
        case RecordType::dsn_ret:
            envelope.ret_flags = small_number(data);
            return;
        case RecordType::dsn_envid:
            envelope.envelope_id = data;
            return;
        case RecordType::warn_time:
            envelope.warn_time = number(data);
            envelope.warn_offset = records_.record_offset();
            return;
        case RecordType::full_name:
            envelope.full_name = data;
            return;
        case RecordType::filter:
            envelope.content_filter = data;
            return;
        case RecordType::redirect:
            envelope.redirect = data;
            return;
        default:
            return;
    }
}

void EnvelopeReader::take_attribute(Envelope& envelope, std::string_view data, Want want) {
    const auto attribute = parse_named_attribute(data);
    if (!attribute) return;
    const auto& [name, value] = *attribute;
    if (name == "dsn_orig_rcpt" || name == "notify_flags") {
        if (want == Want::attributes) return;
        if (name == "notify_flags")
            pending_.notify = small_number(value);
        else
            pending_.dsn_orig_rcpt = value;
        return;
    }
    if (want == Want::recipients) return;
    if (name == "create_time") {
        envelope.create_time = number(value);
    } else if (name == "ret_flags") {
        envelope.ret_flags = small_number(value);
    } else if (name == "trace_flags") {
        envelope.trace_flags = small_number(value);
        envelope.trace_offset = records_.record_offset();
    } else {
        for (const TextAttribute& known : text_attributes)
            if (known.name == name) envelope.*known.field = value;
    }
}

// By the size record at one stroke; a file of maildrop has none and is read through.
Result<void> EnvelopeReader::skip_content(const Envelope& envelope) {
    if (envelope.size) records_.seek(envelope.size->data_offset + envelope.size->message_size);
    RecordType type{};
    std::string_view data;
    for (;;) {
        const RecordReader::Next next = records_.next(type, data);
        if (next == RecordReader::Next::broken) return Error{records_.error()};
        if (next == RecordReader::Next::end_of_file) return Error{"missing end of content"};
        if (type == RecordType::extracted) return {};
        const bool content =
            type == RecordType::text || type == RecordType::long_text || type == RecordType::padding;
        if (envelope.size || !content) return unexpected(type);
    }
}

Result<Envelope> read_envelope(int fd) {
    EnvelopeReader reader(fd);
    Envelope envelope;
    Result<void> done = reader.read(envelope);
    if (!done) return Error{done.error()};
    return envelope;
}

namespace {

bool replace_type(int fd, std::int64_t offset, RecordType from, RecordType to) {
    char found = 0;
    if (::pread(fd, &found, 1, offset) != 1) {
        errno = EINVAL;
        return false;
    }
    if (found == static_cast<char>(to)) return true;
    if (found != static_cast<char>(from)) {
        errno = EINVAL;
        return false;
    }
    const char type = static_cast<char>(to);
    return ::pwrite(fd, &type, 1, offset) == 1;
}

}  // namespace

bool mark_done(int fd, std::int64_t offset) {
    return replace_type(fd, offset, RecordType::recipient, RecordType::done);
}

bool kill_record(int fd, std::int64_t offset) {
    return replace_type(fd, offset, RecordType::attribute, RecordType::killed);
}

bool rewrite_warn_time(int fd, std::int64_t offset, std::int64_t time) {
    if (!replace_type(fd, offset, RecordType::warn_time, RecordType::warn_time)) return false;
    std::string record;
    append_record(record, RecordType::warn_time, fixed_number(time));
    return ::pwrite(fd, record.data(), record.size(), offset) == static_cast<ssize_t>(record.size());
}

}  // namespace postrider::queue
