// lib/mail/status.cc - enhanced status codes.
#include "lib/mail/status.h"

#include "lib/base/text.h"

namespace postrider::mail {

namespace {

// One to three digits from `at`; 0 when there is none or too many.
std::size_t number_length(std::string_view text, std::size_t at) {
    std::size_t length = 0;
    while (at + length < text.size() && is_digit(text[at + length])) ++length;
    return length <= 3 ? length : 0;
}

}  // namespace

std::size_t status_code_length(std::string_view text) {
    // RFC 3463 2: class "." subject "." detail, the class being 2, 4 or 5.
    if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5') || text[1] != '.') return 0;
    std::size_t at = 2;
    const std::size_t subject = number_length(text, at);
    at += subject;
    if (subject == 0 || at >= text.size() || text[at] != '.') return 0;
    const std::size_t detail = number_length(text, ++at);
    at += detail;
    if (detail == 0) return 0;
    return at == text.size() || is_space(text[at]) ? at : 0;
}

bool is_status_code(std::string_view text) {
    return !text.empty() && status_code_length(text) == text.size();
}

StatusText split_status(std::string_view text, std::string_view otherwise) {
    text = trim_left(text);
    const std::size_t length = status_code_length(text);
    if (length == 0) return {std::string(otherwise), std::string(text)};
    return {std::string(text.substr(0, length)), std::string(trim_left(text.substr(length)))};
}

}  // namespace postrider::mail
