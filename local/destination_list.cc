// local/destination_list.cc - the entries of aliases(5), .forward and :include: lists.
#include "lib/base/text.h"
#include "lib/mail/rfc822.h"
#include "local/destination.h"

namespace postrider::local {

namespace {

// The pieces between commas outside quotes, comments and angle brackets.
std::vector<std::string_view> split_list(std::string_view text) {
    std::vector<std::string_view> pieces;
    std::size_t start = 0;
    bool quoted = false;
    int comments = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\') {
            ++at;
        } else if (c == '"' && comments == 0) {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == '(') {
            ++comments;
        } else if (c == ')' && comments > 0) {
            --comments;
        } else if (c == ',' && comments == 0) {
            pieces.push_back(text.substr(start, at - start));
            start = at + 1;
        }
    }
    pieces.push_back(text.substr(start));
    return pieces;
}

// Whether the piece is one quoted string from end to end.
bool is_all_quoted(std::string_view piece) {
    if (piece.size() < 2 || piece.front() != '"' || piece.back() != '"') return false;
    for (std::size_t at = 1; at + 1 < piece.size(); ++at) {
        if (piece[at] == '\\') {
            ++at;
        } else if (piece[at] == '"') {
            return false;
        }
    }
    return true;
}

constexpr std::string_view include_prefix = ":include:";

}  // namespace

std::vector<Destination> parse_destinations(std::string_view line) {
    std::vector<Destination> destinations;
    const auto add = [&destinations](Destination::Kind kind, std::string text) {
        Destination one;
        one.kind = kind;
        one.text = std::move(text);
        destinations.push_back(std::move(one));
    };
    for (std::string_view piece : split_list(line)) {
        piece = trim(piece);
        if (piece.empty() || piece.front() == '#') continue;
        const std::string text =
            is_all_quoted(piece) ? mail::unquote(piece.substr(1, piece.size() - 2)) : std::string(piece);
        if (text.empty()) continue;
        if (text.front() == '|') {
            add(Destination::Kind::command, std::string(trim(std::string_view(text).substr(1))));
        } else if (text.front() == '/') {
            add(Destination::Kind::file, text);
        } else if (text.front() == '~') {
            add(Destination::Kind::home_file, text.substr(1));
        } else if (starts_with_ignoring_case(text, include_prefix)) {
            add(Destination::Kind::include,
                std::string(trim(std::string_view(text).substr(include_prefix.size()))));
        } else if (piece.front() == '\\') {
            for (std::string& address : mail::addresses_in(piece.substr(1)))
                add(Destination::Kind::mailbox_only, std::move(address));
        } else {
            for (std::string& address : mail::addresses_in(piece))
                add(Destination::Kind::address, std::move(address));
        }
    }
    return destinations;
}

}  // namespace postrider::local
