// local/dot_forward.cc - the user's .forward file.
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "local/expansion.h"
#include "local/parameters.h"
#include "local/read_list.h"

namespace postrider::local {

namespace {

// The path without what depends on a condition, such as `${extension?{...}}`.
std::string without_conditions(std::string_view path) {
    std::string plain;
    for (std::size_t at = 0; at < path.size(); ++at) {
        const bool opens = path[at] == '$' && at + 1 < path.size() && path[at + 1] == '{';
        const std::size_t close = opens ? path.find('}', at) : std::string_view::npos;
        if (close == std::string_view::npos ||
            path.substr(at, close - at).find_first_of("?:") == std::string_view::npos) {
            plain += path[at];
            continue;
        }
        int depth = 0;
        for (++at; at < path.size(); ++at) {
            if (path[at] == '{') ++depth;
            if (path[at] == '}' && --depth == 0) break;
        }
    }
    return plain;
}

}  // namespace

std::vector<ForwardPath> forward_paths_of(const Settings& settings) {
    std::vector<ForwardPath> paths;
    for (const std::string& path : split_words(settings[forward_path].text)) {
        const std::string plain = without_conditions(path);
        if (names_unknown(settings, plain)) continue;
        const bool needs_extension = plain.find("$extension") != std::string::npos ||
                                     plain.find("${extension}") != std::string::npos ||
                                     plain.find("$(extension)") != std::string::npos;
        paths.push_back({path, needs_extension});
    }
    return paths;
}

Task<Expansion::Taken> Expansion::deliver_dot_forward(Party party, delivery::Rights user) {
    // Who cannot become the user must not follow the user's orders with rights that are not the user's.
    if (!delivery::can_become_others() && user.uid != geteuid()) co_return Taken::no;
    if (!settings_[frozen_delivered_to]) party.delivered_to = party.recipient.recipient;
    for (const ForwardPath& path : agent_.forward_paths) {
        if (path.needs_extension && !party.extension) continue;
        const auto name = expand_for(party, &user, settings_, path.text, settings_[forward_expansion_filter]);
        if (!name) continue;
        const ListFile file = co_await read_forward_file(user, *name);
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
        const auto line_limit = static_cast<std::size_t>(settings_[config::line_length_limit]);
        std::vector<Destination> destinations = parse_list_file(file.content, line_limit);
        if (destinations.empty()) co_return Taken::no;
        const bool noted = co_await note_expansion(party, false);
        if (!noted) co_return Taken::yes;
        party.owner = party.user;
        party.rights = std::move(user);
        party.origin = Origin::forward;
        party.through_include = false;
        ++party.level;
        if (path.needs_extension || !agent_.extend_forward_results) party.unmatched.clear();
        co_await deliver_list(std::move(party), std::move(destinations));
        co_return Taken::yes;
    }
    co_return Taken::no;
}

}  // namespace postrider::local
