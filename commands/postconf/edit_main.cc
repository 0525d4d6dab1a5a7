// commands/postconf/edit_main.cc - changes of main.cf in place.
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "commands/postconf/edit.h"
#include "commands/postconf/lines.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/main_cf.h"

namespace postrider::postconf {

namespace {

struct Request {
    std::string name;
    std::string value;
    int seen = 0;  // entries of this name so far
};

Request parse(const std::string& argument, Action action) {
    if (argument.find('\n') != std::string::npos) fatal("-e, -X, or -# accepts no multi-line input");
    const std::string_view text = trim(argument);
    if (text.starts_with('#')) fatal("-e, -X, or -# accepts no comment input");
    Request request;
    if (action == Action::edit) {
        auto parsed = config::parse_assignment(text);
        if (!parsed) fatal("{}: \"{}\"", parsed.error(), text);
        request.name = std::move(parsed->name);
        request.value = std::move(parsed->value);
        return request;
    }
    if (text.empty()) fatal("-X or -# requires non-blank parameter names");
    if (text.find('=') != std::string_view::npos) fatal("-X or -# requires parameter names without value");
    request.name = text;
    return request;
}

std::vector<Request> parse_all(const std::vector<std::string>& arguments, Action action) {
    std::vector<Request> requests;
    for (const std::string& argument : arguments) {
        Request request = parse(argument, action);
        const auto earlier = std::find_if(requests.begin(), requests.end(),
                                          [&](const Request& one) { return one.name == request.name; });
        if (earlier == requests.end()) {
            requests.push_back(std::move(request));
            continue;
        }
        log::warning("ignoring earlier request: '{} = {}'", earlier->name, earlier->value);
        *earlier = std::move(request);
    }
    return requests;
}

// The name that an entry begins with.
std::string_view name_of(const Piece& entry) {
    const std::string_view line = trim_left(entry.lines.front());
    return line.substr(0, line.find_first_of("= \t\r"));
}

std::string assignment(const Request& request) {
    return fmt::format("{} = {}", request.name, request.value);
}

Piece changed(const Piece& entry, Request& request, Action action) {
    if (action == Action::comment_out) return commented_out(entry);
    Piece result;
    if (action == Action::edit && request.seen == 1) result.lines.push_back(assignment(request));
    const auto comments = entry.comments();
    result.lines.insert(result.lines.end(), comments.begin(), comments.end());
    return result;
}

}  // namespace

std::string edit_main_cf(std::string_view text, const std::string& file, Action action,
                         const std::vector<std::string>& arguments) {
    std::vector<Request> requests = parse_all(arguments, action);
    std::vector<Piece> pieces = split_pieces(text);
    for (Piece& piece : pieces) {
        if (!piece.is_entry) continue;
        const auto wanted = std::find_if(requests.begin(), requests.end(),
                                         [&](const Request& one) { return one.name == name_of(piece); });
        if (wanted == requests.end()) continue;
        if (++wanted->seen == 2) log::warning("{}: multiple entries for \"{}\"", file, wanted->name);
        piece = changed(piece, *wanted, action);
    }
    std::string result = join_pieces(pieces);
    if (action != Action::edit) return result;
    for (const Request& request : requests)
        if (request.seen == 0) result += assignment(request) + "\n";
    return result;
}

}  // namespace postrider::postconf
