// smtpd/content.cc - the bytes after DATA or BDAT, made into the lines of a queue file.
#include "smtpd/content.h"

#include <cstring>

#include "lib/base/text.h"

namespace postrider::smtpd {

ContentDecoder::ContentDecoder(Framing framing, LineEnds line_ends, std::size_t line_limit, Output output)
    : framing_(framing), line_ends_(line_ends), line_limit_(line_limit), output_(std::move(output)) {}

std::size_t ContentDecoder::feed(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && !ended_) {
        const std::string_view rest = bytes.substr(used);
        const auto* newline = static_cast<const char*>(std::memchr(rest.data(), '\n', rest.size()));
        if (newline == nullptr) {
            partial_ += rest;
            emit_pieces();
            return bytes.size();
        }
        const auto length = static_cast<std::size_t>(newline - rest.data());
        used += length + 1;
        std::string_view line = rest.substr(0, length);
        if (!partial_.empty()) {
            partial_ += line;
            line = partial_;
        }
        const bool by_crlf = !line.empty() && line.back() == '\r';
        if (by_crlf) line.remove_suffix(1);
        take_line(line, by_crlf);
        partial_.clear();
    }
    return used;
}

void ContentDecoder::finish() {
    if (!partial_.empty() || in_long_line_) {
        const std::string line = std::move(partial_);
        partial_.clear();
        emit(line, true);
    }
    ended_ = true;
}

void ContentDecoder::take_line(std::string_view line, bool by_crlf) {
    const bool whole_line = !in_long_line_;
    saw_bare_newline_ = saw_bare_newline_ || !by_crlf;
    const bool after_crlf = previous_by_crlf_;
    previous_by_crlf_ = by_crlf;
    // The cuts are where emit_pieces() makes them, which sees the dot.
    std::size_t room = line_limit_;
    if (framing_ == Framing::dots && whole_line && !line.empty() && line[0] == '.') {
        line.remove_prefix(1);
        --room;
        if (line.empty()) {
            // A dot between other line ends is what smuggled messages are made of: it neither ends the
            // message nor may it reach a next server that thinks otherwise.
            ended_ = line_ends_ == LineEnds::lenient || (by_crlf && after_crlf);
            return;
        }
    }
    for (; line.size() > room; room = line_limit_) {
        emit(line.substr(0, room), false);
        line.remove_prefix(room);
    }
    // Compat: all CRs before the line's end belong to it, but for those in a piece that is out already.  (Not
    // in front of the dot above.)
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    emit(line, true);
}

// Sends what cannot be a whole line of the permitted length; the last byte stays, it may be a CR before LF.
void ContentDecoder::emit_pieces() {
    std::string_view rest = partial_;
    while (rest.size() > line_limit_ + 1) {
        std::string_view piece = rest.substr(0, line_limit_);
        rest.remove_prefix(line_limit_);
        if (framing_ == Framing::dots && !in_long_line_ && piece[0] == '.') piece.remove_prefix(1);
        emit(piece, false);
    }
    if (rest.size() != partial_.size()) partial_ = std::string(rest);
}

void ContentDecoder::emit(std::string_view text, bool ends_line) {
    size_ += static_cast<std::int64_t>(text.size()) + (ends_line ? 2 : 0);
    if (first_line_ && !in_long_line_) {
        // Compat: a mailbox "From " line at the start would end up inside somebody's mailbox file; "FROM " is
        // none.
        const std::size_t quotes = text.find_first_not_of('>');
        if (quotes != std::string_view::npos && text.substr(quotes).starts_with("From ")) {
            output_("X-Mailbox-Line: " + std::string(text), ends_line);
            in_long_line_ = !ends_line;
            return;
        }
        first_line_ = false;
        // No header: white space in front would make it a continuation of our own Received header.
        if (!text.empty() && (text[0] == ' ' || text[0] == '\t')) output_("", true);
    }
    output_(text, ends_line);
    in_long_line_ = !ends_line;
}

}  // namespace postrider::smtpd
