// commands/postlock/mailbox_lock.cc - a mailbox file, open and locked as delivery agents lock it.
#include "commands/postlock/mailbox_lock.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>

#include "lib/base/file.h"
#include "lib/delivery/mailbox_file.h"

namespace postrider::postlock {

Result<MailboxLock> MailboxLock::take(const std::string& path, const delivery::MailboxLocks& locks) {
    MailboxLock lock;
    lock.dot_ = std::make_unique<delivery::DotLock>(path);
    const auto existing = stat_file(path);
    const bool is_file = !existing || S_ISREG(existing->st_mode);
    if (is_file && locks.dotlock && !lock.dot_->take(locks))
        return Error{fmt::format("open file {}: unable to create lock file {}: {}", path, lock.dot_->path(),
                                 errno_text())};
    std::string problem;
    bool created = false;
    lock.file_ = delivery::open_mailbox_file(path, problem, created);
    if (!lock.file_) return Error{fmt::format("open file {}: {}", path, problem)};
    struct stat found {};
    if (::fstat(lock.file_.get(), &found) != 0)
        return Error{fmt::format("open file {}: {}", path, errno_text())};
    if (!S_ISREG(found.st_mode)) return lock;
    if (!delivery::lock_mailbox(lock.file_.get(), locks))
        return Error{
            fmt::format("open file {}: unable to lock for exclusive access: {}", path, errno_text())};
    return lock;
}

}  // namespace postrider::postlock
