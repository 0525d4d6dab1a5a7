// smtpd/submit.h - handing a transaction over to cleanup(8): envelope, our Received header, the end.
#pragma once

#include <string>

#include "smtpd/session.h"

namespace postrider::smtpd {

// The DSN parameters of one recipient.
struct RecipientOptions {
    int notify = 0;
    std::string original;  // "rfc822;address"
};

// Opens the queue file unless it is open, and writes what is known of sender and client; logs "QID:
// client=...". An empty reply, or the 4xx for the client.
Task<Reply> open_message(Session& session);
void add_recipient(Session& session, const std::string& address, const RecipientOptions& options);

// With a filter before the queue, what it says to the RCPT or DATA command; else, and when it agrees, an
// empty reply.
Task<Reply> offer_recipient(Session& session, std::string command);
Task<Reply> announce_content(Session& session);

// Ends the envelope: what access tables asked for, then our header lines.
void begin_content(Session& session);
// The decoder of the content, which writes into the message and minds the size limit.
std::unique_ptr<ContentDecoder> make_decoder(Session& session, ContentDecoder::Framing framing);

// After the content: end-of-data restrictions, the end record, and the answer of cleanup(8).  Whatever comes
// out, the transaction is over.
Task<Reply> finish_message(Session& session);

}  // namespace postrider::smtpd
