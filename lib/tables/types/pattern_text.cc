// lib/tables/types/pattern_text.cc - the text of a rule with a regular expression.
#include "lib/tables/types/pattern_text.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::tables {

namespace {

// The name after a dollar sign: `{name}`, `(name)` or `name`, and its length in `text`.
struct GroupName {
    std::string_view name;
    std::size_t length = 0;
    bool is_closed = true;
};

GroupName group_name(std::string_view text) {
    GroupName found;
    if (text.empty() || (text.front() != '{' && text.front() != '(')) {
        while (found.length < text.size() && (is_alnum(text[found.length]) || text[found.length] == '_'))
            ++found.length;
        found.name = text.substr(0, found.length);
        return found;
    }
    const char opening = text.front(), closing = opening == '{' ? '}' : ')';
    int depth = 0;
    for (; found.length < text.size(); ++found.length) {
        if (text[found.length] == opening) ++depth;
        if (text[found.length] != closing || --depth > 0) continue;
        found.name = text.substr(1, found.length - 1);
        ++found.length;
        return found;
    }
    found.is_closed = false;
    return found;
}

ResultProblem problem_of(const GroupName& group) {
    if (!group.is_closed) return ResultProblem::unclosed_name;
    if (group.name.empty()) return ResultProblem::no_name;
    if (!all_digits(group.name)) return ResultProblem::no_number;
    const auto number = parse_int(group.name);
    return number && *number > 0 && *number <= 1'000'000 ? ResultProblem::none : ResultProblem::bad_number;
}

}  // namespace

Result<PatternText> parse_pattern(std::string_view text) {
    PatternText parsed;
    while (!text.empty() && (text.front() == '!' || is_space(text.front()))) {
        if (text.front() == '!') parsed.negated = !parsed.negated;
        text.remove_prefix(1);
    }
    if (text.empty()) return Error{"no regexp"};
    const char delimiter = text.front();
    std::size_t end = 1;
    while (end < text.size() && text[end] != delimiter) end += text[end] == '\\' ? 2 : 1;
    if (end >= text.size()) return Error{fmt::format("no closing regexp delimiter \"{}\"", delimiter)};
    parsed.pattern = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    std::size_t flags = 0;
    while (flags < text.size() && !is_space(text[flags])) ++flags;
    parsed.flags = text.substr(0, flags);
    parsed.rest = trim(text.substr(flags));
    return parsed;
}

ResultText parse_result(std::string_view text) {
    ResultText result;
    std::vector<ResultPart>& parts = result.parts;
    const auto add_text = [&](std::string_view piece) {
        if (piece.empty()) return;
        if (parts.empty() || parts.back().group >= 0) parts.emplace_back();
        parts.back().text += piece;
    };
    while (!text.empty()) {
        const std::size_t dollar = text.find('$');
        add_text(text.substr(0, dollar));
        if (dollar == std::string_view::npos) break;
        text.remove_prefix(dollar + 1);
        if (!text.empty() && text.front() == '$') {
            add_text("$");
            text.remove_prefix(1);
            continue;
        }
        const GroupName group = group_name(text);
        result.name = group.name;
        result.problem = problem_of(group);
        if (result.problem != ResultProblem::none) return result;
        ResultPart part;
        part.group = static_cast<int>(*parse_int(group.name));
        result.most_group = std::max(result.most_group, part.group);
        parts.push_back(std::move(part));
        text.remove_prefix(group.length);
    }
    return result;
}

}  // namespace postrider::tables
