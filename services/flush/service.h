// services/flush/service.h - the requests of flush(8).
#pragma once

#include "lib/async/task.h"
#include "lib/daemon/daemon.h"

namespace postrider::flush {

// Opens fast_flush_domains: before the jail is closed.
void open_tables(Settings& settings);
// Afterwards.
void prepare(Settings& settings);
// Serves a client: requests of lib/delivery/flush_client.h, or trigger bytes (postkick public flush W).
Task<> serve(daemon::Connection connection, const Settings& settings);
// master's wake-up: refreshes and purges the logs.
Task<> wake(std::string bytes, const Settings& settings);

}  // namespace postrider::flush
