// lib/tables/types/redirect.cc - Berkeley DB types that stand for others.
#include "lib/tables/types/redirect.h"

#include <set>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/tables/parameters.h"

namespace postrider::tables {

namespace {

bool is_berkeley(const std::string& type) {
    return type == "hash" || type == "btree";
}

void log_once(const std::string& line) {
    static std::set<std::string> logged;
    if (logged.insert(line).second) log::info("{}", line);
}

// "type:other" or "type=other", one for each type.
std::string custom_type(const std::string& type, const Settings& settings) {
    for (const std::string& word : settings.words(non_bdb_custom_mapping)) {
        const std::size_t middle = word.find_first_of(":=");
        if (middle != std::string::npos && word.substr(0, middle) == type) return word.substr(middle + 1);
    }
    return "";
}

bool is_redirecting(const Settings& settings) {
    const std::string& level = settings[non_bdb_migration_level];
    if (level == "disable") return false;
    if (level == "enable-redirect" || level == "enable-reindex") return true;
    fatal("non_bdb_migration_level = {}: need disable, enable-redirect or enable-reindex", level);
}

}  // namespace

std::string redirected_type(const std::string& type, const Settings& settings, const std::string& name) {
    if (!is_berkeley(type) || !is_redirecting(settings)) return type;
    std::string other = custom_type(type, settings);
    if (other.empty())
        other = settings[type == "hash" ? config::default_database_type : config::default_cache_db_type];
    if (is_berkeley(other) || other.empty()) return type;
    if (!name.empty() && settings[non_bdb_migration_log_redirect])
        log_once(type + ":" + name + " is redirected to " + other + ":" + name);
    return other;
}

}  // namespace postrider::tables
