// smtpd/reply.cc - composing and printing replies.
#include "smtpd/reply.h"

#include "lib/base/text.h"
#include "lib/mail/status.h"

namespace postrider::smtpd {

namespace {

// Longest reply line without its end: RFC 5321 4.5.3.1.5 allows 512 bytes with it.
constexpr std::size_t longest_line = 510;

}  // namespace

Reply::Reply(int code, std::string_view status, std::string text)
    : code_(code), status_(status), text_(std::move(text)) {}

Reply Reply::parse(std::string_view line) {
    if (line.size() < 3 || !all_digits(line.substr(0, 3)) || line[0] < '2' || line[0] > '5')
        return Reply(450, "4.7.1", "Service unavailable");
    const int code = static_cast<int>(*parse_int(line.substr(0, 3)));
    const std::string_view rest = trim(line.substr(3));
    const std::size_t status = mail::status_code_length(rest);
    return Reply(code, rest.substr(0, status), std::string(trim_left(rest.substr(status))));
}

Reply Reply::hang_up() {
    Reply reply(-1, "", "");
    reply.last_ = true;
    return reply;
}

Reply Reply::nothing() {
    return Reply(-1, "", "").count_as(true);
}

void Reply::soften() {
    if (code_ < 500 || code_ > 599) return;
    code_ -= 100;
    if (!status_.empty() && status_[0] == '5') status_[0] = '4';
}

std::string Reply::line() const {
    std::string line = std::to_string(code_);
    if (!status_.empty()) line += " " + status_;
    if (!text_.empty()) line += " " + replace_all(text_, "\n", " ");
    return line;
}

std::string Reply::wire() const {
    std::string out;
    const auto lines = split(text_, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string line = std::to_string(code_);
        line += i + 1 < lines.size() ? '-' : ' ';
        if (!status_.empty()) line += status_ + " ";
        line += printable(lines[i], ' ');
        if (line.size() > longest_line) line.resize(longest_line);
        out += line;
        out += "\r\n";
    }
    return out;
}

std::string status_for_code(int code, std::string_view status) {
    std::string fixed(status);
    if (!fixed.empty()) fixed[0] = static_cast<char>('0' + code / 100);
    return fixed;
}

}  // namespace postrider::smtpd
