// lib/config/logical_lines.cc - the lines that main.cf, master.cf and table sources are made of.
#include "lib/config/logical_lines.h"

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::config {

std::vector<LogicalLine> logical_lines(std::string_view text) {
    std::vector<LogicalLine> lines;
    int number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        const std::string_view content = trim_left(line);
        if (content.empty() || content.front() == '#') continue;
        const bool continues = is_space(line.front()) && !lines.empty();
        if (!continues) lines.push_back({.text = "", .first_line = number, .last_line = number});
        lines.back().text += line;
        lines.back().last_line = number;
    }
    return lines;
}

bool is_stray_continuation(const LogicalLine& line, const std::string& file) {
    constexpr std::size_t shown = 30;
    if (!is_space(line.text.front())) return false;
    log::warning("{}: logical line must not start with whitespace: \"{}{}\"", file,
                 std::string_view(line.text).substr(0, shown), line.text.size() > shown ? "..." : "");
    return true;
}

}  // namespace postrider::config
