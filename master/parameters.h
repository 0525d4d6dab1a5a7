// master/parameters.h - the main.cf parameters only master(8) obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::master {

using namespace std::chrono_literals;

inline const Parameter<Seconds> service_throttle_time{{
    .name = "service_throttle_time",
    .default_text = "60s",
    .least = 1s,
    .summary = "how long a service is left alone whose program failed at start",
}};
inline const Parameter<std::string> master_service_disable{{
    .name = "master_service_disable",
    .default_text = "",
    .summary = "services of master.cf, as name/type or type, that are not started",
}};

}  // namespace postrider::master
