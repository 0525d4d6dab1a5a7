// smtpd/command.cc - taking an SMTP command line apart.
#include "smtpd/command.h"

#include <algorithm>
#include <charconv>

#include "lib/base/text.h"
#include "lib/mail/header.h"

namespace postrider::smtpd {

namespace {

// Length of the path at the start of `text`: to the bracket that closes it, else to white space; quoted
// strings and comments are stepped over.  Nothing when a quote or bracket stays open at the end.
std::optional<std::size_t> path_length(std::string_view text) {
    int brackets = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\') {
            ++i;
        } else if (c == '"') {
            for (++i; i < text.size() && text[i] != '"'; ++i)
                if (text[i] == '\\') ++i;
            if (i >= text.size()) return std::nullopt;
        } else if (c == '<') {
            ++brackets;
        } else if (c == '>' && brackets > 0) {
            --brackets;
        } else if (brackets == 0 && is_space(c)) {
            return i;
        }
    }
    if (brackets > 0) return std::nullopt;
    return text.size();
}

// RFC 3461 4.2: the address type is an atom of printable characters.
bool is_address_type(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text)
        if (!is_alnum(c) && c != '-') return false;
    return true;
}

}  // namespace

std::vector<std::string> Command::words() const {
    return split_words(arguments, " \t");
}

std::optional<Command> parse_command(std::string_view line) {
    const std::string_view text = trim(line);
    if (text.empty()) return std::nullopt;
    std::size_t end = 0;
    while (end < text.size() && !is_space(text[end])) ++end;
    Command command;
    command.line = line;
    command.verb = upper(text.substr(0, end));
    command.arguments = trim(text.substr(end));
    return command;
}

PathCommand parse_path_command(std::string_view arguments, std::string_view keyword) {
    PathCommand result;
    result.problem = PathCommand::Problem::syntax;
    if (!starts_with_ignoring_case(arguments, keyword)) return result;
    std::string_view rest = arguments.substr(keyword.size());
    if (rest.empty() || rest[0] != ':') return result;
    rest = trim(rest.substr(1));
    if (rest.empty()) return result;
    const auto length = path_length(rest);
    if (!length) {
        result.problem = PathCommand::Problem::address;
        result.path = rest;
        return result;
    }
    result.problem = PathCommand::Problem::none;
    result.path = rest.substr(0, *length);
    result.options = split_words(rest.substr(*length), " \t");
    return result;
}

Option parse_option(std::string_view text) {
    const std::size_t equals = text.find('=');
    Option option;
    option.keyword = upper(text.substr(0, equals));
    if (equals != std::string_view::npos) option.value = std::string(text.substr(equals + 1));
    return option;
}

// The UTF-8 form of a character; nothing when there is none of this number.
static std::optional<std::string> utf8_of(std::string_view hex) {
    std::uint32_t code = 0;
    if (hex.empty()) return std::string(1, '\0');  // Compat
    const auto [stop, problem] = std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
    if (problem != std::errc() || stop != hex.data() + hex.size() || code > 0x10ffff) return std::nullopt;
    const auto last = [code](int shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
    std::string text;
    if (code < 0x80)
        text = {static_cast<char>(code)};
    else if (code < 0x800)
        text = {static_cast<char>(0xc0 | code >> 6), last(0)};
    else if (code < 0x10000)
        text = {static_cast<char>(0xe0 | code >> 12), last(6), last(0)};
    else
        text = {static_cast<char>(0xf0 | code >> 18), last(12), last(6), last(0)};
    return text;
}

// RFC 6533 3: "\x{e9}" stands for a character.  Compat: everything else stands for itself.
static std::optional<std::string> uxtext_decode(std::string_view text) {
    std::string decoded;
    while (!text.empty()) {
        const std::size_t escape = std::min(text.find("\\x{"), text.size());
        decoded += text.substr(0, escape);
        text.remove_prefix(escape);
        if (text.empty()) break;
        const std::size_t end = text.find('}');
        if (end == std::string_view::npos) return std::nullopt;
        const auto character = utf8_of(text.substr(3, end - 3));
        if (!character) return std::nullopt;
        decoded += *character;
        text.remove_prefix(end + 1);
    }
    return decoded;
}

std::optional<std::string> parse_original_recipient(std::string_view value) {
    const std::size_t semicolon = value.find(';');
    if (semicolon == std::string_view::npos || !is_address_type(value.substr(0, semicolon)))
        return std::nullopt;
    const std::string_view encoded = value.substr(semicolon + 1);
    const bool utf8 = equals_ignoring_case(value.substr(0, semicolon), "utf-8");
    auto address = utf8 ? uxtext_decode(encoded) : xtext_decode(encoded);
    if (!address) return std::nullopt;
    // Compat: what follows a NUL is not there.
    address->resize(std::min(address->size(), address->find('\0')));
    // Compat: control characters are taken; but they stay out of records and log lines.
    return std::string(value.substr(0, semicolon + 1)) + printable(*address);
}

bool looks_like_header(std::string_view line) {
    // Compat: the colon belongs to the first word.
    return mail::header_name_length(line.substr(0, line.find_first_of(" \t"))) > 0;
}

}  // namespace postrider::smtpd
