// lib/delivery/parameters.h - main.cf parameters that all delivery agents obey.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::delivery {

inline const Parameter<int> delay_logging_resolution_limit{{
    .name = "delay_logging_resolution_limit",
    .default_text = "2",
    .least = 0,
    .most = 6,
    .summary = "places behind the decimal point in the delays of the log",
}};

inline const Parameter<std::string> info_log_address_format{{
    .name = "info_log_address_format",
    .default_text = "external",
    .least = 1,
    .summary = "external (quoted where RFC 5321 asks for it) or internal form of addresses in the log",
}};

}  // namespace postrider::delivery
