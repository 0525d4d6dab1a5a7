// lib/delivery/mailbox_file.h - appending a message to a mailbox file (mbox), in a thread with the user's
// rights.
#pragma once

#include <string>

#include "lib/base/fd.h"
#include "lib/delivery/mailbox_lock.h"
#include "lib/delivery/message_copy.h"
#include "lib/delivery/step.h"

namespace postrider::delivery {

struct MailboxTarget {
    std::string path;
    MailboxLocks locks;
    bool dotlock_may_fail = false;         // a lock file that cannot be made is no obstacle
    std::string trouble_status = "5.2.0";  // of failures that are not about space
    std::int64_t size_limit = 0;           // bytes of the whole file; 0: none
    bool must_be_owned = false;            // by the user (strict_mailbox_ownership)
    bool refuse_executable = false;
    std::string regular_for;  // of this recipient it must be a plain file; empty: a device will do
    // Set when the file is opened, and if need be made, with the rights the process has: the mail spool
    // belongs to root.  The message is written with the rights of `owner`.
    const Rights* owner = nullptr;
};

// Opens or makes the file without following a link that somebody else put there, to be appended to.
// Without it `problem` says why, and errno is not about space.
Fd open_mailbox_file(const std::string& path, std::string& problem, bool& created);

// Locks, appends, syncs; on failure the file is as long as before.  `queue_file`: of the message.
StepResult append_to_mailbox(const MailboxTarget& target, int queue_file, std::int64_t data_offset,
                             const CopyOptions& copy);

}  // namespace postrider::delivery
