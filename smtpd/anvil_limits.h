// smtpd/anvil_limits.h - what one client may do in a time unit; anvil(8) counts.
#pragma once

#include "smtpd/session.h"

namespace postrider::smtpd {

// Counts the connection; the reply is empty when the client is within its limits.
Task<Reply> limit_connections(Session& session);
// Counts a MAIL, a RCPT.
Task<Reply> limit_messages(Session& session);
Task<Reply> limit_recipients(Session& session);
// smtpd_client_new_tls_session_rate_limit is used up; nothing is counted.
Task<bool> has_enough_tls(Session& session);
// Counts a full handshake; a reply when it was one too many.
Task<Reply> count_new_tls(Session& session);
// The counted connection ends.
Task<> forget_connection(Session& session);

}  // namespace postrider::smtpd
