// lib/tables/open_parameters.h - what a table that cannot be opened means.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::tables {

inline const Parameter<bool> daemon_table_open_error_is_fatal{{
    .name = "daemon_table_open_error_is_fatal",
    .default_text = "no",
    .summary = "a daemon ends when it cannot open a table; else it answers \"try again\" until it can",
}};

}  // namespace postrider::tables
