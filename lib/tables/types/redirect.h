// lib/tables/types/redirect.h - Berkeley DB types that stand for others: non_bdb_migration_level.
#pragma once

#include <string>

#include "lib/config/settings.h"

namespace postrider::tables {

// The type to open for "hash" or "btree", as the migration level says; every other type is itself.  A table
// that is redirected is logged once, when `name` is given and non_bdb_migration_log_redirect is on.
std::string redirected_type(const std::string& type, const Settings& settings, const std::string& name = "");

}  // namespace postrider::tables
