// lib/tables/types/rules.cc - what cidr, regexp and pcre tables share.
#include "lib/tables/types/rules.h"

#include <fmt/core.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/files/source.h"

namespace postrider::tables {

namespace {

// Whether the first brace of the text is closed by its last character.
bool is_braced(std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return false;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{') ++depth;
        if (text[i] == '}' && --depth == 0) return i + 1 == text.size();
    }
    return false;
}

}  // namespace

std::optional<std::vector<std::string>> braced_items(std::string_view text, InnerBraces inner) {
    text = trim(text);
    if (!is_braced(text)) return std::nullopt;
    std::vector<std::string> items = split_words_with_braces(text.substr(1, text.size() - 2));
    if (inner == InnerBraces::kept) return items;
    for (std::string& item : items)
        if (is_braced(item)) item = std::string(trim(std::string_view(item).substr(1, item.size() - 2)));
    return items;
}

Result<RuleSource> read_rules(const std::string& argument, std::string_view type) {
    RuleSource source;
    if (!argument.empty() && argument.front() == '{') {
        const auto wrong = [type](const std::string& what) {
            return Error{fmt::format("{} map: {}", type, what)};
        };
        const Result<std::string> inside = inside_braces(argument);
        if (!inside) return wrong(inside.error());
        for (const std::string& item : split_words_with_braces(*inside)) {
            config::LogicalLine line;
            if (item.front() != '{') return wrong(fmt::format("no '{{' at start of text in \"{}\"", item));
            Result<std::string> rule = inside_braces(item);
            if (!rule) return wrong(rule.error());
            line.text = std::move(*rule);
            line.first_line = line.last_line = static_cast<int>(source.lines.size()) + 1;
            source.lines.push_back(std::move(line));
        }
        return source;
    }
    const Result<std::string> text = read_file(argument);
    if (!text) return Error{text.error()};
    if (const auto found = stat_file(argument)) source.owner = found->st_uid;
    for (config::LogicalLine& line : config::logical_lines(*text)) {
        if (is_misplaced_continuation(line, argument)) continue;
        line.text = std::string(trim_right(line.text));
        source.lines.push_back(std::move(line));
    }
    return source;
}

void warn_unclosed_if(std::string_view prefix, int line) {
    log::warning("{}, line {}: IF has no matching ENDIF", prefix, line);
}

std::string_view rule_keyword(std::string_view line, std::string_view& rest) {
    std::size_t end = 0;
    while (end < line.size() && is_alnum(line[end])) ++end;
    rest = trim_left(line.substr(end));
    const std::string_view word = line.substr(0, end);
    if (equals_ignoring_case(word, "if")) return "if";
    if (equals_ignoring_case(word, "endif")) return "endif";
    rest = line;
    return {};
}

}  // namespace postrider::tables
