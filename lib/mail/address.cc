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

// The length of a source route `@a,@b:` at the front, RFC 5321 4.1.2.
std::size_t route_length(std::string_view address) {
    if (address.empty() || address.front() != '@') return 0;
    const std::size_t colon = address.find(':');
    return colon == std::string_view::npos ? 0 : colon + 1;
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
    const std::string_view route = internal.substr(0, route_length(internal));
    const std::string_view mailbox = internal.substr(route.size());
    const std::size_t at = std::min(mailbox.rfind('@'), mailbox.size());
    const std::string_view local = mailbox.substr(0, at);
    if (is_dot_atom(local)) return std::string(internal);
    return std::string(route).append(quote_string(local)).append(mailbox.substr(at));
}

std::string unquote_address(std::string_view external) {
    std::string out(external.substr(0, route_length(external)));
    bool quoted = false;
    // The domain, behind the last `@` outside quotes, is no place for quotes: it stays as it is.
    std::size_t domain = external.size(), written_before = std::string::npos;
    for (std::size_t at = out.size(); at < external.size(); ++at) {
        if (external[at] == '"') {
            quoted = !quoted;
            continue;
        }
        if (external[at] == '@' && !quoted) {
            domain = at;
            written_before = out.size();
        } else if (external[at] == '\\') {
            if (at + 1 == external.size()) continue;
            ++at;
        }
        out += external[at];
    }
    if (written_before != std::string::npos)
        out.replace(written_before, std::string::npos, external.substr(domain));
    return out;
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

std::optional<std::string> path_address(std::string_view path, bool strict) {
    const bool closed = path.size() >= 2 && path.front() == '<' && path.back() == '>';
    // RFC 5321 4.1.2: Path = "<" ... ">".
    if (strict && !closed) return std::nullopt;
    if (closed) path = path.substr(1, path.size() - 2);
    path.remove_prefix(route_length(path));
    std::string address;
    bool found = false;
    for (const ListItem& item : parse_address_list(path).items) {
        if (item.is_address && found) return std::nullopt;
        if (item.is_address) {
            address = item.address();
            found = true;
        } else if (strict && !item.tokens.front().is('<') && !item.tokens.front().is('>')) {
            return std::nullopt;
        }
    }
    if (strict && address.starts_with('@')) return std::nullopt;
    return address;
}

std::optional<PathArgument> parse_path(std::string_view text, bool strict) {
    text = trim_left(text);
    if (text.empty()) return std::nullopt;
    const std::size_t length = path_length(text);
    // Parameters come only after a space.
    if (strict && length < text.size() && !is_space(text[length])) return std::nullopt;
    std::optional<std::string> address = path_address(text.substr(0, length), strict);
    if (!address) return std::nullopt;
    return PathArgument{std::move(*address), trim_left(text.substr(length))};
}

}  // namespace postrider::mail
