// smtpd/tls.h - TLS in an SMTP session, by STARTTLS or from the first byte.
#pragma once

#include <string>
#include <vector>

#include "smtpd/session.h"

namespace postrider::smtpd {

// STARTTLS can be offered: TLS is configured, and this session is not encrypted yet.
bool may_start_tls(const Session& session);
// AUTH has to wait for STARTTLS: smtpd_tls_auth_only, or TLS is mandatory.
bool login_needs_tls(const Session& session);
// Mail has to wait for STARTTLS.
bool mail_needs_tls(const Session& session);

// The handshake, then a session that knows nothing of what came before (RFC 3207 4.2).  An empty reply: go
// on; another ends the session.  Throws PeerGone when there was no handshake.
Task<Reply> start_tls(Session& session);
// smtpd_tls_wrappermode: as start_tls(), for a client that has just connected.
Task<Reply> start_wrapped(Session& session);

// Lines of the Received header that tell of TLS, each with its tab.
std::vector<std::string> received_tls_lines(const tls::Facts& facts, bool asked_certificate);

}  // namespace postrider::smtpd
