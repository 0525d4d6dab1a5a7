// lib/daemon/tcp_parameters.h - sockets of daemons.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::daemon {

inline const Parameter<int> tcp_windowsize{{
    .name = "tcp_windowsize",
    .default_text = "0",
    .least = 0,
    .summary = "size of the TCP window, for routers that cannot scale it; 0: the system's",
}};

}  // namespace postrider::daemon
