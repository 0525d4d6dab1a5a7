// smtpd/postmaster_notice.h - sessions that the postmaster wants to hear of (notify_classes).
#pragma once

#include <string>

#include "smtpd/session.h"

namespace postrider::smtpd {

// Keeps what was said, and what kind of trouble a reply means.
void record_command(Session& session, std::string_view line);
void record_reply(Session& session, const Reply& reply);

// Mails the transcript when there was trouble of a class that main.cf lists, and starts a new one. `aborted`:
// why the session ended, "" when it did not or in order.
Task<> tell_postmaster(Session& session, std::string aborted);
// The same in the middle of a long session, once its transcript is long, between two messages.
Task<> flush_transcript(Session& session);

}  // namespace postrider::smtpd
