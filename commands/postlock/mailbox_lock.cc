// commands/postlock/mailbox_lock.cc - a mailbox file, open and locked as delivery agents lock it.
#include "commands/postlock/mailbox_lock.h"

#include <fcntl.h>
#include <fmt/core.h>

#include <cerrno>

#include "lib/base/file.h"

namespace postrider::postlock {

Result<MailboxLock> MailboxLock::take(const std::string& path, const delivery::MailboxLocks& locks) {
    MailboxLock lock;
    lock.dot_ = std::make_unique<delivery::DotLock>(path);
    if (locks.dotlock && !lock.dot_->take(locks))
        return Error{fmt::format("open file {}: unable to create lock file {}: {}", path, lock.dot_->path(),
                                 errno_text())};
    lock.file_.reset(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.file_) {
        // What is not there would be made.
        const char* what = errno == ENOENT ? "cannot create file exclusively" : "cannot open file";
        return Error{fmt::format("open file {}: {}: {}", path, what, errno_text())};
    }
    if (!delivery::lock_mailbox(lock.file_.get(), locks))
        return Error{
            fmt::format("open file {}: unable to lock for exclusive access: {}", path, errno_text())};
    return lock;
}

}  // namespace postrider::postlock
