// lib/tables/types/types.cc - the list of table types.
#include <algorithm>

#include "lib/tables/files/reindex.h"
#include "lib/tables/files/table_file.h"
#include "lib/tables/open.h"
#include "lib/tables/parameters.h"
#include "lib/tables/types/dynamic_maps.h"
#include "lib/tables/types/redirect.h"

namespace postrider::tables {

namespace {

struct Row {
    std::string_view type;
    Opener open;
};

constexpr Row rows[] = {
    {"btree", open_btree},         {"cdb", open_cdb},           {"cidr", open_cidr},
    {"debug", open_debug},         {"environ", open_environ},   {"fail", open_fail},
    {"hash", open_hash},           {"inline", open_inline},     {"internal", open_internal},
    {"lmdb", open_lmdb},           {"memcache", open_memcache}, {"nis", open_nis},
    {"pcre", open_pcre},           {"pipemap", open_pipemap},   {"proxy", open_proxy},
    {"randmap", open_randmap},     {"regexp", open_regexp},     {"sdbm", open_sdbm},
    {"socketmap", open_socketmap}, {"sqlite", open_sqlite},     {"tcp", open_tcp},
    {"static", open_static},       {"texthash", open_texthash}, {"unionmap", open_unionmap},
    {"unix", open_unix},
};

}  // namespace

bool is_built_in(std::string_view type) {
    return std::any_of(std::begin(rows), std::end(rows), [type](const Row& row) { return row.type == type; });
}

Result<TablePtr> open_type(const std::string& asked, const std::string& argument,
                           const OpenContext& context) {
    const std::string type = redirected_type(asked, context.settings, argument);
    if (type != asked && has_table_file(type) &&
        context.settings[non_bdb_migration_level] == "enable-reindex")
        make_missing_table(type, argument, context.settings);
    const std::string name = type + ":" + argument;
    for (const Row& row : rows)
        if (row.type == type) return row.open(name, argument, context);
    return open_dynamic(type, name, argument, context);
}

std::vector<std::string> table_types(const Settings& settings) {
    std::vector<std::string> types;
    for (const Row& row : rows) types.emplace_back(row.type);
    for (const DynamicMap& map : dynamic_maps(settings)) types.push_back(map.type);
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    return types;
}

}  // namespace postrider::tables
