// lib/mail/status.h - enhanced status codes, RFC 3463, and the details that travel with a delivery outcome.
#pragma once

#include <string>
#include <string_view>

namespace postrider::mail {

// "5.1.1" at the start of a text (after an optional 3-digit SMTP code): its length, 0 when there is none.
std::size_t status_code_length(std::string_view text);
bool is_status_code(std::string_view text);

// A status code and the text that follows it: "5.1.1 user unknown" -> {"5.1.1", "user unknown"}; without a code
// `otherwise` is used.
struct StatusText {
    std::string status;
    std::string text;
};
StatusText split_status(std::string_view text, std::string_view otherwise);

}  // namespace postrider::mail
