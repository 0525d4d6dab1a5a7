// commands/sendmail/message_text.cc - standard input as lines of a message.
#include "commands/sendmail/message_text.h"

#include <unistd.h>

#include <cerrno>

#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/mail/rfc822.h"

namespace postrider::sendmail {

std::optional<MessageLines::Piece> MessageLines::raw_piece() {
    for (;;) {
        const std::string_view rest = std::string_view(buffer_).substr(used_);
        const std::size_t newline = rest.substr(0, rules_.limit).find('\n');
        if (newline != std::string_view::npos) {
            used_ += newline + 1;
            return Piece{std::string(rest.substr(0, newline)), true, true};
        }
        if (rest.size() >= rules_.limit) {
            used_ += rules_.limit;
            return Piece{std::string(rest.substr(0, rules_.limit)), false, false};
        }
        if (end_of_input_) {
            used_ = buffer_.size();
            if (rest.empty()) return std::nullopt;
            return Piece{std::string(rest), true, false};
        }
        buffer_.erase(0, used_);
        used_ = 0;
        char chunk[16384];
        const ssize_t n = ::read(fd_, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) read_error_ = errno;
        if (n > 0) buffer_.append(chunk, static_cast<std::size_t>(n));
        end_of_input_ = n <= 0;
    }
}

bool MessageLines::is_mbox_line(std::string_view text) const {
    if (!at_top_ || !at_line_start_) return false;
    const std::size_t quotes = text.find_first_not_of('>');
    return quotes != std::string_view::npos && text.substr(quotes, 5) == "From ";
}

void MessageLines::fix_line_end(std::string& text) {
    if (!first_has_cr_) first_has_cr_ = !text.empty() && text.back() == '\r';
    if (rules_.line_ends == LineEnds::keep) return;
    if (rules_.line_ends == LineEnds::strip_if_first_has_cr && !*first_has_cr_) return;
    while (!text.empty() && text.back() == '\r') text.pop_back();
}

std::optional<MessageLines::Piece> MessageLines::next() {
    for (;;) {
        std::optional<Piece> piece = raw_piece();
        if (!piece) return std::nullopt;
        const bool starts_line = at_line_start_;
        if (piece->line_end) fix_line_end(piece->text);
        const bool mbox = is_mbox_line(piece->text) && piece->has_newline;
        at_line_start_ = piece->line_end;
        if (mbox) continue;
        at_top_ = false;
        if (rules_.ends_at_dot && starts_line && piece->line_end && piece->text == ".") {
            end_of_input_ = true;
            buffer_.clear();
            used_ = 0;
            return std::nullopt;
        }
        return piece;
    }
}

void HeaderRecipients::take_line(std::string_view line) {
    if (!in_header_) return;
    if (!header_.empty() && !line.empty() && (line[0] == ' ' || line[0] == '\t')) {
        header_ += '\n';
        header_ += line;
        return;
    }
    take_header();
    if (mail::header_name_length(line) > 0) {
        header_ = line;
    } else {
        in_header_ = false;
    }
}

bool HeaderRecipients::takes(std::string_view line) const {
    if (!in_header_) return false;
    const bool continues = !header_.empty() && !line.empty() && is_space(line.front());
    return continues || mail::header_name_length(line) > 0;
}

bool HeaderRecipients::ends_before(std::string_view line) const {
    return in_header_ && !header_.empty() && !line.empty() && !takes(line);
}

std::string HeaderRecipients::as_written(std::string_view line) const {
    const bool continues = !header_.empty() && !line.empty() && is_space(line.front());
    const std::size_t name = in_header_ && !continues ? mail::header_name_length(line) : 0;
    const std::size_t colon = name > 0 ? line.find(':', name) : std::string_view::npos;
    if (colon == std::string_view::npos || colon == name) return std::string(line);
    return std::string(line.substr(0, name)) + std::string(line.substr(colon));
}

void HeaderRecipients::take_header() {
    if (header_.empty()) return;
    const mail::HeaderParts parts = mail::split_header(header_);
    const mail::HeaderInfo& info = mail::header_info(parts.name);
    // Compat: Apparently-To is for cleanup(8) alone.
    if (info.names_recipients && info.id != mail::HeaderId::apparently_to) {
        // Compat: the header alone, even without an address, makes the message a resent one.
        resent_ = resent_ || info.resent;
        std::vector<std::string>& list = info.resent ? resent_recipients_ : original_recipients_;
        for (std::string& address : mail::addresses_in(mail::unfold(parts.value), token_limit_))
            list.push_back(std::move(address));
    }
    header_.clear();
}

const std::vector<std::string>& HeaderRecipients::finish() {
    take_header();
    return resent_ ? resent_recipients_ : original_recipients_;
}

}  // namespace postrider::sendmail
