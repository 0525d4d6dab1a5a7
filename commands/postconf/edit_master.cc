// commands/postconf/edit_master.cc - changes of master.cf in place.
#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "commands/postconf/edit.h"
#include "commands/postconf/lines.h"
#include "commands/postconf/master_format.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/main_cf.h"
#include "lib/config/master_cf.h"

namespace postrider::postconf {

namespace {

using config::MasterLine;

struct Request {
    MasterRequest what;
    std::string argument;  // as given, for messages
    std::string value;
    MasterLine entry;  // -M -e
    bool matched = false;
};

// Each mode's requests name an entry, or an entry and a part of it.
MasterRequest parse_what(const std::string& text, Mode mode) {
    const int wanted = mode == Mode::services ? 2 : 3;
    const auto request = parse_request(text);
    if (request && request->parts == wanted) return *request;
    if (mode == Mode::services) fatal("-Me, -MX or -M# requires service_name/type");
    if (mode == Mode::fields) fatal("-Fe or -FX requires service_name/type/field_name");
    fatal("-Pe or -PX requires service_name/type/parameter");
}

MasterLine parse_entry(const Request& request) {
    auto lines = config::parse_master_lines(request.value, "command line");
    if (!lines || lines->size() != 1) fatal("bad field count: \"{}\"", request.argument);
    warn_about_braces(lines->front());
    require_valid_fields(lines->front(), request.value);
    return std::move(lines->front());
}

std::size_t field_index(const std::string& name) {
    if (name == "*") fatal("-Fe does not accept wild-card field name");
    for (std::size_t i = 0; i < config::master_field_count; ++i)
        if (config::master_field_name(i) == name) return i;
    fatal("invalid service attribute name: \"{}\"", name);
}

void check_field(const Request& request) {
    const std::size_t index = field_index(request.what.part);
    const bool is_command = index + 1 == config::master_field_count;
    if (!is_command && request.value.find_first_of(" \t\r\n") != std::string::npos)
        fatal("-Fe does not accept whitespace in non-command field");
    if (!config::check_master_field(index, request.value))
        fatal("invalid {} field \"{}\" in \"{}\"", request.what.part, request.value, request.value);
}

void check_override(const Request& request) {
    if (request.what.part == "*") fatal("-Pe does not accept wild-card parameter name");
    // An option with white space could not be read by releases before 3.0.
    if (request.value.find_first_of(" \t") != std::string::npos)
        fatal("-Pe does not accept whitespace in parameter value");
}

Request parse(const std::string& argument, Mode mode, Action action) {
    if (argument.find('\n') != std::string::npos)
        fatal("-Me, -Fe, -Pe, -X, or -# accept no multi-line input");
    if (trim_left(argument).starts_with('#')) fatal("-Me, -Fe, -Pe, -X, or -# accept no comment input");
    Request request;
    request.argument = argument;
    if (action == Action::edit) {
        auto parsed = config::parse_assignment(argument);
        if (!parsed) fatal("{}: \"{}\"", parsed.error(), argument);
        request.what = parse_what(parsed->name, mode);
        request.value = std::move(parsed->value);
    } else {
        if (argument.find('=') != std::string::npos) fatal("-X or -# requires names without value");
        request.what = parse_what(argument, mode);
    }
    if (action == Action::edit && mode == Mode::services) request.entry = parse_entry(request);
    if (action == Action::edit && mode == Mode::fields) check_field(request);
    if (mode == Mode::overrides) check_override(request);
    return request;
}

void set_field(MasterLine& entry, const Request& request) {
    const std::size_t index = field_index(request.what.part);
    if (index + 1 < config::master_field_count) {
        entry.fields[index] = request.value;
        return;
    }
    // The command brings its arguments along.
    entry.fields.resize(index);
    for (std::string& word : split_words_with_braces(request.value, " \t"))
        entry.fields.push_back(std::move(word));
}

// The place of -o name=... in the fields (of the "-o"), if it is there.
std::optional<std::size_t> find_override(const MasterLine& entry, const std::string& name, std::size_t from) {
    const std::size_t end = config::end_of_options(entry.fields);
    for (std::size_t i = from; i + 1 < end; ++i) {
        if (entry.fields[i] != "-o") continue;
        std::string_view word = entry.fields[i + 1];
        if (word.starts_with('{')) word.remove_prefix(1);
        const auto parsed = config::parse_assignment(word);
        if (parsed && parsed->name == name) return i;
        ++i;
    }
    return std::nullopt;
}

void remove_override(MasterLine& entry, const std::string& name, std::size_t from) {
    while (const auto place = find_override(entry, name, from)) {
        const auto first = entry.fields.begin() + static_cast<std::ptrdiff_t>(*place);
        entry.fields.erase(first, first + 2);
    }
}

void set_override(MasterLine& entry, const Request& request) {
    const std::string word = config::master_word(fmt::format("{}={}", request.what.part, request.value));
    const auto place = find_override(entry, request.what.part, config::master_field_count);
    if (!place) {
        const auto end = static_cast<std::ptrdiff_t>(config::end_of_options(entry.fields));
        entry.fields.insert(entry.fields.begin() + end, {"-o", word});
        return;
    }
    entry.fields[*place + 1] = word;
    remove_override(entry, request.what.part, *place + 2);
}

// Changes the entry as one request wants; false when it is to vanish, as all but the first that -Me replaces.
bool apply(MasterLine& entry, const Request& request, Mode mode, Action action) {
    if (mode == Mode::services) {
        if (action == Action::edit) entry = request.entry;
        return action == Action::edit && !request.matched;
    }
    if (mode == Mode::fields)
        set_field(entry, request);
    else if (action == Action::edit)
        set_override(entry, request);
    else
        remove_override(entry, request.what.part, config::master_field_count);
    return true;
}

MasterLine parse_piece(const Piece& piece, const std::string& file) {
    const std::string text = join(piece.own_lines(), "\n");
    auto lines = config::parse_master_lines(text, file);
    if (!lines) fatal("{}", lines.error());
    if (lines->size() != 1) fatal("{}: cannot make out the entry \"{}\"", file, text);
    return std::move(lines->front());
}

// What an edit is about to write again must be in order.
void require_valid(const MasterLine& entry, const Piece& piece) {
    warn_about_braces(entry);
    require_valid_fields(entry, join(piece.own_lines(), " ") + " ");
}

// Only what a request can name without being in order itself: the first two words.
bool is_named(const Piece& piece, const std::vector<Request>& requests) {
    const auto words = split_words(piece.own_lines().front(), " \t\r\n");
    MasterLine line;
    line.fields = words;
    line.fields.resize(std::max<std::size_t>(2, words.size()));
    return std::any_of(requests.begin(), requests.end(),
                       [&](const Request& one) { return one.what.matches(line); });
}

// Writes the entry in place of its old lines, behind the comments that stood among them.
Piece replaced(const Piece& piece, const MasterLine& entry) {
    Piece result;
    result.lines = piece.comments();
    std::string text = format_entry(entry, true);
    text.pop_back();
    for (const std::string_view line : split(text, '\n')) result.lines.emplace_back(line);
    return result;
}

Piece changed(const Piece& piece, const std::string& file, std::vector<Request>& requests, Mode mode,
              Action action) {
    if (!is_named(piece, requests)) return piece;
    const MasterLine original = parse_piece(piece, file);
    MasterLine entry = original;
    bool kept = true;
    bool touched = false;
    for (Request& request : requests) {
        if (!request.what.matches(original)) continue;
        if (!touched && mode != Mode::services) require_valid(original, piece);
        touched = true;
        kept = apply(entry, request, mode, action) && kept;
        request.matched = true;
    }
    if (!touched) return piece;
    if (kept) return replaced(piece, entry);
    if (action == Action::comment_out) return commented_out(piece);
    Piece rest;
    rest.lines = piece.comments();
    return rest;
}

}  // namespace

std::string edit_master_cf(std::string_view text, const std::string& file, Mode mode, Action action,
                           const std::vector<std::string>& arguments) {
    std::vector<Request> requests;
    for (const std::string& argument : arguments) requests.push_back(parse(argument, mode, action));
    std::vector<Piece> pieces = split_pieces(text);
    for (Piece& piece : pieces)
        if (piece.is_entry) piece = changed(piece, file, requests, mode, action);
    std::string result = join_pieces(pieces);
    for (const Request& request : requests) {
        if (request.matched) continue;
        if (mode == Mode::services && action == Action::edit)
            result += format_entry(request.entry, true);
        else if (mode != Mode::services)
            log::warning("unmatched service_name/type: \"{}\"", request.argument);
    }
    return result;
}

}  // namespace postrider::postconf
