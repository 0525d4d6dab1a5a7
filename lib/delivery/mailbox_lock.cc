// lib/delivery/mailbox_lock.cc - locks on mailbox files: mailbox_delivery_lock, virtual_mailbox_lock.
#include "lib/delivery/mailbox_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <thread>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::delivery {

namespace {

// Waiting for a lock of somebody else, for as long as deliver_lock_attempts times deliver_lock_delay.  Who
// holds it is mostly another delivery, done in milliseconds: the first looks follow each other quickly.
class Patience {
  public:
    explicit Patience(const MailboxLocks& locks)
        : longest_(locks.delay), left_(longest_ * std::max(locks.attempts - 1, 0)) {}
    // False when there was enough waiting.
    bool wait() {
        if (left_ <= Pause::zero()) return false;
        const Pause pause = std::min({next_, longest_, left_});
        std::this_thread::sleep_for(pause);
        left_ -= pause;
        next_ *= 2;
        return true;
    }

  private:
    using Pause = std::chrono::milliseconds;
    Pause longest_;
    Pause left_;
    Pause next_{1};
};

}  // namespace

MailboxLocks parse_mailbox_locks(const Settings& settings, std::string_view words) {
    MailboxLocks locks;
    for (const std::string& word : split_words(words)) {
        if (word == "flock") {
            locks.flock = true;
        } else if (word == "fcntl") {
            locks.fcntl = true;
        } else if (word == "dotlock") {
            locks.dotlock = true;
        } else {
            fatal("unknown mailbox_delivery_lock value \"{}\" in \"{}\"", word, words);
        }
    }
    locks.attempts = settings[config::deliver_lock_attempts];
    locks.delay = settings[config::deliver_lock_delay];
    locks.stale = settings[config::stale_lock_time];
    return locks;
}

DotLock::~DotLock() {
    if (held_) ::unlink(path_.c_str());
}

bool DotLock::take(const MailboxLocks& locks) {
    Patience patience(locks);
    for (;;) {
        const Fd file(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0));
        held_ = static_cast<bool>(file);
        if (held_) return true;
        if (errno != EEXIST) return false;
        const auto old = stat_file(path_);
        const bool stale = old && std::time(nullptr) - old->st_ctime > locks.stale.count();
        if (stale && ::unlink(path_.c_str()) == 0) continue;
        if (patience.wait()) continue;
        errno = EEXIST;
        return false;
    }
}

bool lock_mailbox(int fd, const MailboxLocks& locks) {
    Patience patience(locks);
    for (;;) {
        const bool taken =
            (!locks.flock || lock_file(fd, LockMode::exclusive, LockWait::no, LockStyle::flock)) &&
            (!locks.fcntl || lock_file(fd, LockMode::exclusive, LockWait::no, LockStyle::fcntl));
        if (taken) return true;
        if (errno != EAGAIN) return false;
        if (locks.flock) unlock_file(fd, LockStyle::flock);
        if (patience.wait()) continue;
        errno = EAGAIN;
        return false;
    }
}

}  // namespace postrider::delivery
