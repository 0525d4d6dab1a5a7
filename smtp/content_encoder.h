// smtp/content_encoder.h - lines of content as SMTP carries them, RFC 5321 4.5.2 and 4.5.3.1.6.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace postrider::smtp {

// Lines in, wire format out: CRLF at their ends, a dot doubled at their start, long ones folded.
class ContentEncoder {
  public:
    // `line_limit` 0: lines of any length.
    explicit ContentEncoder(int line_limit)
        : limit_(line_limit > 0 ? static_cast<std::size_t>(line_limit) : 0) {}
    // Appends a line, or with line_ends false a piece of one.
    void add(std::string& out, std::string_view text, bool line_ends);
    // A line was longer than the limit.
    bool has_folded() const { return folded_; }
    // Ends a line that was left open.
    void finish(std::string& out);

  private:
    std::size_t limit_;
    std::size_t column_ = 0;  // bytes of the present line that are out
    bool at_start_ = true;
    bool folded_ = false;
};

}  // namespace postrider::smtp
