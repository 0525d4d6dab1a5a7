// lib/tables/parameters.h - the main.cf parameters that every user of tables obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::tables {

inline const Parameter<int> berkeley_db_create_buffer_size{{
    .name = "berkeley_db_create_buffer_size",
    .default_text = "16777216",
    .least = 1,
    .summary = "memory used while a Berkeley DB table is built, bytes",
}};

inline const Parameter<int> berkeley_db_read_buffer_size{{
    .name = "berkeley_db_read_buffer_size",
    .default_text = "131072",
    .least = 1,
    .summary = "memory used for reading one Berkeley DB table, bytes",
}};

}  // namespace postrider::tables
