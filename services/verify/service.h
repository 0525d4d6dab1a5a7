// services/verify/service.h - what verify(8) is asked.
#pragma once

#include "lib/daemon/daemon.h"

namespace postrider::verify {

void open_cache(Settings& settings);
void start_cleaning(Settings& settings);
Task<> serve_client(daemon::Connection connection, const Settings& settings);

}  // namespace postrider::verify
