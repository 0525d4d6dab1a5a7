// lib/tables/source.h - the text files that tables are made from.
//
// Shared by postmap, texthash, cidr, regexp, pcre, aliases and match lists: logical lines (a line that starts
// with white space continues the one before), comments, and the "key value" form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postrider::tables {

// One logical line without its newline, and the lines of the file it came from.
struct LogicalLine {
    std::string text;
    int first = 0;
    int last = 0;
};

// The logical lines of a text.  Comment lines and blank lines are skipped, also between continuation lines.
class LogicalLines {
  public:
    explicit LogicalLines(std::string_view text) : rest_(text) {}
    // The next line; false at the end.
    bool next(LogicalLine& line);

  private:
    bool next_physical(std::string_view& line);
    std::string_view rest_;
    std::string_view held_;
    bool holding_ = false;
    int number_ = 0;
};

// A line of the form "key white-space value".  The key keeps its quotes; white space inside "..." belongs to
// it.
struct KeyValue {
    std::string key;
    std::string value;
    // Why there is none, as the end of a warning "FILE, line N: ..."; empty when there is one.
    std::string problem;
    // The line was kept but looks wrong; the end of a warning, or empty.
    std::string remark;
};
KeyValue parse_key_value(std::string_view line, bool utf8);

}  // namespace postrider::tables
