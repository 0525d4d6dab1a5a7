// commands/postlock/mailbox_lock.h - a lock on a mailbox file, as delivery agents take it.
#pragma once

#include <string>
#include <string_view>

#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::postlock {

struct LockStyles {
    bool flock = false;
    bool fcntl = false;
    bool dotlock = false;
};
// The words of mailbox_delivery_lock; fatal for an unknown one.
LockStyles parse_styles(std::string_view words);

// Holds the lock as long as it lives.
class MailboxLock {
  public:
    // Opens the mailbox, making it if need be, and locks it, trying as often as deliver_lock_attempts says.
    static Result<MailboxLock> take(const std::string& path, const LockStyles& styles,
                                    const Settings& settings);
    ~MailboxLock();
    MailboxLock(MailboxLock&&) noexcept;
    MailboxLock& operator=(MailboxLock&&) = delete;
    MailboxLock(const MailboxLock&) = delete;
    MailboxLock& operator=(const MailboxLock&) = delete;

  private:
    MailboxLock() = default;
    Fd file_;
    std::string dot_file_;  // to remove; empty: none
};

}  // namespace postrider::postlock
