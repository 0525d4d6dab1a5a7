// commands/postfix/non_bdb.cc - `postfix non-bdb`: away from Berkeley DB; postfix-non-bdb(1).
#include "commands/postfix/non_bdb.h"

#include <fmt/core.h>

#include "lib/base/log.h"

namespace postrider::postfix {

namespace {

std::string value(const Instance& instance, std::string_view name) {
    return instance.settings.value_of(name).value_or("");
}

// The level, and each parameter that names a Berkeley DB table in what main.cf says.
int show_status(const Instance& instance) {
    fmt::print("non_bdb_migration_level = {}\n", value(instance, "non_bdb_migration_level"));
    for (const std::string_view name : {"default_database_type", "default_cache_db_type"})
        fmt::print("{} = {}\n", name, value(instance, name));
    for (const auto& [name, entry] : instance.settings.explicit_values())
        if (entry.value.find("hash:") != std::string::npos || entry.value.find("btree:") != std::string::npos)
            fmt::print("{}:{}: {} = {}\n", entry.origin.file, entry.origin.line, name, entry.value);
    return 0;
}

int set_level(const Instance& instance, const std::string& level) {
    std::vector<std::string> assignments = {"non_bdb_migration_level = " + level};
    // New tables are to be made of something else, or redirecting them would go nowhere.
    const bool redirects = level != "disable";
    if (redirects && value(instance, "default_database_type") == "hash")
        assignments.emplace_back("default_database_type = lmdb");
    if (redirects && value(instance, "default_cache_db_type") == "btree")
        assignments.emplace_back("default_cache_db_type = lmdb");
    edit_main_cf(instance, assignments);
    log::info("Run the command:");
    log::info("  # postfix reload");
    log::info("if you want the new settings to take effect immediately.");
    return 0;
}

}  // namespace

int manage_non_bdb(const Instance& instance, const std::vector<std::string>& words) {
    const std::string name = words.size() == 1 ? words.front() : "";
    if (name == "status") return show_status(instance);
    if (name == "disable" || name == "enable-redirect" || name == "enable-reindex")
        return set_level(instance, name);
    fatal("usage: postfix non-bdb status (or disable, enable-redirect, enable-reindex)");
}

}  // namespace postrider::postfix
