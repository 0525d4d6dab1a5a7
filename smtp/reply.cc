// smtp/reply.cc - what a server answers.
#include "smtp/reply.h"

#include <fmt/core.h>

#include <utility>

#include "lib/base/text.h"
#include "lib/mail/status.h"

namespace postrider::smtp {

namespace {

constexpr int foreign_line_limit = 100;

// "250 text", "250-text" or "250".  Compat: digits of no class are a reply too, one that refuses.
bool is_reply_line(std::string_view line) {
    if (line.size() < 3 || !all_digits(line.substr(0, 3))) return false;
    return line.size() == 3 || line[3] == ' ' || line[3] == '-';
}

// The status in the line when it is of the code's class, else the class with .0.0 (RFC 3463 2).
std::string status_of(int code, std::string_view line) {
    const char klass = static_cast<char>('0' + code / 100);
    if (klass != '2' && klass != '4' && klass != '5') return "";
    const std::string_view text = trim_left(line.size() > 4 ? line.substr(4) : std::string_view());
    const std::size_t length = mail::status_code_length(text);
    if (length > 0 && text.front() == klass) return std::string(text.substr(0, length));
    return fmt::format("{}.0.0", klass);
}

}  // namespace

std::string Reply::text() const {
    // Compat: what comes first stands without a space before it, though it be an empty line.
    std::string text;
    for (const std::string& line : lines) text += text.empty() ? line : " " + line;
    return text;
}

bool ReplyParser::add(std::string_view line) {
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const bool understood = is_reply_line(line);
    if (reply_.lines.size() < line_limit && size_ + line.size() <= size_limit) {
        reply_.lines.emplace_back(printable(line));
        size_ += line.size();
    }
    foreign_ = !understood;
    if (foreign_) {
        reply_.code = 0;
        reply_.foreign = true;
        reply_.status = "4.5.0";
        return ++foreign_lines_ > foreign_line_limit;
    }
    if (line.size() > 3 && line[3] == '-') return false;
    reply_.foreign = false;
    reply_.code = static_cast<int>(*parse_int(line.substr(0, 3)));
    // Compat: what is not printable ends no status either.
    reply_.status = status_of(reply_.code, printable(line));
    return true;
}

Reply ReplyParser::take() {
    size_ = 0;
    foreign_lines_ = 0;
    return std::exchange(reply_, Reply());
}

Reply with_class(Reply reply, int klass) {
    reply.code = klass * 100 + reply.code % 100;
    if (!reply.status.empty()) reply.status[0] = static_cast<char>('0' + klass);
    return reply;
}

}  // namespace postrider::smtp
