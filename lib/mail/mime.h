// lib/mail/mime.h - the structure of a message, line by line: headers, multipart and message/* parts,
// encodings.
//
// Lines go in one at a time; what they mean comes out as events: a complete logical header, the end of a
// header block, a body line.  Nothing is ever rejected here: what is improper is reported as a flaw and the
// caller decides.  With `to_7bit`, 8-bit parts come out in quoted-printable.  RFC 2045, 2046, 2047; RFC
// 6152 3.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mail {

enum class HeaderClass {
    primary,  // of the message itself
    mime,     // of a part of a multipart
    nested,   // of an enclosed message
};

struct MimeOptions {
    std::size_t header_size_limit = 102400;  // what is beyond is dropped
    std::size_t boundary_length_limit = 2048;
    int nesting_limit = 100;
    bool parse_body = true;  // false: everything after the first header block is opaque
    bool to_7bit = false;    // convert 8-bit parts to quoted-printable
    // What to report as a flaw.
    bool report_8bit_in_header = false;
    bool report_8bit_in_7bit_body = false;
    bool report_encoding_domain = false;
    bool report_nesting = false;
};

enum class MimeFlaw {
    none,
    nesting,
    eightbit_in_header,
    eightbit_in_7bit_body,
    encoding_domain,
    text_after_header,  // no empty line ends the header; comes before end_of_headers, one is put in
};
// "5.6.0" texts for replies and logs, as Postfix words them.
std::string_view mime_flaw_text(MimeFlaw flaw);

struct MimeEvent {
    enum class Kind {
        header,          // text: the logical header, lines joined by LF
        end_of_headers,  // of a block of class header_class; comes before its empty line
        body,            // text: a line, or a piece of it when line_ends is false
        flaw,            // text: what was improper (an extract)
    };
    Kind kind = Kind::body;
    HeaderClass header_class = HeaderClass::primary;
    MimeFlaw flaw = MimeFlaw::none;
    bool line_ends = true;
    bool begins_part = false;  // a body line that starts a part without headers: the closing boundary
    bool added = false;        // an empty line that was not in the message
    std::string_view text;     // valid until the next call
};

class MimeParser {
  public:
    explicit MimeParser(const MimeOptions& options);

    // One line without its end, or with line_ends false a piece of one; the events are valid until the next
    // call.
    const std::vector<MimeEvent>& feed(std::string_view line, bool line_ends = true);
    // The message has ended: what was still held back.
    const std::vector<MimeEvent>& finish();

    // No event has to be looked at for this line: a body line of an opaque part, passed as it is.
    bool passes_through() const {
        return state_ == State::body && stack_.empty() && !convert_body() && !watched_;
    }

  private:
    enum class State { header, body };
    enum class Domain { seven_bit, eight_bit, binary };
    enum class Media { text, multipart, message, message_opaque, other };
    struct Level {
        std::string boundary;
        bool digest = false;
    };

    bool convert_body() const { return options_.to_7bit && domain_ != Domain::seven_bit && !encoded_; }
    std::string_view keep(std::string text);
    void emit_header();
    void emit_body(std::string_view text, bool line_ends);
    void emit_converted(std::string_view text, bool line_ends);
    void emit_flaw(MimeFlaw flaw, std::string_view text);
    void flush_soft_line(bool line_ends);
    void add_to_header(std::string_view text);
    void header_line(std::string_view line, bool line_ends);
    void note_mime_header(std::string_view header);
    void note_content_type(std::string_view header, std::string_view value);
    void note_encoding(std::string_view value);
    void end_header_block(std::string_view line);
    void emit_encoding_header();
    void reset_part(bool digest);
    bool boundary_line(std::string_view line);
    void body_line(std::string_view line, bool line_ends);

    MimeOptions options_;
    State state_ = State::header;
    HeaderClass header_class_ = HeaderClass::primary;
    std::string header_;  // the logical header being collected
    bool has_header_ = false;
    bool line_open_ = false;  // the last line has not ended yet
    bool skip_rest_ = false;  // the rest of the header is beyond the limit
    Media media_ = Media::text;
    Domain domain_ = Domain::seven_bit;
    bool encoded_ = false;        // base64 or quoted-printable
    bool encoding_seen_ = false;  // this block had a Content-Transfer-Encoding
    std::string encoding_;        // the last one of these we know
    bool watched_ = false;        // strict options look at every body line
    unsigned reported_ = 0;       // flaws: each kind once a message
    bool is_partial_ = false;     // message/partial or external-body
    bool is_global_ = false;
    std::vector<Level> stack_;
    std::string encoded_line_;  // of the quoted-printable conversion
    std::vector<MimeEvent> events_;
    std::deque<std::string> kept_;  // what the views of events_ look at
};

}  // namespace postrider::mail
