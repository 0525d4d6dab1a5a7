// lib/delivery/status_filter_parameters.h - what the <agent>_delivery_status_filter parameters are by
// default.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::delivery {

inline const Parameter<std::string> default_delivery_status_filter{{
    .name = "default_delivery_status_filter",
    .summary = "default of the parameters that end in _delivery_status_filter",
}};

}  // namespace postrider::delivery
