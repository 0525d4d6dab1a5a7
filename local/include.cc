// local/include.cc - :include:/file: a list of destinations kept in a file of its own.
#include <fmt/core.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "local/expansion.h"
#include "local/read_list.h"

namespace postrider::local {

Task<> Expansion::deliver_include(Party party, std::string path) {
    if (been_here(fmt::format("include {} {}", party.rights ? party.rights->uid : 0, path))) co_return;
    if (path.empty() || path.front() != '/') {
        co_await failed(party, "5.2.4", fmt::format(":include:{} uses a relative path", path));
        co_return;
    }
    const delivery::Rights reader = party.rights ? *party.rights : agent_.default_rights;
    const ListFile file = co_await read_list_file(reader, path, std::nullopt);
    if (file.kind == ListFile::Kind::missing || file.kind == ListFile::Kind::refused) {
        const std::string why = file.problem.empty()
                                    ? fmt::format("cannot open include file {}: {}", path, errno_text(ENOENT))
                                    : file.problem;
        co_await failed(party, "5.2.4", why);
        co_return;
    }
    if (file.kind == ListFile::Kind::unreadable) {
        co_await deferred(party, "4.3.0", file.problem);
        co_return;
    }
    // A file that root's alias names and a user owns speaks with that user's rights.
    if (!party.rights && file.owner != 0 && delivery::can_become_others()) {
        Result<std::optional<delivery::Rights>> owner = co_await delivery::find_user(file.owner);
        if (!owner || !*owner) {
            co_await deferred(party, "4.3.0", fmt::format("cannot find username for uid {}", file.owner));
            co_return;
        }
        party.rights = **owner;
        if (!party.owner) party.owner = (*owner)->name;
    }
    party.origin = Origin::include;
    ++party.level;
    std::string text = list_text(file.content);
    co_await deliver_list(std::move(party), std::move(text));
}

}  // namespace postrider::local
