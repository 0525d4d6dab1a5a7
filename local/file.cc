// local/file.cc - mail to a /file or a /maildir/ that an alias, .forward or :include: file names, and to
// Maildirs.
#include <fmt/core.h>

#include "lib/config/global_parameters.h"
#include "lib/delivery/maildir.h"
#include "local/expansion.h"
#include "local/parameters.h"

namespace postrider::local {

Task<> Expansion::deliver_file(Party party, std::string path) {
    const delivery::Rights rights =
        party.rights && !party.rights->is_root() ? *party.rights : agent_.default_rights;
    if (been_here(fmt::format("file {} {}", rights.uid, path))) co_return;
    if (!agent_.may_deliver(agent_.files_from, party.origin)) {
        co_await failed_to_owner(party, "5.7.1", "mail to file is restricted");
        co_return;
    }
    if (path.ends_with('/')) {
        co_await deliver_maildir(std::move(party), rights, std::move(path));
        co_return;
    }
    if (is_probe()) {
        co_await sent(party, "delivers to file: " + path);
        co_return;
    }
    delivery::MailboxTarget target;
    target.path = path;
    target.locks = agent_.locks;
    target.dotlock_may_fail = true;
    target.size_limit = settings_[mailbox_size_limit];
    target.refuse_executable = true;
    delivery::CopyOptions copy;
    copy.from_line = delivery::from_line(party.sender);
    copy.headers = delivery_headers(party, agent_.delivered_to_file);
    copy.quote_from = true;
    copy.blank_line_at_end = true;
    const int queue_file = delivery_.queue_file();
    const std::int64_t offset = delivery_.request().data_offset;
    std::function<delivery::StepResult()> job = [target, queue_file, offset, copy] {
        return delivery::append_to_mailbox(target, queue_file, offset, copy);
    };
    delivery::StepResult result = co_await delivery::write_as(rights, std::move(job));
    co_await account_to_owner(party, std::move(result), "delivered to file: " + path,
                              fmt::format("cannot append message to file {}: ", path));
}

Task<> Expansion::deliver_maildir(Party party, delivery::Rights user, std::string path) {
    if (is_probe()) {
        co_await sent(party, "delivers to maildir");
        co_return;
    }
    delivery::CopyOptions copy;
    copy.headers = delivery_headers(party, agent_.delivered_to_file);
    const int queue_file = delivery_.queue_file();
    const std::int64_t offset = delivery_.request().data_offset;
    const std::string host = settings_[config::myhostname];
    const long limit = settings_[mailbox_size_limit];
    std::function<delivery::StepResult()> job = [path, host, limit, queue_file, offset, copy] {
        return delivery::deliver_to_maildir(path, host, limit, queue_file, offset, copy);
    };
    delivery::StepResult result = co_await delivery::write_as(std::move(user), std::move(job));
    co_await account(party, std::move(result), "delivered to maildir", "");
}

}  // namespace postrider::local
