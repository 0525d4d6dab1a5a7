// local/destination_list.cc - the entries of aliases(5), .forward and :include: lists.
#include <algorithm>

#include "lib/base/text.h"
#include "lib/mail/rfc822.h"
#include "local/destination.h"

namespace postrider::local {

namespace {

struct Marker {
    std::string_view text;
    Destination::Kind kind;
    bool kept;  // part of what it marks
};
constexpr Marker markers[] = {
    {"|", Destination::Kind::command, false},       {"/", Destination::Kind::file, true},
    {"~", Destination::Kind::home_file, false},     {":include:", Destination::Kind::include, false},
    {"\\", Destination::Kind::mailbox_only, false},
};

// What a member of the list is shows in its first characters, after quotes and backslashes are undone.
Destination destination_of(const std::string& text) {
    Destination one;
    for (const Marker& marker : markers) {
        if (!starts_with_ignoring_case(text, marker.text)) continue;
        one.kind = marker.kind;
        one.text = marker.kept ? text : text.substr(marker.text.size());
        return one;
    }
    one.text = text;
    return one;
}

// `<>` is nobody; `""` is the null address.
bool is_nothing(const mail::ListItem& item) {
    return !item.is_address || item.tokens.empty();
}

}  // namespace

// Compat: one reader for all members, so that commands and files too end where an address would: at a
// space, a comma, `;`, `>`, a comment or a quote.
std::vector<Destination> parse_destinations(std::string_view line) {
    std::vector<Destination> entries;
    for (const mail::ListItem& item : mail::parse_address_list(line).items) {
        if (is_nothing(item)) continue;
        std::string text = item.address();
        std::replace(text.begin(), text.end(), '\n', ' ');
        entries.push_back(destination_of(text));
    }
    return entries;
}

std::vector<Destination> parse_list_file(std::string_view content, std::size_t longest) {
    std::vector<Destination> all;
    while (!content.empty()) {
        // With its line end, which a backslash before it makes part of a word.
        const std::string_view line = content.substr(0, content.find('\n') + 1);
        std::string_view read = line.empty() ? content : line;
        if (read.find('\n') > longest) read = read.substr(0, longest);
        content.remove_prefix(read.size());
        // Compat: a comment starts in the first column, and every line is a list of its own.
        if (read.starts_with('#')) continue;
        for (Destination& one : parse_destinations(read)) all.push_back(std::move(one));
    }
    return all;
}

}  // namespace postrider::local
