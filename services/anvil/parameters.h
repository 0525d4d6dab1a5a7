// services/anvil/parameters.h - the main.cf parameters of anvil(8).
#pragma once

#include "lib/config/parameter.h"

namespace postrider::anvil {

inline const Parameter<Seconds> anvil_rate_time_unit{{
    .name = "anvil_rate_time_unit",
    .default_text = "60s",
    .least = Seconds(1),
    .summary = "time over which events of a client are counted",
}};
inline const Parameter<Seconds> anvil_status_update_time{{
    .name = "anvil_status_update_time",
    .default_text = "600s",
    .least = Seconds(1),
    .summary = "how often the highest numbers are logged",
}};

}  // namespace postrider::anvil
