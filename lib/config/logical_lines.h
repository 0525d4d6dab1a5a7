// lib/config/logical_lines.h - the lines that main.cf, master.cf and table sources are made of.
//
// A logical line starts with a line that does not begin with white space and goes on over the following lines
// that do.  Empty lines and comments (first character that is not white space is '#') are skipped, also
// between the parts of one logical line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::config {

struct LogicalLine {
    std::string text;    // parts joined without the newlines; leading white space of continuations is kept
    int first_line = 0;  // counted from 1
    int last_line = 0;
};

std::vector<LogicalLine> logical_lines(std::string_view text);
// The same one after the other, for files of a million lines; a line is gone when `visit` returns.
void for_each_logical_line(std::string_view text, const std::function<void(const LogicalLine&)>& visit);

// Tells of a first line that begins as a continuation, of nothing; such a line of a configuration file does
// not count.
bool is_stray_continuation(const LogicalLine& line, const std::string& file);

}  // namespace postrider::config
