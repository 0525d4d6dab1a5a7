// services/bounce/service.h - what bounce(8), defer(8) and trace(8) are asked.
#pragma once

#include "lib/daemon/daemon.h"
#include "lib/delivery/bounce_protocol.h"
#include "lib/queue/bounce_log.h"

namespace postrider::bounce {

void load(Settings& settings);
Task<> serve_client(daemon::Connection connection, const Settings& settings);

// The log that a service of this name keeps.
queue::Queue log_of(std::string_view service, const Settings& settings);

// Those recipients whose sender wants to hear of it: no NOTIFY, or one that names `bit`.  RFC 3461 4.1.
std::vector<queue::LogEntry> wanted_by_sender(const std::vector<queue::LogEntry>& entries, int bit);

}  // namespace postrider::bounce
