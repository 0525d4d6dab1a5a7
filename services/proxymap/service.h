// services/proxymap/service.h - what proxymap(8) is asked.
#pragma once

#include "lib/daemon/daemon.h"

namespace postrider::proxymap {

// Reads the list of tables that may be asked for.
void prepare(Settings& settings);
Task<> serve_client(daemon::Connection connection, const Settings& settings);

}  // namespace postrider::proxymap
