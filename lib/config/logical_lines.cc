// lib/config/logical_lines.cc - the lines that main.cf, master.cf and table sources are made of.
#include "lib/config/logical_lines.h"

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::config {

void for_each_logical_line(std::string_view text, const std::function<void(const LogicalLine&)>& visit) {
    LogicalLine line;
    bool open = false;
    int number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        const std::string_view content = trim_left(part);
        if (content.empty() || content.front() == '#') continue;
        if (open && is_space(part.front())) {
            line.text += part;
        } else {
            if (open) visit(line);
            line.text = part;
            line.first_line = number;
            open = true;
        }
        line.last_line = number;
    }
    if (open) visit(line);
}

std::vector<LogicalLine> logical_lines(std::string_view text) {
    std::vector<LogicalLine> lines;
    for_each_logical_line(text, [&lines](const LogicalLine& line) { lines.push_back(line); });
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
