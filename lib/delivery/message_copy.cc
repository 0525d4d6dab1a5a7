// lib/delivery/message_copy.cc - the message of a queue file as a mailbox or a command wants it.
#include "lib/delivery/message_copy.h"

#include <fmt/core.h>

#include <cerrno>

#include "lib/base/file.h"
#include "lib/base/local_time.h"
#include "lib/mail/address.h"
#include "lib/queue/record_reader.h"

namespace postrider::delivery {

namespace {

constexpr std::size_t piece_size = 64 * 1024;

}  // namespace

std::string sender_text(std::string_view sender) {
    return sender.empty() ? std::string("MAILER-DAEMON") : mail::quote_address(sender);
}

std::string from_line(std::string_view sender) {
    return fmt::format("From {}  {}", sender_text(sender), local_time("%a %b %e %H:%M:%S %Y"));
}

std::string return_path_header(std::string_view sender) {
    return fmt::format("Return-Path: <{}>", mail::quote_address(sender));
}

Copied copy_message(int queue_file, std::int64_t data_offset, const CopyOptions& options,
                    const std::function<bool(std::string_view)>& write) {
    std::string pending;
    const auto end_line = [&] { pending += options.line_end; };
    if (!options.from_line.empty()) {
        pending += options.from_line;
        end_line();
    }
    for (const std::string& header : options.headers) {
        pending += header;
        end_line();
    }
    queue::RecordReader reader(queue_file, data_offset);
    bool at_line_start = true;
    for (;;) {
        queue::RecordType type{};
        std::string_view data;
        if (reader.next(type, data) != queue::RecordReader::Next::record) {
            errno = reader.read_errno();
            return errno != 0 ? Copied::unreadable : Copied::corrupt;
        }
        if (type == queue::RecordType::extracted) break;
        const bool ends_line = type == queue::RecordType::text;
        if (!ends_line && type != queue::RecordType::long_text) {
            if (type == queue::RecordType::padding) continue;
            return Copied::corrupt;
        }
        if (at_line_start && options.quote_from && data.starts_with("From ")) pending += '>';
        if (at_line_start && options.stuff_dots && data.starts_with(".")) pending += '.';
        pending += data;
        if (ends_line) end_line();
        at_line_start = ends_line;
        if (pending.size() < piece_size) continue;
        if (!write(pending)) return Copied::write_failed;
        pending.clear();
    }
    if (!at_line_start && options.blank_line_at_end) end_line();
    if (options.blank_line_at_end) end_line();
    if (!pending.empty() && !write(pending)) return Copied::write_failed;
    return Copied::all;
}

std::optional<StepResult> no_message(Copied copied) {
    if (copied == Copied::unreadable)
        return StepResult::problem("4.3.0", fmt::format("cannot read the queue file: {}", errno_text()));
    if (copied != Copied::corrupt) return std::nullopt;
    StepResult result;
    result.kind = StepResult::Kind::corrupt_message;
    return result;
}

}  // namespace postrider::delivery
