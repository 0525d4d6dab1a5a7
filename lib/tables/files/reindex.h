// lib/tables/files/reindex.h - makes the table that a Berkeley DB table stands for now, when it is not there
// yet: non_bdb_migration_level = enable-reindex.
#pragma once

#include <string>

#include "lib/config/settings.h"

namespace postrider::tables {

// Runs postmap(1) or postalias(1) for `type`:`name` when there is `name`.db and no table of that type.  Only
// for a process with the rights of root or of the file's owner, as daemons have before they give them up;
// done, or refused with a warning, once for each table.
void make_missing_table(const std::string& type, const std::string& name, const Settings& settings);

}  // namespace postrider::tables
