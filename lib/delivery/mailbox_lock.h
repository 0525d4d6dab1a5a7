// lib/delivery/mailbox_lock.h - locks on mailbox files: mailbox_delivery_lock, virtual_mailbox_lock.
//
// Blocking; in a thread with the user's rights, or in a command.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "lib/config/settings.h"

namespace postrider::delivery {

struct MailboxLocks {
    bool flock = false;
    bool fcntl = false;
    bool dotlock = false;
    int attempts = 20;
    std::chrono::seconds delay{1};
    std::chrono::seconds stale{500};
};
// The words of mailbox_delivery_lock or virtual_mailbox_lock; unknown ones are fatal.
MailboxLocks parse_mailbox_locks(const Settings& settings, std::string_view words);

// PATH.lock, removed again.
class DotLock {
  public:
    explicit DotLock(const std::string& path) : path_(path + ".lock") {}
    ~DotLock();
    DotLock(const DotLock&) = delete;
    DotLock& operator=(const DotLock&) = delete;

    // Makes the lock file; one that nobody has touched for a long time is taken away first.  False with
    // errno; EEXIST: somebody else has it.
    bool take(const MailboxLocks& locks);
    const std::string& path() const { return path_; }

  private:
    std::string path_;
    bool held_ = false;
};

// The locks that an open file has: until it is closed.  False with errno; EAGAIN: somebody else has it.
bool lock_mailbox(int fd, const MailboxLocks& locks);

}  // namespace postrider::delivery
