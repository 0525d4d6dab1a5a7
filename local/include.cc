// local/include.cc - :include:/file: a list of destinations kept in a file of its own.
#include <fmt/core.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "local/expansion.h"
#include "local/read_list.h"

namespace postrider::local {

// Compat: the log has what is wrong; the sender hears that something is.
Task<> Expansion::misconfigured(const Party& party, std::string problem) {
    log::warning("{}", problem);
    co_await failed(party, "5.3.5", "mail system configuration error");
}

Task<> Expansion::deliver_include(Party party, std::string path) {
    if (been_here(fmt::format("include {} {}", party.rights ? party.rights->uid : 0, path))) co_return;
    std::string problem;
    const auto found = stat_file(path);
    if (path.empty() || path.front() != '/') {
        problem = fmt::format(":include:{} uses a relative path", path);
    } else if (!found) {
        problem = fmt::format("unable to lookup :include: file {}: {}", path, errno_text());
    } else if (!S_ISREG(found->st_mode)) {
        problem = fmt::format(":include: file {} is not a regular file", path);
    } else if ((found->st_mode & S_IWOTH) != 0) {
        problem = fmt::format(":include: file {} is world writable", path);
    }
    if (!problem.empty()) {
        co_await misconfigured(party, std::move(problem));
        co_return;
    }
    // A file that root's alias names and a user owns is read, and speaks, with that user's rights.
    if (!party.rights && found->st_uid != 0 && delivery::can_become_others()) {
        Result<std::optional<delivery::Rights>> owner = co_await delivery::find_user(found->st_uid);
        if (!owner || !*owner) {
            log::warning("cannot find username for uid {}", found->st_uid);
            log::warning("{}: cannot find :include: file owner username", path);
            co_await deferred(party, "4.3.5", "mail system configuration error");
            co_return;
        }
        party.rights = **owner;
        if (!party.owner) party.owner = (*owner)->name;
    }
    const ListFile file = co_await read_include_file(party.rights, path);
    if (file.kind == ListFile::Kind::unreadable) {
        co_await deferred(party, "4.3.0", file.problem);
        co_return;
    }
    if (file.kind != ListFile::Kind::found) {
        co_await misconfigured(party, file.problem);
        co_return;
    }
    party.origin = Origin::include;
    party.through_include = true;
    ++party.level;
    const auto line_limit = static_cast<std::size_t>(settings_[config::line_length_limit]);
    std::vector<Destination> destinations = parse_list_file(file.content, line_limit);
    co_await deliver_list(std::move(party), std::move(destinations));
}

}  // namespace postrider::local
