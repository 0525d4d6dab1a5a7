// services/verify/parameters.h - main.cf parameters of verify(8).
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::verify {

inline const Parameter<std::string> address_verify_map{{
    .name = "address_verify_map",
    .default_text = "$default_cache_db_type:$data_directory/verify_cache",
    .summary = "file that keeps what is known of addresses; empty: kept in memory",
}};
inline const Parameter<bool> address_verify_negative_cache{{
    .name = "address_verify_negative_cache",
    .default_text = "yes",
    .summary = "remember failed probes too",
}};
inline const Parameter<Seconds> address_verify_positive_expire_time{{
    .name = "address_verify_positive_expire_time",
    .default_text = "31d",
    .least = Seconds(1),
    .summary = "how long a good address stays known",
}};
inline const Parameter<Seconds> address_verify_positive_refresh_time{{
    .name = "address_verify_positive_refresh_time",
    .default_text = "7d",
    .least = Seconds(1),
    .summary = "age from which a good address is probed again",
}};
inline const Parameter<Seconds> address_verify_negative_expire_time{{
    .name = "address_verify_negative_expire_time",
    .default_text = "3d",
    .least = Seconds(1),
    .summary = "how long a bad address stays known",
}};
inline const Parameter<Seconds> address_verify_negative_refresh_time{{
    .name = "address_verify_negative_refresh_time",
    .default_text = "3h",
    .least = Seconds(1),
    .summary = "age from which a bad address is probed again",
}};
inline const Parameter<Seconds> address_verify_cache_cleanup_interval{{
    .name = "address_verify_cache_cleanup_interval",
    .default_text = "12h",
    .least = Seconds(0),
    .summary = "time between removals of what has expired; 0: never",
}};

}  // namespace postrider::verify
