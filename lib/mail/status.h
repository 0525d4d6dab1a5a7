// lib/mail/status.h - enhanced status codes, RFC 3463, and the details that travel with a delivery outcome.
#pragma once

#include <string>
#include <string_view>

namespace postrider::mail {

// The length of a code such as "5.1.1" at the very start of a text, followed by white space or the end; 0
// when there is none.  To look behind an SMTP code pass the text after it.
std::size_t status_code_length(std::string_view text);
// The whole text is one status code.
bool is_status_code(std::string_view text);

// A status code and the text that follows it: "5.1.1 user unknown" -> {"5.1.1", "user unknown"}; without a
// code `otherwise` is used.
struct StatusText {
    std::string status;
    std::string text;
};
StatusText split_status(std::string_view text, std::string_view otherwise);

}  // namespace postrider::mail
