// services/flush/parameters.h - main.cf parameters only flush(8) obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::flush {

inline const Parameter<Seconds> fast_flush_refresh_time{{
    .name = "fast_flush_refresh_time",
    .default_text = "12h",
    .least = Seconds(1),
    .summary = "a destination whose list has not been worked through for this long is tried",
}};
inline const Parameter<Seconds> fast_flush_purge_time{{
    .name = "fast_flush_purge_time",
    .default_text = "7d",
    .least = Seconds(1),
    .summary = "a list that has not changed for this long is removed",
}};

}  // namespace postrider::flush
