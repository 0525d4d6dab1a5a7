// smtpd/content.h - the bytes after DATA or BDAT, made into the lines of a queue file.
//
// A line becomes a `text` record, the pieces of an overlong one `long_text` records.  The decoder keeps at
// most one line: it neither waits nor sends.  RFC 5321 4.1.1.4 and 4.5.2, RFC 3030 2.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace postrider::smtpd {

// What counts as the end of a line, and of the message.
enum class LineEnds {
    lenient,  // a bare LF ends lines, and LF.LF ends the message
    strict,   // a bare LF ends lines; only CRLF.CRLF ends the message: what smuggling attacks need is missing
};

class ContentDecoder {
  public:
    // Called for each record: `ends_line` is false for a piece of a line longer than the limit.
    using Output = std::function<void(std::string_view text, bool ends_line)>;

    // `dots`: DATA, with dot stuffing and an end; else BDAT, whose end is known from its count.
    enum class Framing { dots, counted };
    ContentDecoder(Framing framing, LineEnds line_ends, std::size_t line_limit, Output output);

    // Takes bytes and returns how many were used: all of them, or with Framing::dots those up to the end.
    std::size_t feed(std::string_view bytes);
    // Framing::counted: the last chunk has ended; a line without an end is complete now.
    void finish();

    bool ended() const { return ended_; }
    bool saw_bare_newline() const { return saw_bare_newline_; }
    // Bytes of the content as RFC 1870 counts them: dots unstuffed, line ends as CRLF.
    std::int64_t size() const { return size_; }

  private:
    void take_line(std::string_view line, bool by_crlf);
    void emit_pieces();
    void emit(std::string_view text, bool ends_line);

    Framing framing_;
    LineEnds line_ends_;
    std::size_t line_limit_;
    Output output_;
    std::string partial_;           // the start of a line that has not ended
    bool in_long_line_ = false;     // a piece of this line has been emitted
    bool previous_by_crlf_ = true;  // the line before ended in CRLF
    bool first_line_ = true;
    bool ended_ = false;
    bool saw_bare_newline_ = false;
    std::int64_t size_ = 0;
};

}  // namespace postrider::smtpd
