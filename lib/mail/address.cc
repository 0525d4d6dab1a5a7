// lib/mail/address.cc - quoting, splitting and judging mail addresses.
#include "lib/mail/address.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/mail/rfc822.h"

namespace postrider::mail {

namespace {

constexpr std::string_view specials = "()<>@,;:\\\".[]";

bool is_atom_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f && specials.find(c) == std::string_view::npos;
}

// RFC 5322 3.2.3: atoms with single dots between them.
bool is_dot_atom(std::string_view text) {
    char before = '.';
    for (char c : text) {
        if (c == '.' ? before == '.' : !is_atom_character(c)) return false;
        before = c;
    }
    return before != '.';
}

bool is_reserved_local_part(std::string_view local, const ExtensionRules& rules) {
    if (equals_ignoring_case(local, "postmaster") || equals_ignoring_case(local, "mailer-daemon") ||
        equals_ignoring_case(local, rules.double_bounce_sender))
        return true;
    return rules.owner_request_special && rules.delimiters.find('-') != std::string::npos &&
           (starts_with_ignoring_case(local, "owner-") || ends_with_ignoring_case(local, "-request"));
}

// The length of a path: to the closing `>`, or to the first white space of a bare one, outside quotes.
std::size_t path_length(std::string_view text) {
    const bool angle = text.front() == '<';
    bool quoted = false;
    std::size_t at = angle ? 1 : 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\')
            ++at;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && angle && c == '>')
            return at + 1;
        else if (!quoted && !angle && is_space(c))
            return at;
    }
    return text.size();
}

}  // namespace

std::string quote_address(std::string_view internal) {
    if (internal.empty()) return "";
    const std::size_t at = internal.rfind('@');
    const std::string_view local = internal.substr(0, at);
    const std::string_view domain = at == std::string_view::npos ? "" : internal.substr(at);
    if (is_dot_atom(local)) return std::string(internal);
    return quote_string(local).append(domain);
}

std::string unquote_address(std::string_view external) {
    std::vector<Token> tokens = scan_tokens(external);
    return internal_form(tokens);
}

AddressParts split_address(std::string_view internal) {
    const std::size_t at = internal.rfind('@');
    if (at == std::string_view::npos) return {std::string(internal), "", false};
    return {std::string(internal.substr(0, at)), std::string(internal.substr(at + 1)), true};
}

ExtensionSplit split_extension(std::string_view local_part, const ExtensionRules& rules) {
    ExtensionSplit whole{std::string(local_part), std::nullopt, 0};
    if (rules.delimiters.empty() || is_reserved_local_part(local_part, rules)) return whole;
    const std::size_t at = local_part.find_first_of(rules.delimiters);
    if (at == std::string_view::npos || at == 0) return whole;
    return {std::string(local_part.substr(0, at)), std::string(local_part.substr(at + 1)), local_part[at]};
}

std::optional<PathArgument> parse_path(std::string_view text, bool strict) {
    text = trim_left(text);
    if (text.empty()) return std::nullopt;
    const std::size_t length = path_length(text);
    std::string_view path = text.substr(0, length);
    PathArgument result;
    result.rest = trim_left(text.substr(length));
    const bool closed = path.size() >= 2 && path.front() == '<' && path.back() == '>';
    // RFC 5321 4.1.2: Path = "<" ... ">", parameters only after a space.
    if (strict && (!closed || (length < text.size() && !is_space(text[length])))) return std::nullopt;
    if (path.front() == '<') path = path.substr(1, path.size() - (closed ? 2 : 1));
    const AddressList list = parse_address_list(path);
    bool found = false;
    for (const ListItem& item : list.items) {
        if (item.is_address && found) return std::nullopt;
        if (item.is_address) {
            result.address = item.address();
            found = true;
        } else if (strict) {
            return std::nullopt;
        }
    }
    if (!found && !trim(path).empty() && !list.items.empty()) return std::nullopt;
    return result;
}

}  // namespace postrider::mail
