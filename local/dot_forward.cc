// local/dot_forward.cc - the user's .forward file.
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "local/expansion.h"
#include "local/parameters.h"
#include "local/read_list.h"

namespace postrider::local {

namespace {

bool names_extension(std::string_view path) {
    return path.find("$extension") != std::string_view::npos ||
           path.find("${extension}") != std::string_view::npos ||
           path.find("$(extension)") != std::string_view::npos;
}

}  // namespace

Task<Expansion::Taken> Expansion::deliver_dot_forward(Party party, delivery::Rights user) {
    // Who cannot become the user must not follow the user's orders with rights that are not the user's.
    if (!delivery::can_become_others() && user.uid != geteuid()) co_return Taken::no;
    if (!settings_[frozen_delivered_to]) party.delivered_to = party.recipient.recipient;
    for (const std::string& path : split_words(settings_[forward_path].text)) {
        if (names_extension(path) && !party.extension) continue;
        const auto name = expand_for(party, &user, settings_, path, settings_[forward_expansion_filter]);
        if (!name) continue;
        const ListFile file = co_await read_list_file(user, *name, user.uid);
        if (file.kind == ListFile::Kind::missing) continue;
        if (file.kind == ListFile::Kind::unreadable) {
            co_await deferred(party, "4.3.0", file.problem);
            co_return Taken::yes;
        }
        if (file.kind == ListFile::Kind::refused) {
            log::warning("{}", file.problem);
            co_return Taken::no;
        }
        if (been_here(fmt::format("forward {} {}", user.uid, *name))) co_return Taken::no;
        const std::string text = list_text(file.content);
        if (trim(text).empty() || parse_destinations(text).empty()) co_return Taken::no;
        party.owner = party.user;
        party.rights = std::move(user);
        party.origin = Origin::forward;
        ++party.level;
        if (names_extension(path) || !agent_.extend_forward_results) party.unmatched.clear();
        co_await deliver_list(std::move(party), text);
        co_return Taken::yes;
    }
    co_return Taken::no;
}

}  // namespace postrider::local
