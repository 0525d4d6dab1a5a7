// lib/config/main_cf.cc - the syntax of main.cf: "name = value" on logical lines.
#include "lib/config/main_cf.h"

#include <fmt/core.h>

#include <utility>

#include "lib/base/text.h"
#include "lib/config/logical_lines.h"

namespace postrider::config {

Result<NameAndValue> parse_assignment(std::string_view text) {
    const std::string_view whole = trim(text);
    std::size_t end = 0;
    while (end < whole.size() && whole[end] != '=' && !is_space(whole[end])) ++end;
    if (end == 0) return Error{"missing attribute name"};
    const std::string_view rest = trim_left(whole.substr(end));
    if (rest.empty() || rest.front() != '=') return Error{"missing '=' after attribute name"};
    NameAndValue found;
    found.name = whole.substr(0, end);
    found.value = trim(rest.substr(1));
    return found;
}

Result<std::vector<Entry>> parse_main_cf(std::string_view text, const std::string& file) {
    std::vector<Entry> entries;
    for (const LogicalLine& line : logical_lines(text)) {
        if (is_stray_continuation(line, file)) continue;
        auto parsed = parse_assignment(line.text);
        if (!parsed)
            return Error{
                fmt::format("{}, line {}: {}: \"{}\"", file, line.first_line, parsed.error(), line.text)};
        Entry entry;
        entry.name = std::move(parsed->name);
        entry.value = std::move(parsed->value);
        entry.origin = {file, line.first_line};
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace postrider::config
