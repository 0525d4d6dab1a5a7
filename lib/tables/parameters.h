// lib/tables/parameters.h - the main.cf parameters that every user of tables obeys.
#pragma once

#include <string>

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

inline const Parameter<long> lmdb_map_size{{
    .name = "lmdb_map_size",
    .default_text = "16777216",
    .least = 1,
    .summary = "address space for an LMDB table that is being made, bytes; never less than 16 GiB here",
}};

inline const Parameter<std::string> non_bdb_migration_level{{
    .name = "non_bdb_migration_level",
    .default_text = "disable",
    .least = 1,
    .summary = "enable-redirect: hash and btree tables are opened as tables of other types; "
               "enable-reindex: and those are made",
}};

inline const Parameter<std::string> non_bdb_migration_allow_root_prefixes{{
    .name = "non_bdb_migration_allow_root_prefixes",
    .default_text = "/etc /usr/local/etc",
    .summary = "where enable-reindex makes tables with the rights of root",
}};

inline const Parameter<std::string> non_bdb_migration_allow_user_prefixes{{
    .name = "non_bdb_migration_allow_user_prefixes",
    .default_text = "$data_directory /var/lib/mailman /var/lib/mailman3",
    .summary = "where enable-reindex makes tables with the rights of another owner",
}};

inline const Parameter<std::string> non_bdb_custom_mapping{{
    .name = "non_bdb_custom_mapping",
    .default_text = "",
    .summary = "types that hash and btree are redirected to: hash:lmdb, btree:lmdb",
}};

inline const Parameter<bool> non_bdb_migration_log_redirect{{
    .name = "non_bdb_migration_log_redirect",
    .default_text = "yes",
    .summary = "log each table that is redirected",
}};

inline const Parameter<int> socketmap_max_query_size{{
    .name = "socketmap_max_query_size",
    .default_text = "10000",
    .least = 1,
    .summary = "longest query sent to a socketmap server, bytes; a longer key is in no table",
}};

inline const Parameter<int> socketmap_max_reply_size{{
    .name = "socketmap_max_reply_size",
    .default_text = "100000",
    .least = 1,
    .summary = "longest reply taken from a socketmap server, bytes",
}};

}  // namespace postrider::tables
