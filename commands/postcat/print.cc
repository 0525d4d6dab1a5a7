// commands/postcat/print.cc - a queue file as text.
#include "commands/postcat/print.h"

#include <fmt/core.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <optional>

#include "lib/base/local_time.h"
#include "lib/base/text.h"
#include "lib/mail/header.h"

namespace postrider::postcat {

using queue::RecordReader;
using queue::RecordType;

namespace {

struct Name {
    RecordType type;
    std::string_view name;
};
constexpr std::array<Name, 32> names = {{
    {RecordType::size, "message_size"},
    {RecordType::time, "message_arrival_time"},
    {RecordType::create_time, "queue_file_create_time"},
    {RecordType::full_name, "sender_fullname"},
    {RecordType::inspector, "content_inspector"},
    {RecordType::filter, "content_filter"},
    {RecordType::sender, "sender"},
    {RecordType::recipient, "recipient"},
    {RecordType::done, "done_recipient"},
    {RecordType::original_recipient, "original_recipient"},
    {RecordType::cancelled, "canceled_recipient"},
    {RecordType::warn_time, "warning_message_time"},
    {RecordType::attribute, "named_attribute"},
    {RecordType::killed, "killed_record"},
    {RecordType::redirect, "redirect_to"},
    {RecordType::flags, "flags"},
    {RecordType::delay, "delay"},
    {RecordType::milter_count, "milter_count"},
    {RecordType::message, "message_content"},
    {RecordType::text, "regular_text"},
    {RecordType::padding, "padding"},
    {RecordType::extracted, "extracted_info"},
    {RecordType::return_receipt, "return_receipt"},
    {RecordType::errors_to, "errors_to"},
    {RecordType::priority, "priority"},
    {RecordType::pointer, "pointer_record"},
    {RecordType::verp, "verp_delimiters"},
    {RecordType::dsn_ret, "dsn_return_flags"},
    {RecordType::dsn_envid, "dsn_envelope_id"},
    {RecordType::dsn_orcpt, "dsn_original_recipient"},
    {RecordType::dsn_notify, "dsn_notify_flags"},
    {RecordType::end, "message_end"},
}};

// "Fri Nov 20 23:38:49 2026"
std::string time_text(std::string_view data) {
    const std::string first(trim(data).substr(0, trim(data).find(' ')));
    const auto seconds = parse_int(first);
    if (!seconds) return std::string(data);
    const std::string text = local_time("%a %b %e %H:%M:%S %Y", static_cast<std::time_t>(*seconds));
    return text.empty() ? std::string(data) : text;
}

bool is_time(RecordType type) {
    return type == RecordType::time || type == RecordType::create_time || type == RecordType::warn_time;
}

}  // namespace

std::string_view record_name(RecordType type, bool content) {
    if (content && type == RecordType::long_text) return "unterminated_text";
    for (const Name& known : names)
        if (known.type == type) return known.name;
    return "unknown_record_type";
}

void Printer::put(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), output_);
}

std::string Printer::prefix() const {
    std::string out;
    if (what_.path) out += path_ + ": ";
    if (what_.offsets) out += fmt::format("{:9} ", offset_);
    if (what_.types) out += fmt::format("{:3} ", static_cast<int>(static_cast<unsigned char>(type_)));
    return out;
}

void Printer::marker(std::string_view text) {
    if (what_.envelope && what_.markers) put(fmt::format("{}*** {} {} ***\n", prefix(), text, path_));
}

Result<void> Printer::print(int fd) {
    const bool from_start = what_.start == 0;
    if (from_start && what_.envelope && what_.markers)
        put(fmt::format("*** ENVELOPE RECORDS {} ***\n", path_));
    // Pointers are shown and followed by ourselves, unless the file is wanted as it lies there.
    RecordReader records(fd, what_.start, what_.raw_order ? queue::Pointers::show : queue::Pointers::follow);
    RecordReader pointers(fd, what_.start, queue::Pointers::show);
    for (;;) {
        const std::int64_t before = records.offset();
        std::string_view data;
        const RecordReader::Next next = records.next(type_, data);
        if (next == RecordReader::Next::broken) return Error{fmt::format("{}: {}", path_, records.error())};
        if (next == RecordReader::Next::end_of_file) return {};
        offset_ = records.record_offset();
        if (what_.verbose && !what_.raw_order && offset_ != before) {
            const RecordType type = type_;
            const std::int64_t offset = offset_;
            pointers.seek(before);
            std::string_view target;
            if (pointers.next(type_, target) == RecordReader::Next::record) {
                offset_ = before;
                print_record(type_, target);
            }
            type_ = type;
            offset_ = offset;
        }
        print_record(type_, data);
        // Behind the end record is what pointers lead to.
        if (type_ == RecordType::end && !what_.raw_order) return {};
    }
}

void Printer::print_record(RecordType type, std::string_view data) {
    if (type == RecordType::pointer || type == RecordType::padding) {
        if (what_.verbose) put(fmt::format("{}{}: {}\n", prefix(), record_name(type, true), data));
        return;
    }
    switch (type) {
        case RecordType::message:
            state_ = State::header;
            return marker("MESSAGE CONTENTS");
        case RecordType::extracted:
            state_ = State::extracted;
            return marker("HEADER EXTRACTED");
        case RecordType::end:
            return marker("MESSAGE FILE END");
        default:
            break;
    }
    state_ == State::header || state_ == State::body ? print_content(type, data) : print_envelope(type, data);
}

void Printer::print_envelope(RecordType type, std::string_view data) {
    if (!what_.envelope) return;
    std::string_view name = record_name(type, false);
    std::string text(data);
    const auto attribute = type == RecordType::attribute ? queue::parse_named_attribute(data) : std::nullopt;
    if (attribute && attribute->name == "create_time") {
        name = "create_time";
        text = time_text(attribute->value);
    } else if (is_time(type)) {
        text = time_text(data);
    }
    put(fmt::format("{}{}: {}\n", prefix(), name, text));
}

void Printer::print_content(RecordType type, std::string_view data) {
    if (type != RecordType::text && type != RecordType::long_text) {
        put(fmt::format("{}{}: {}\n", prefix(), record_name(type, true), data));
        return;
    }
    if (state_ == State::header && line_start_) {
        const bool continued = !data.empty() && (data[0] == ' ' || data[0] == '\t');
        if (!continued && mail::header_name_length(data) == 0) state_ = State::body;
    }
    line_start_ = type == RecordType::text;
    if (state_ == State::header ? !what_.header : !what_.body) return;
    put(prefix());
    if (what_.verbose) put(fmt::format("{}: ", record_name(type, true)));
    put(data);
    if (type == RecordType::text || what_.verbose || what_.offsets) put("\n");
}

}  // namespace postrider::postcat
