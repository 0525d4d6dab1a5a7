// smtpd/reply.h - what the server answers, RFC 5321 4.2 and RFC 2034.
#pragma once

#include <string>
#include <string_view>

namespace postrider::smtpd {

// One reply: code, perhaps an enhanced status, text.  Lines of a multi-line text are separated by '\n'; all
// of them carry the code, and those of an error carry the status too.
class Reply {
  public:
    Reply() = default;
    // `status` is "" for replies that have none (banner, HELO, some of RFC 821's).
    Reply(int code, std::string_view status, std::string text);
    // A whole reply as text: "554 5.7.1 <x>: Access denied".  What does not start with a code of three digits
    // becomes a 450 4.7.1 "Service unavailable".
    static Reply parse(std::string_view line);

    int code() const { return code_; }
    const std::string& status() const { return status_; }
    const std::string& text() const { return text_; }
    bool empty() const { return code_ == 0; }
    bool is_error() const { return code_ >= 400; }
    bool is_permanent() const { return code_ >= 500; }
    // Codes that tell the client that the connection ends here, RFC 5321 3.8 and RFC 7504.
    bool ends_session() const { return code_ == 421 || code_ == 521 || last_; }
    // Also ends the session, whatever the code is.
    Reply& and_close() {
        last_ = true;
        return *this;
    }
    // Closes without a word.
    static Reply hang_up();
    // Says nothing and goes on: a success whose reply has been sent.
    static Reply nothing();
    bool silent() const { return code_ < 0; }

    // The command is counted as done, or as failed, whatever the code says.
    Reply& count_as(bool success) {
        counted_ = success ? 1 : 0;
        return *this;
    }
    bool counts_as_success() const { return counted_ < 0 ? (code_ > 0 && code_ < 400) : counted_ == 1; }

    // 5xx becomes 4xx, soft_bounce.
    void soften();
    // Adds text to the last line, or further lines (smtpd_reject_footer).
    void append(std::string_view text) { text_ += text; }

    // "250 2.1.0 Ok", without a line end; of a multi-line reply all text in one line.
    std::string line() const;
    // As it goes over the wire.
    std::string wire() const;

  private:
    int code_ = 0;
    int counted_ = -1;
    bool last_ = false;
    std::string status_;
    std::string text_;
};

// The status with its first digit made that of the code: ("554", "4.7.1") -> "5.7.1".
std::string status_for_code(int code, std::string_view status);

}  // namespace postrider::smtpd
