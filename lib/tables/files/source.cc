// lib/tables/files/source.cc - the text files that tables are made from.
#include "lib/tables/files/source.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tables {

namespace {

// The end of the key: the first white space outside quotes.  Nothing when a quote stays open.
std::optional<std::size_t> key_end(std::string_view line) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '\\') {
            if (++at == line.size()) break;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && is_space(c)) {
            break;
        }
    }
    if (quoted) return std::nullopt;
    return std::min(at, line.size());
}

}  // namespace

bool is_misplaced_continuation(const config::LogicalLine& line, std::string_view file) {
    if (line.text.empty() || !is_space(line.text.front())) return false;
    const std::string_view start = std::string_view(line.text).substr(0, 30);
    log::warning("{}: logical line must not start with whitespace: \"{}{}\"", file, printable(start),
                 line.text.size() > start.size() ? "..." : "");
    return true;
}

KeyValue parse_key_value(std::string_view line, bool utf8) {
    KeyValue parsed;
    // A NUL ends a line: what is behind it would end up in keys and values that no program asks for.
    line = line.substr(0, line.find('\0'));
    if (utf8 && !is_ascii(line) && !is_valid_utf8(line)) {
        parsed.problem =
            fmt::format("non-UTF-8 input \"{}\" -- ignoring this line", printable(line, '?', true));
        return parsed;
    }
    const auto end = key_end(line);
    if (!end) {
        parsed.problem = fmt::format("unbalanced '\"' in '{}' -- ignoring this line", line);
        return parsed;
    }
    parsed.key = line.substr(0, *end);
    parsed.value = trim(line.substr(*end));
    if (parsed.key.empty() || parsed.value.empty()) {
        parsed.problem = key_value_expected;
    } else if (parsed.key.back() == ':') {
        parsed.remark = "record is in \"key: value\" format; is this an alias file?";
    }
    return parsed;
}

}  // namespace postrider::tables
