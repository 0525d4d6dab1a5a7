// local/deliver_list.cc - delivering to the entries of an alias, a .forward or an :include: file.
#include <fmt/core.h>

#include "lib/base/text.h"
#include "lib/ipc/rewrite_client.h"
#include "local/expansion.h"

namespace postrider::local {

Task<> Expansion::deliver_list(Party party, std::vector<Destination> destinations) {
    if (destinations.empty()) {
        // An empty list file is a list without members.
        co_await sent(party, "delivered to a list without members");
        co_return;
    }
    for (const Destination& destination : destinations) co_await deliver_destination(party, destination);
}

Task<> Expansion::deliver_destination(Party party, Destination destination) {
    switch (destination.kind) {
        case Destination::Kind::command:
            co_await deliver_command(std::move(party), std::move(destination.text), true);
            break;
        case Destination::Kind::file:
            co_await deliver_file(std::move(party), std::move(destination.text));
            break;
        case Destination::Kind::home_file: {
            // "~/path" is below the home of whose list this is; "~user/path" nobody can ask for.
            const bool own = destination.text.starts_with('/');
            if (!own || !party.rights) {
                std::string problem =
                    fmt::format("{} for: ~{}", own ? "unknown home directory" : "bad home directory syntax",
                                destination.text);
                co_await misconfigured(party, std::move(problem));
                break;
            }
            std::string path = party.rights->home + destination.text;
            co_await deliver_file(std::move(party), std::move(path));
            break;
        }
        case Destination::Kind::include:
            co_await deliver_include(std::move(party), std::move(destination.text));
            break;
        case Destination::Kind::address:
            co_await deliver_address(std::move(party), std::move(destination.text), false);
            break;
        case Destination::Kind::mailbox_only:
            co_await deliver_address(std::move(party), std::move(destination.text), true);
            break;
    }
}

Task<> Expansion::deliver_address(Party party, std::string address, bool mailbox_only) {
    const Result<std::string> rewritten = co_await ipc::rewrite(ipc::RewriteRule::local, address);
    if (!rewritten) {
        co_await deferred(party, "4.3.0", "address rewriting service failure");
        co_return;
    }
    std::string complete = *rewritten;
    const Result<ipc::Resolved> resolved = co_await ipc::resolve(party.sender, complete);
    if (!resolved) {
        co_await deferred(party, "4.3.0", "address resolver failure");
        co_return;
    }
    if (resolved->invalid) {
        co_await failed(party, "5.1.3", "bad recipient address syntax: " + address);
        co_return;
    }
    std::string next = resolved->recipient;
    if (!party.unmatched.empty()) {
        const std::size_t at = next.rfind('@');
        next.insert(at == std::string::npos ? next.size() : at, party.unmatched);
    }
    // Elsewhere the backslash is part of the name.
    const bool is_local = resolved->transport == agent_.service;
    if (mailbox_only && !is_local) next.insert(0, 1, '\\');
    set_address(party, std::move(next));
    if (!is_local) {
        deliver_indirect(std::move(party));
    } else if (mailbox_only) {
        const Taken delivered = co_await deliver_mailbox(party);
        if (delivered == Taken::no) co_await deliver_unknown(std::move(party));
    } else {
        co_await deliver_recipient(std::move(party));
    }
}

}  // namespace postrider::local
