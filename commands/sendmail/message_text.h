// commands/sendmail/message_text.h - standard input as lines of a message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::sendmail {

// Splits input into lines and pieces of long lines, and undoes what mail programs do to messages: mbox "From
// " lines in front, CRLF line ends, the lone dot that ends a dialogue.
class MessageLines {
  public:
    enum class LineEnds { strip_cr, strip_if_first_has_cr, keep };
    struct Rules {
        LineEnds line_ends = LineEnds::strip_cr;
        bool ends_at_dot = true;
        std::size_t limit = 2048;  // longer lines come in pieces
    };
    struct Piece {
        std::string text;
        bool line_end = true;     // false: the line goes on in the next piece
        bool has_newline = true;  // false, too, for the last line of input without one
    };

    MessageLines(int fd, Rules rules) : fd_(fd), rules_(rules) {}
    // Nothing at the end of the message; look at read_error() then.
    std::optional<Piece> next();
    // 0, or the errno of a read that failed.
    int read_error() const { return read_error_; }

  private:
    std::optional<Piece> raw_piece();
    bool is_mbox_line(std::string_view text) const;
    void fix_line_end(std::string& text);

    int fd_;
    Rules rules_;
    std::string buffer_;
    std::size_t used_ = 0;
    bool end_of_input_ = false;
    bool at_line_start_ = true;
    bool at_top_ = true;
    std::optional<bool> first_has_cr_;
    int read_error_ = 0;
};

// `sendmail -t`: the recipients a header names.
class HeaderRecipients {
  public:
    explicit HeaderRecipients(std::size_t token_limit) : token_limit_(token_limit) {}
    // Every line of the message, in order; it finds the end of the header by itself.
    void take_line(std::string_view line);
    // Before a line is taken: it is part of a header.
    bool takes(std::string_view line) const;
    // Before a line is taken: it belongs to the body though no empty line came before it.
    bool ends_before(std::string_view line) const;
    // Before a line is taken: without white space between the name of a header and its colon.
    std::string as_written(std::string_view line) const;
    // Internal form: those of the Resent- fields if there is any such field, else of To, Cc and Bcc.
    const std::vector<std::string>& finish();

  private:
    void take_header();
    std::size_t token_limit_;
    bool in_header_ = true;
    bool resent_ = false;
    std::string header_;
    std::vector<std::string> original_recipients_;
    std::vector<std::string> resent_recipients_;
};

}  // namespace postrider::sendmail
