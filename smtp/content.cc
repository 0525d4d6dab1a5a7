// smtp/content.cc - the content of a queue file as SMTP carries it.
#include "smtp/content.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/mail/mime.h"
#include "lib/queue/record_reader.h"

namespace postrider::smtp {

namespace {

// Bytes collected before they are given to the connection.
constexpr std::size_t block_size = 65536;

// The deadline of a whole message grows with what was sent, at smtp_min_data_rate.
Seconds transfer_limit(const Options& options) {
    if (!options.per_request_deadline) return options.data_xfer_timeout;
    return options.data_xfer_timeout +
           Seconds(static_cast<long>(block_size) / std::max(1, options.min_data_rate));
}

// Passes lines through the MIME parser, the output checks, and its headers through the generic map.
class Converter {
  public:
    explicit Converter(const ContentSource& source) : parser_(mime_options(source)), source_(source) {}

    // Appends what becomes of the line; the error is that of a table.
    Task<Result<void>> add(std::string& out, ContentEncoder& encoder, std::string_view text, bool line_ends) {
        const std::vector<mail::MimeEvent>& events = parser_.feed(text, line_ends);
        Result<void> result = co_await write(out, encoder, events);
        co_return result;
    }
    Task<Result<void>> finish(std::string& out, ContentEncoder& encoder) {
        const std::vector<mail::MimeEvent>& events = parser_.finish();
        Result<void> result = co_await write(out, encoder, events);
        co_return result;
    }

  private:
    static mail::MimeOptions mime_options(const ContentSource& source) {
        mail::MimeOptions options;
        options.to_7bit = source.to_7bit;
        // Otherwise only the headers of the message itself are of interest.
        options.parse_body = source.to_7bit || (source.checks != nullptr && source.checks->looks_inside());
        return options;
    }

    static void write_header(std::string& out, ContentEncoder& encoder, std::string_view header) {
        for (const std::string_view line : split(header, '\n')) encoder.add(out, line, true);
    }

    Task<Result<void>> write(std::string& out, ContentEncoder& encoder,
                             const std::vector<mail::MimeEvent>& events) {
        for (const mail::MimeEvent& event : events) {
            Result<void> result;
            if (event.kind == mail::MimeEvent::Kind::header)
                result = co_await convert_header(out, encoder, event);
            else if (event.kind == mail::MimeEvent::Kind::body)
                result = co_await convert_body(out, encoder, event);
            if (!result) co_return result;
        }
        co_return Result<void>();
    }

    Task<Result<void>> convert_header(std::string& out, ContentEncoder& encoder,
                                      const mail::MimeEvent& event) {
        std::string header(event.text);
        if (source_.checks != nullptr) {
            Result<CheckedText> checked =
                co_await source_.checks->header(event.header_class, std::move(header), source_.queue_id);
            if (!checked) co_return Error{checked.error()};
            if (!checked->prepended.empty()) write_header(out, encoder, checked->prepended);
            if (checked->dropped) co_return Result<void>();
            header = std::move(checked->text);
        }
        if (source_.generic != nullptr && event.header_class == mail::HeaderClass::primary) {
            Result<std::string> mapped = co_await source_.generic->map_header(std::move(header));
            if (!mapped) co_return Error{mapped.error()};
            header = std::move(*mapped);
        }
        write_header(out, encoder, header);
        co_return Result<void>();
    }

    Task<Result<void>> convert_body(std::string& out, ContentEncoder& encoder, const mail::MimeEvent& event) {
        if (source_.checks == nullptr) {
            encoder.add(out, event.text, event.line_ends);
            co_return Result<void>();
        }
        std::string line(event.text);
        Result<CheckedText> checked = co_await source_.checks->body(std::move(line), source_.queue_id);
        if (!checked) co_return Error{checked.error()};
        if (!checked->prepended.empty()) encoder.add(out, checked->prepended, true);
        if (!checked->dropped) encoder.add(out, checked->text, event.line_ends);
        co_return Result<void>();
    }

    mail::MimeParser parser_;
    const ContentSource& source_;
};

bool is_content(queue::RecordType type) {
    return type == queue::RecordType::text || type == queue::RecordType::long_text;
}

Task<> send_block(Session& session, std::string& block) {
    session.stream().put(block);
    block.clear();
    co_await session.flush(transfer_limit(session.options()));
}

}  // namespace

Task<ContentResult> send_content(Session& session, ContentSource source) {
    session.set_doing("sending message body");
    queue::RecordReader reader(source.queue_file, source.offset);
    ContentEncoder encoder(session.options().line_length_limit);
    std::optional<Converter> converter;
    if (source.to_7bit || source.generic != nullptr || source.checks != nullptr) converter.emplace(source);
    ContentResult result;
    std::string block;
    block.reserve(std::min(source.size + source.size / 16, block_size) + 1024);
    queue::RecordType type{};
    std::string_view data;
    while (true) {
        const auto next = reader.next(type, data);
        if (next != queue::RecordReader::Next::record) {
            result.end = reader.read_errno() != 0 ? ContentEnd::unreadable : ContentEnd::corrupt;
            result.reason =
                reader.error().empty() ? "unexpected end of file in message content" : reader.error();
            co_return result;
        }
        if (type == queue::RecordType::extracted) break;
        if (!is_content(type)) continue;
        const bool line_ends = type == queue::RecordType::text;
        if (converter) {
            const Result<void> added = co_await converter->add(block, encoder, data, line_ends);
            if (!added) result.reason = added.error();
        } else {
            encoder.add(block, data, line_ends);
        }
        if (!result.reason.empty()) break;
        if (block.size() >= block_size) co_await send_block(session, block);
    }
    if (converter && result.reason.empty()) {
        const Result<void> finished = co_await converter->finish(block, encoder);
        if (!finished) result.reason = finished.error();
    }
    if (!result.reason.empty()) {
        result.end = ContentEnd::table_error;
        co_return result;
    }
    encoder.finish(block);
    result.has_folded = encoder.has_folded();
    // The last block leaves together with the final dot.
    session.stream().put(block);
    co_return result;
}

}  // namespace postrider::smtp
