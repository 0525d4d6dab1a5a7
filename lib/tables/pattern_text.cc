// lib/tables/pattern_text.cc - the text of a rule with a regular expression.
#include "lib/tables/pattern_text.h"

#include <fmt/core.h>

#include "lib/base/text.h"

namespace postrider::tables {

namespace {

// The name after a dollar sign: `{name}`, `(name)` or `name`; its length in `text`, 0 when it is broken.
std::size_t group_name(std::string_view text, std::string_view& name) {
    if (!text.empty() && (text.front() == '{' || text.front() == '(')) {
        const std::size_t end = text.find(text.front() == '{' ? '}' : ')');
        if (end == std::string_view::npos) return 0;
        name = text.substr(1, end - 1);
        return end + 1;
    }
    std::size_t end = 0;
    while (end < text.size() && (is_alnum(text[end]) || text[end] == '_')) ++end;
    name = text.substr(0, end);
    return end;
}

}  // namespace

Result<PatternText> parse_pattern(std::string_view text) {
    PatternText parsed;
    while (!text.empty() && (text.front() == '!' || is_space(text.front()))) {
        if (text.front() == '!') parsed.negated = !parsed.negated;
        text.remove_prefix(1);
    }
    if (text.empty()) return Error{"no regexp: skipping this rule"};
    const char delimiter = text.front();
    std::size_t end = 1;
    while (end < text.size() && text[end] != delimiter) end += text[end] == '\\' ? 2 : 1;
    if (end >= text.size())
        return Error{fmt::format("no closing regexp delimiter \"{}\": skipping this rule", delimiter)};
    parsed.pattern = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    std::size_t flags = 0;
    while (flags < text.size() && !is_space(text[flags])) ++flags;
    parsed.flags = text.substr(0, flags);
    parsed.rest = trim(text.substr(flags));
    return parsed;
}

Result<std::vector<ResultPart>> parse_result(std::string_view text) {
    std::vector<ResultPart> parts;
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
        std::string_view name;
        const std::size_t length = group_name(text, name);
        const auto number = parse_int(name);
        if (length == 0 || !number || *number < 0 || *number > 999)
            return Error{"bad replacement syntax: skipping this rule"};
        ResultPart part;
        part.group = static_cast<int>(*number);
        parts.push_back(part);
        text.remove_prefix(length);
    }
    return parts;
}

}  // namespace postrider::tables
