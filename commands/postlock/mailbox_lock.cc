// commands/postlock/mailbox_lock.cc - a lock on a mailbox file, as delivery agents take it.
#include "commands/postlock/mailbox_lock.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <thread>
#include <utility>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::postlock {

namespace {

// Makes the lock file; one that nobody has touched for a long time is taken away first.
bool make_dot_file(const std::string& path, std::chrono::seconds stale) {
    const auto existing = lstat_file(path);
    if (existing && existing->st_mtime + stale.count() < time(nullptr)) ::unlink(path.c_str());
    const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return static_cast<bool>(file);
}

bool lock_open_file(int fd, const LockStyles& styles) {
    if (styles.flock && !lock_file(fd, LockMode::exclusive, LockWait::no, LockStyle::flock)) return false;
    return !styles.fcntl || lock_file(fd, LockMode::exclusive, LockWait::no, LockStyle::fcntl);
}

}  // namespace

LockStyles parse_styles(std::string_view words) {
    LockStyles styles;
    for (const std::string& word : split_words(words)) {
        if (word == "flock")
            styles.flock = true;
        else if (word == "fcntl")
            styles.fcntl = true;
        else if (word == "dotlock")
            styles.dotlock = true;
        else
            fatal("unknown mailbox_delivery_lock value \"{}\" in \"{}\"", word, words);
    }
    return styles;
}

Result<MailboxLock> MailboxLock::take(const std::string& path, const LockStyles& styles,
                                      const Settings& settings) {
    MailboxLock lock;
    const int attempts = settings[config::deliver_lock_attempts];
    const Seconds delay = settings[config::deliver_lock_delay];
    const std::string dot_file = path + ".lock";
    for (int attempt = 1;; ++attempt) {
        const bool has_dot_file = !styles.dotlock || !lock.dot_file_.empty() ||
                                  make_dot_file(dot_file, settings[config::stale_lock_time]);
        if (!has_dot_file && errno != EEXIST)
            return Error{
                fmt::format("open file {}: unable to create lock file {}: {}", path, dot_file, errno_text())};
        if (has_dot_file && styles.dotlock) lock.dot_file_ = dot_file;
        if (has_dot_file && !lock.file_) {
            lock.file_.reset(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
            if (!lock.file_)
                return Error{fmt::format("open file {}: cannot open file: {}", path, errno_text())};
        }
        if (has_dot_file && lock_open_file(lock.file_.get(), styles)) return lock;
        if (attempt >= attempts) return Error{fmt::format("unable to lock {} for exclusive access", path)};
        std::this_thread::sleep_for(delay);
    }
}

MailboxLock::MailboxLock(MailboxLock&& other) noexcept
    : file_(std::move(other.file_)), dot_file_(std::exchange(other.dot_file_, "")) {}

MailboxLock::~MailboxLock() {
    if (!dot_file_.empty()) ::unlink(dot_file_.c_str());
}

}  // namespace postrider::postlock
