// lib/mail/address.h - the forms of a mail address.
//
// Internal form: as a program thinks of it, unquoted (`john smith@example.com`).  External form: as RFC 5321
// and RFC 5322 write it, local part quoted where it must be (`"john smith"@example.com`).  The null address
// is "" in internal form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mail {

// External form of an internal address; "" stays "".
std::string quote_address(std::string_view internal);
// Internal form of an external address (quotes and backslashes undone, comments and white space dropped).
std::string unquote_address(std::string_view external);

// The last '@' separates; the domain is empty when there is none.
struct AddressParts {
    std::string local;
    std::string domain;
    bool has_domain = false;
};
AddressParts split_address(std::string_view internal);

// user+extension split at the first character of `delimiters`; reserved names (postmaster, mailer-daemon,
// double-bounce, and owner-x / x-request when '-' delimits and `owner_request_special`) are never split.
struct ExtensionSplit {
    std::string user;
    std::optional<std::string> extension;  // without the delimiter
    char delimiter = 0;
};
struct ExtensionRules {
    std::string delimiters;
    std::string double_bounce_sender = "double-bounce";
    bool owner_request_special = true;
};
ExtensionSplit split_extension(std::string_view local_part, const ExtensionRules& rules);

// MAIL FROM / RCPT TO argument as Postfix accepts it: `<a@b>`, with strict_rfc821_envelopes off also bare or
// with a source route (which is dropped), comments or a phrase; the internal form, or nothing when it is no
// address.
struct PathArgument {
    std::string address;    // internal form
    std::string_view rest;  // ESMTP parameters after it
};
std::optional<PathArgument> parse_path(std::string_view text, bool strict);
// The same of a text that is all path.
std::optional<std::string> path_address(std::string_view path, bool strict);

// Host name and address syntax, RFC 1123 2.1; `[1.2.3.4]` and `[IPv6:...]` literals.  Names may be in UTF-8.
bool is_valid_hostname(std::string_view name);
bool is_valid_ip(std::string_view text);
bool is_address_literal(std::string_view domain);
// Domain in ASCII form (IDNA 2008, non-transitional); nothing when it cannot be converted.
std::optional<std::string> domain_to_ascii(std::string_view domain);
// Domain in UTF-8 form; nothing when it cannot be converted.
std::optional<std::string> domain_to_utf8(std::string_view domain);
// Unicode case folding of a key (ASCII lower case when it is ASCII or not UTF-8).
std::string casefold(std::string_view text);

}  // namespace postrider::mail
