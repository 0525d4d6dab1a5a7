// smtpd/command.h - taking an SMTP command line apart, RFC 5321 4.1.1 and 4.1.2.
//
// Plain functions over text: nothing here waits or remembers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtpd {

// A verb and what follows it.
struct Command {
    std::string line;       // as received, without its end
    std::string verb;       // upper case
    std::string arguments;  // without white space around it
    // The words of the arguments.
    std::vector<std::string> words() const;
};
// Nothing when there is no verb (an empty line).
std::optional<Command> parse_command(std::string_view line);

// The path of MAIL FROM or RCPT TO and the ESMTP parameters after it.
struct PathCommand {
    enum class Problem { none, syntax, address };
    Problem problem =
        Problem::none;  // syntax: not even "FROM:<...>"; address: the brackets or quotes do not match
    std::string path;   // as written, with its brackets
    std::vector<std::string> options;  // "SIZE=100", in order
};
// `keyword` is "FROM" or "TO".
PathCommand parse_path_command(std::string_view arguments, std::string_view keyword);

// An ESMTP parameter: the keyword in upper case, and the value after '=' if there is one.
struct Option {
    std::string keyword;
    std::optional<std::string> value;
};
Option parse_option(std::string_view text);

// The value of ORCPT, RFC 3461 4.2: "type;address" with the xtext undone; nothing when malformed.
std::optional<std::string> parse_original_recipient(std::string_view value);

// A line that looks like a mail header: "From: x".
bool looks_like_header(std::string_view line);

}  // namespace postrider::smtpd
