// smtp/reply.h - what a server answers, RFC 5321 4.2, and what its code says about the mail, RFC 3463.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp {

struct Reply {
    int code = 0;
    bool foreign = false;            // the server did not speak SMTP
    std::string status;              // enhanced status, made to fit the code: "5.1.1", "4.0.0"
    std::vector<std::string> lines;  // as received, codes included
    std::string text() const;        // the lines joined by a space, for logs

    int klass() const { return code / 100; }
    bool ok() const { return klass() == 2; }
};

// Puts the lines of a reply together.  A server may talk as long as it likes: only so many lines are kept.
class ReplyParser {
  public:
    // One line without its end; true when it was the last one of the reply.  A line that is no SMTP is kept
    // and does not end the reply, as with Postfix; after many such lines the server is given up.
    bool add(std::string_view line);
    // The line added last was no SMTP.
    bool last_was_foreign() const { return foreign_; }
    // The reply, once add() said true.
    Reply take();

  private:
    static constexpr std::size_t line_limit = 200;
    static constexpr std::size_t size_limit = 50000;
    Reply reply_;
    std::size_t size_ = 0;
    int foreign_lines_ = 0;
    bool foreign_ = false;
};

// The reply with its code and status turned into those of another class, as when a 5xx greeting is taken for
// 4xx. The lines stay as they were.
Reply with_class(Reply reply, int klass);

}  // namespace postrider::smtp
