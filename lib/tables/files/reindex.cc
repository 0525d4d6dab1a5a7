// lib/tables/files/reindex.cc - makes the table that a Berkeley DB table stands for now.
//
// Who can change the source, or put another file in its place, decides what the table says: it must be the
// owner of the Berkeley DB file or root, and the command runs with that owner's rights.
#include "lib/tables/files/reindex.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <set>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"
#include "lib/tables/files/table_file.h"
#include "lib/tables/parameters.h"
#include "lib/tables/types/berkeley.h"

namespace postrider::tables {

namespace {

constexpr std::chrono::minutes longest_run{10};

bool is_below(const std::string& path, const std::string& directory) {
    return path.starts_with(directory + "/");
}

// Nobody but root and `owner` can change it; the error is what is wrong.
Result<void> check_owner(const std::string& path, uid_t owner) {
    const auto found = stat_file(path);
    if (!found) return Error{path + ": " + errno_text()};
    if (found->st_uid != 0 && found->st_uid != owner)
        return Error{fmt::format("{} is owned by neither root nor user {}", path, owner)};
    if ((found->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return Error{fmt::format("{} is writable by group or others", path)};
    return {};
}

Result<void> check(const std::string& name, uid_t owner, const Settings& settings) {
    if (Result<void> source = check_owner(name, owner); !source) return source;
    const std::string directory = name.substr(0, std::max<std::size_t>(1, name.rfind('/')));
    if (Result<void> parent = check_owner(directory, owner); !parent) return parent;
    const auto& prefixes =
        owner == 0 ? non_bdb_migration_allow_root_prefixes : non_bdb_migration_allow_user_prefixes;
    for (const std::string& prefix : settings.words(prefixes))
        if (is_below(name, prefix)) return {};
    return Error{fmt::format("{} is below no directory of {}", name, prefixes.name())};
}

// A table that postalias(1) made has an entry for itself.
bool is_alias_table(const std::string& berkeley_path) {
    for (const BerkeleyKind kind : {BerkeleyKind::hash, BerkeleyKind::btree}) {
        Result<BerkeleyFile> file =
            BerkeleyFile::open(berkeley_path, kind, BerkeleyFile::Mode::read, false, 128 * 1024);
        if (!file) continue;
        const Result<std::optional<std::string>> own = file->get(std::string("@\0", 2));
        return own && own->has_value();
    }
    return false;
}

}  // namespace

void make_missing_table(const std::string& type, const std::string& name, const Settings& settings) {
    static std::set<std::string> done;
    const std::string made = name + std::string(table_file_suffix(type));
    const std::string berkeley_path = name + ".db";
    if (name.empty() || name[0] != '/' || stat_file(made)) return;
    const auto berkeley = lstat_file(berkeley_path);
    if (!berkeley || !S_ISREG(berkeley->st_mode)) return;
    if (::geteuid() != 0 && ::geteuid() != berkeley->st_uid) return;
    if (!done.insert(made).second) return;
    if (Result<void> good = check(name, berkeley->st_uid, settings); !good)
        return log::warning("{} is not made of {}: {}", made, berkeley_path, good.error());
    const std::string program = is_alias_table(berkeley_path) ? "postalias" : "postmap";
    Program command;
    command.arguments = {settings.value_of("command_directory").value_or("/usr/sbin") + "/" + program, "-c",
                         settings.value_of("config_directory").value_or("/etc/postfix"), type + ":" + name};
    command.time_limit = longest_run;
    if (::geteuid() == 0 && berkeley->st_uid != 0)
        command.user = ProgramUser{berkeley->st_uid, berkeley->st_gid};
    const int status = run_to_end(command).status;
    if (status == 0 || stat_file(made)) {
        log::info("successfully executed '{}' as user {}", join(command.arguments, " "), berkeley->st_uid);
    } else {
        log::warning("'{}' as user {} failed with status {}", join(command.arguments, " "), berkeley->st_uid,
                     status);
    }
}

}  // namespace postrider::tables
