// smtp/content.h - the content of a queue file as SMTP carries it, RFC 5321 4.5.2 and 4.5.3.1.6.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/async/stream.h"
#include "smtp/content_encoder.h"
#include "smtp/generic.h"
#include "smtp/output_checks.h"
#include "smtp/session.h"

namespace postrider::smtp {

enum class ContentEnd {
    complete,     // all was sent, without the final dot
    corrupt,      // the queue file is broken
    unreadable,   // the queue file could not be read now
    table_error,  // an address could not be rewritten now
};
struct ContentResult {
    ContentEnd end = ContentEnd::complete;
    std::string reason;
    bool has_folded = false;  // lines were too long for the server
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
