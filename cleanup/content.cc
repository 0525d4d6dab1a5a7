// cleanup/content.cc - the message itself, line by line.
#include <fmt/core.h>

#include <algorithm>

#include "cleanup/message.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;
using mail::MimeEvent;

void Message::begin_content() {
    write(RecordType::message, "");
    data_offset_ = file_.end_offset();
    segment_ = Segment::content;
}

bool Message::take_content(RecordType type, std::string_view data) {
    if (type == RecordType::text || type == RecordType::long_text) {
        // What does not count any more is not looked at either.
        return !writing() || feed(cleaned(data), type == RecordType::text);
    }
    if (type == RecordType::padding) return true;
    if (type != RecordType::extracted) {
        bad_input(fmt::format("unexpected record type {} in message content", static_cast<int>(type)));
        return true;
    }
    segment_ = Segment::extracted;
    events_ = &parser_.finish();
    waiting_event_ = 0;
    return false;
}

// True when nothing has to be waited for.
bool Message::feed(std::string_view line, bool line_ends) {
    if (parser_.passes_through() && !body_is_checked()) {
        write_line(line, line_ends);
        return true;
    }
    events_ = &parser_.feed(line, line_ends);
    for (waiting_event_ = 0; waiting_event_ < events_->size() && writing(); ++waiting_event_)
        if (!handle_now((*events_)[waiting_event_])) return false;
    return true;
}

// Unwanted characters out.  A CR or LF inside a line could end it for somebody else ("SMTP smuggling"), so
// that they are spaces before anything else is looked at.
std::string_view Message::cleaned(std::string_view line) {
    // Two searches for one character each: memchr(3) is much faster than a search for a set.
    if (rules_.replace_stray_line_ends &&
        (line.find('\r') != std::string_view::npos || line.find('\n') != std::string_view::npos)) {
        scratch_ = line;
        std::replace_if(
            scratch_.begin(), scratch_.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
        line = scratch_;
    }
    if (!has(cleanup_flag::filter)) return line;
    if (!rules_.reject_characters.empty() &&
        line.find_first_of(rules_.reject_characters) != std::string_view::npos)
        reject("content", line.substr(0, line.find('\0')), "5.7.1 disallowed character");
    if (rules_.strip_characters.empty() ||
        line.find_first_of(rules_.strip_characters) == std::string_view::npos)
        return line;
    scratch_ = std::string(line);
    std::erase_if(scratch_, [this](char c) { return rules_.strip_characters.find(c) != std::string::npos; });
    return scratch_;
}

bool Message::handle_now(const MimeEvent& event) {
    switch (event.kind) {
        case MimeEvent::Kind::body:
            if (body_is_checked()) return false;
            write_line(event.text, event.line_ends);
            return true;
        case MimeEvent::Kind::end_of_headers:
            body_bytes_ = 0;
            if (event.header_class == mail::HeaderClass::primary) add_missing_headers();
            return true;
        case MimeEvent::Kind::flaw:
            note_flaw(event);
            return true;
        case MimeEvent::Kind::header:
            break;
    }
    const mail::HeaderParts parts = mail::split_header(event.text);
    const mail::HeaderInfo& info = mail::header_info(parts.name);
    if (is_checked(info, event.header_class) || header_needs_waiting(info, event.header_class)) return false;
    note_header(info, parts, event.header_class);
    if (event.header_class != mail::HeaderClass::primary || !is_dropped(info, parts.name))
        write_header(event.text);
    return true;
}

Task<> Message::handle(const MimeEvent& event) {
    if (event.kind == MimeEvent::Kind::body) {
        if (event.begins_part) body_bytes_ = 0;
        const bool looked_at = rules_.body_checks_limit == 0 || body_bytes_ < rules_.body_checks_limit;
        if (!event.added) body_bytes_ += static_cast<std::int64_t>(event.text.size()) + 1;
        std::string line(event.text);
        Verdict verdict;
        if (looked_at && body_is_checked())
            verdict = co_await check(rules_.checks.body, "body", line.substr(0, line.find('\0')));
        if (verdict.action == Action::replace) line = std::move(verdict.text);
        if (verdict.action != Action::drop) write_line(line, event.line_ends);
        co_return;
    }
    std::string header(event.text);
    const mail::HeaderInfo& given = mail::header_info(mail::split_header(header).name);
    if (is_checked(given, event.header_class)) {
        Verdict verdict = co_await check(header_checks(given, event.header_class), "header", header);
        if (verdict.action == Action::drop) co_return;
        if (verdict.action == Action::replace) {
            header = std::move(verdict.text);
            // Compat: what replaces a header about the body is not looked at again.
            if (given.mime) {
                write_header(header);
                co_return;
            }
        }
    }
    const mail::HeaderParts parts = mail::split_header(header);
    const mail::HeaderInfo& info = mail::header_info(parts.name);
    note_header(info, parts, event.header_class);
    if (event.header_class != mail::HeaderClass::primary) {
        write_header(header);
    } else if (header_needs_waiting(info, event.header_class)) {
        co_await rewrite_header(std::move(header), info.role);
    } else if (!is_dropped(info, parts.name)) {
        write_header(header);
    }
}

void Message::note_flaw(const MimeEvent& event) {
    if (event.flaw == mail::MimeFlaw::text_after_header) {
        if (rules_.text_after_header == TextAfterHeader::fix) return;
        if (rules_.text_after_header == TextAfterHeader::add_header) {
            write_header(fmt::format("MIME-Error: {}", mail::mime_flaw_text(event.flaw)));
            return;
        }
    }
    if (event.flaw == mail::MimeFlaw::text_after_header && !has(cleanup_flag::filter)) return;
    log_action("reject", "mime-error", fmt::format("{}: {}", mail::mime_flaw_text(event.flaw), event.text),
               "");
    // Compat: of several the one that stands first in this list is the answer.
    if (flaw_ == mail::MimeFlaw::none || event.flaw < flaw_) flaw_ = event.flaw;
}

void Message::end_content() {
    // Flaws count when the whole message is there, and when nothing else was wrong with it.
    if (flaw_ != mail::MimeFlaw::none && reason_.empty())
        fail(queue::cleanup_status::content, fmt::format("5.6.0 {}", mail::mime_flaw_text(flaw_)));
    extracted_offset_ = file_.end_offset();
    write(RecordType::extracted, "");
    if (!filter_.empty()) write(RecordType::filter, filter_);
    if (!redirect_.empty()) write(RecordType::redirect, redirect_);
    if (!message_id_.empty()) write_attribute("message_id", message_id_);
    if (const std::string* encoding = attribute("encoding")) write_attribute("encoding", *encoding);
}

}  // namespace postrider::cleanup
