// cleanup/session.h - one connection: message after message.
#pragma once

#include "cleanup/rules.h"
#include "lib/async/stream.h"
#include "lib/daemon/daemon.h"

namespace postrider::cleanup {

// For the daemon's description.
Task<> serve_client(daemon::Connection connection, const Settings& settings);
// Serves messages until the client leaves.
Task<> serve_messages(async::Stream stream, const Rules& rules);

}  // namespace postrider::cleanup
