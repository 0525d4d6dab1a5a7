// services/postscreen/tls.h - STARTTLS in the built-in SMTP server.
#pragma once

#include "lib/daemon/tls_server.h"
#include "services/postscreen/session.h"

namespace postrider::postscreen {

// postscreen_tls_*.
daemon::TlsServerSettings read_tls(const Settings& settings);

// The handshake after the reply to STARTTLS.  False: it failed, and nothing more can be said.
Task<bool> start_tls(Session& session);
// Our end of TLS, before the connection is closed.
Task<> end_tls(Session& session);

}  // namespace postrider::postscreen
