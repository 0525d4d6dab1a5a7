// local/mailbox.cc - the user's mailbox, or the transport or command in its place.
#include <arpa/inet.h>
#include <fmt/core.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/delivery/deliver_pass.h"
#include "lib/delivery/mailbox_parameters.h"
#include "local/expansion.h"
#include "local/parameters.h"

namespace postrider::local {

namespace {

// Tells comsat that `user` has new mail at `offset` of the mailbox; nobody may listen.
void notify_biff(const std::string& user, std::int64_t offset) {
    const Fd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in comsat{};
    comsat.sin_family = AF_INET;
    comsat.sin_port = htons(512);
    comsat.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string text = fmt::format("{}@{}", user, offset);
    if (!socket) return;
    [[maybe_unused]] const ssize_t told = ::sendto(socket.get(), text.data(), text.size(), 0,
                                                   reinterpret_cast<sockaddr*>(&comsat), sizeof comsat);
}

}  // namespace

Task<Expansion::Taken> Expansion::deliver_mailbox(Party party) {
    std::string transport = settings_[mailbox_transport];
    const tables::LookupResult own = co_await agent_.mailbox_transports.find(party.user);
    if (own.found == tables::Found::try_again) {
        co_await deferred(party, "4.3.0", "table lookup failure");
        co_return Taken::yes;
    }
    if (own.found == tables::Found::yes) transport = own.value;
    const std::string once = "mailbox " + party.local;
    if (!transport.empty()) {
        if (been_here(once)) co_return Taken::yes;
        co_await delivery::deliver_pass(delivery_, std::move(transport), party.recipient);
        co_return Taken::yes;
    }
    Result<std::optional<delivery::Rights>> user = co_await find_known_user(party.user);
    if (!user) {
        co_await deferred(party, "4.3.0",
                          fmt::format("error looking up passwd info for {}: {}", party.user, user.error()));
        co_return Taken::yes;
    }
    if (!*user) co_return Taken::no;
    if (been_here(once)) co_return Taken::yes;
    co_await deliver_to_user(std::move(party), **user);
    co_return Taken::yes;
}

Task<> Expansion::deliver_to_user(Party party, delivery::Rights user) {
    party.rights = user;
    std::string command = settings_[mailbox_command].text;
    const tables::LookupResult own = co_await agent_.mailbox_commands.find(party.user);
    if (own.found == tables::Found::try_again) {
        co_await deferred(party, "4.3.0", "table lookup failure");
        co_return;
    }
    if (own.found == tables::Found::yes) command = own.value;
    const std::string& home = settings_[home_mailbox];
    const std::string& spool = settings_[delivery::mail_spool_directory];
    if (!command.empty()) {
        co_await deliver_command(std::move(party), std::move(command), false);
    } else if (home.ends_with('/')) {
        std::string path = user.home + "/" + home;
        co_await deliver_maildir(std::move(party), std::move(user), std::move(path));
    } else if (home.empty() && spool.ends_with('/')) {
        std::string path = spool + party.user + "/";
        co_await deliver_maildir(std::move(party), std::move(user), std::move(path));
    } else {
        co_await deliver_mailbox_file(std::move(party), std::move(user));
    }
}

Task<> Expansion::deliver_mailbox_file(Party party, delivery::Rights user) {
    const std::string& home = settings_[home_mailbox];
    const std::string& spool = settings_[delivery::mail_spool_directory];
    delivery::MailboxTarget target;
    target.path = home.empty() ? spool + "/" + party.user : user.home + "/" + home;
    target.locks = agent_.locks;
    target.size_limit = settings_[mailbox_size_limit];
    target.must_be_owned = settings_[delivery::strict_mailbox_ownership];
    if (is_probe()) {
        co_await sent(party, "delivers to mailbox");
        co_return;
    }
    delivery::CopyOptions copy;
    copy.from_line = delivery::from_line(party.sender);
    copy.headers = delivery_headers(party, agent_.delivered_to_file);
    copy.quote_from = true;
    copy.blank_line_at_end = true;
    const int queue_file = delivery_.queue_file();
    const std::int64_t offset = delivery_.request().data_offset;
    // A spool that its users cannot write is opened with root's rights, and the group of the directory when
    // that may write.
    const auto directory = home.empty() ? stat_file(spool) : std::nullopt;
    const bool open_as_root =
        directory && (directory->st_mode & S_IWOTH) == 0 && delivery::can_become_others();
    delivery::Rights opener = user;
    if (open_as_root) {
        const bool group_writes = (directory->st_mode & S_IWGRP) != 0;
        opener = delivery::Rights();  // root
        opener.gid = group_writes ? directory->st_gid : user.gid;
        target.owner = &user;
    }
    std::function<delivery::StepResult()> job = [target, queue_file, offset, copy] {
        return delivery::append_to_mailbox(target, queue_file, offset, copy);
    };
    delivery::StepResult result = co_await delivery::write_as(std::move(opener), std::move(job));
    if (result.kind == delivery::StepResult::Kind::delivered && settings_[biff])
        notify_biff(user.name, result.offset);
    std::string prefix = fmt::format("cannot update mailbox {} for user {}. ", target.path, party.user);
    co_await account(party, std::move(result), "delivered to mailbox", std::move(prefix));
}

}  // namespace postrider::local
