// smtp/content.h - the content of a queue file as SMTP carries it, RFC 5321 4.5.2 and 4.5.3.1.6.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/async/stream.h"
#include "smtp/generic.h"
#include "smtp/output_checks.h"
#include "smtp/session.h"

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

enum class ContentEnd {
    complete,     // all was sent, without the final dot
    corrupt,      // the queue file is broken
    table_error,  // an address could not be rewritten now
};
struct ContentResult {
    ContentEnd end = ContentEnd::complete;
    std::string reason;
};

struct ContentSource {
    int queue_file = -1;
    std::int64_t offset = 0;               // of the first content record
    std::size_t size = 0;                  // about how much there is
    bool to_7bit = false;                  // convert 8-bit parts to quoted-printable
    const GenericMap* generic = nullptr;   // may be null
    const OutputChecks* checks = nullptr;  // may be null
    std::string queue_id;                  // for the log
};
// Sends the message up to but without the final dot.  Throws PeerGone when the server leaves.
Task<ContentResult> send_content(Session& session, ContentSource source);

}  // namespace postrider::smtp
