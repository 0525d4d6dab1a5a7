// lib/sasl/cyrus_server.h - logins checked by the Cyrus SASL library (smtpd_sasl_type = cyrus): sasldb and
// other auxprop plug-ins, saslauthd and with it PAM.
//
// Whatever may wait for a file or another process runs on the worker pool; a conversation is used by one
// thread at a time.
#pragma once

#include <memory>

#include "lib/sasl/server.h"

namespace postrider::sasl {

// Reads the configuration file and loads the plug-ins, now.  When that fails it is logged, and every login is
// told to try later.
std::unique_ptr<AuthServer> make_cyrus_server(const ServerPlace& place);

}  // namespace postrider::sasl
