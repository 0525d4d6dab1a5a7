// smtpd/command.cc - taking an SMTP command line apart.
#include "smtpd/command.h"

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

std::optional<std::string> parse_original_recipient(std::string_view value) {
    const std::size_t semicolon = value.find(';');
    if (semicolon == std::string_view::npos || !is_address_type(value.substr(0, semicolon)))
        return std::nullopt;
    const auto address = xtext_decode(value.substr(semicolon + 1));
    if (!address) return std::nullopt;
    for (const char c : *address)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
    return std::string(value.substr(0, semicolon + 1)) + *address;
}

bool looks_like_header(std::string_view line) {
    return mail::header_name_length(line) > 0;
}

}  // namespace postrider::smtpd
