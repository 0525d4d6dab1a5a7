// commands/postlock/mailbox_lock.h - a mailbox file, open and locked as delivery agents lock it.
#pragma once

#include <memory>
#include <string>

#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/delivery/mailbox_lock.h"

namespace postrider::postlock {

// Holds the lock as long as it lives.
class MailboxLock {
  public:
    // Opens the mailbox, making it if need be, and locks it.
    static Result<MailboxLock> take(const std::string& path, const delivery::MailboxLocks& locks);

  private:
    std::unique_ptr<delivery::DotLock> dot_;
    Fd file_;
};

}  // namespace postrider::postlock
