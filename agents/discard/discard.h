// agents/discard/discard.h - mail that counts as delivered and goes nowhere.
#pragma once

#include "lib/daemon/daemon.h"

namespace postrider::discard_agent {

// Serves one connection of qmgr.
Task<> serve_client(daemon::Connection connection, const Settings& settings);

}  // namespace postrider::discard_agent
