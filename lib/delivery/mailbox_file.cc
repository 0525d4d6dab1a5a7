// lib/delivery/mailbox_file.cc - appending a message to a mailbox file (mbox).
#include "lib/delivery/mailbox_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider::delivery {

namespace {

StepResult errno_problem(const std::string& what, int number, const std::string& otherwise) {
    StepResult result = StepResult::problem(status_of_errno(number, otherwise),
                                            fmt::format("{}: {}", what, errno_text(number)));
    result.diagnostic_type = "x-unix";
    result.diagnostic_text = errno_text(number);
    return result;
}

// A link is followed only when root made it where others cannot.
bool is_trusted_link(const std::string& path) {
    const auto link = lstat_file(path);
    const auto directory = stat_file(directory_name(path));
    return link && S_ISLNK(link->st_mode) && link->st_uid == 0 && directory && directory->st_uid == 0 &&
           (directory->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

// Puts the file back to its old length unless the message is in it.
class Appending {
  public:
    Appending(int fd, off_t start, bool regular) : fd_(fd), start_(start), regular_(regular) {}
    ~Appending() {
        if (!kept_ && regular_ && ::ftruncate(fd_, start_) != 0)
            log::warning("truncate mailbox: {}", errno_text());
    }
    Appending(const Appending&) = delete;
    Appending& operator=(const Appending&) = delete;
    void keep() { kept_ = true; }

  private:
    int fd_;
    off_t start_;
    bool regular_;
    bool kept_ = false;
};

StepResult append(const MailboxTarget& target, int fd, const struct stat& found, int queue_file,
                  std::int64_t data_offset, const CopyOptions& copy) {
    const bool regular = S_ISREG(found.st_mode);
    Appending appending(fd, found.st_size, regular);
    std::int64_t size = found.st_size;
    int failure = 0;
    const Copied copied = copy_message(queue_file, data_offset, copy, [&](std::string_view piece) {
        size += static_cast<std::int64_t>(piece.size());
        const bool fits = target.size_limit <= 0 || !regular || size <= target.size_limit;
        if (fits && write_all(fd, piece.data(), piece.size())) return true;
        failure = fits ? errno : EFBIG;
        return false;
    });
    if (auto missing = no_message(copied)) return std::move(*missing);
    if (copied == Copied::all && regular && ::fsync(fd) != 0) failure = errno;
    if (failure != 0) return errno_problem("error writing message", failure, target.trouble_status);
    appending.keep();
    StepResult result = StepResult::delivered();
    result.offset = found.st_size;
    return result;
}

}  // namespace

Fd open_mailbox_file(const std::string& path, std::string& problem, bool& created) {
    const int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    const int follow = is_trusted_link(path) ? 0 : O_NOFOLLOW;
    Fd file(::open(path.c_str(), flags | follow));
    created = !file && errno == ENOENT;
    if (created) file.reset(::open(path.c_str(), flags | O_CREAT | O_EXCL, 0600));
    // Made by somebody else meanwhile, or a link that leads nowhere.
    if (created && !file && errno == EEXIST) {
        created = false;
        file.reset(::open(path.c_str(), flags | follow));
    }
    // Of a link that leads nowhere the open fails first.
    if (!file && errno == ELOOP && stat_file(path)) {
        problem = "file is a symbolic link";
        return Fd();
    }
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0) {
        problem = fmt::format("{}: {}", created ? "cannot create file exclusively" : "cannot open file",
                              errno_text());
        return Fd();
    }
    if (S_ISREG(found.st_mode) && found.st_nlink != 1) {
        problem = fmt::format("file has {} hard links", found.st_nlink);
        errno = EPERM;
        return Fd();
    }
    set_nonblocking(file.get(), false);
    return file;
}

StepResult append_to_mailbox(const MailboxTarget& target, int queue_file, std::int64_t data_offset,
                             const CopyOptions& copy) {
    const bool as_root = can_become_others();
    DotLock dot(target.path);
    const auto existing = stat_file(target.path);
    std::string lock_warning;
    const bool wants_dot = target.locks.dotlock && (!existing || S_ISREG(existing->st_mode));
    if (wants_dot && !dot.take(target.locks)) {
        const std::string problem =
            fmt::format("unable to create lock file {}: {}", dot.path(), errno_text());
        if (errno == EEXIST || !target.dotlock_may_fail)
            return StepResult::problem(
                errno == EEXIST ? "4.2.0" : status_of_errno(errno, target.trouble_status), problem);
        // Compat: the other locks have to do where no lock file can be made.
        lock_warning = problem;
    }
    std::string problem;
    bool created = false;
    const Fd file = open_mailbox_file(target.path, problem, created);
    if (!file) {
        StepResult result = StepResult::problem(status_of_errno(errno, target.trouble_status), problem);
        if (!lock_warning.empty()) result.warn(lock_warning);
        return result;
    }
    if (created && as_root && target.owner != nullptr &&
        ::fchown(file.get(), target.owner->uid, static_cast<gid_t>(-1)) != 0)
        return errno_problem("cannot change owner of mailbox", errno, target.trouble_status);
    struct stat found {};
    if (::fstat(file.get(), &found) != 0) return errno_problem("fstat", errno, target.trouble_status);
    if (S_ISREG(found.st_mode) && !lock_mailbox(file.get(), target.locks))
        return StepResult::problem("4.2.0", "unable to lock for exclusive access: " + errno_text());
    if (::fstat(file.get(), &found) != 0) return errno_problem("fstat", errno, target.trouble_status);
    if (target.refuse_executable && S_ISREG(found.st_mode) && (found.st_mode & 0111) != 0)
        return StepResult::problem("5.7.1", "file is executable");
    if (!target.regular_for.empty() && !S_ISREG(found.st_mode)) {
        StepResult result = StepResult::problem("5.3.5", "mail system configuration error");
        result.warn(fmt::format("recipient {}: destination {} is not a regular file", target.regular_for,
                                target.path));
        return result;
    }
    const uid_t user = target.owner != nullptr ? target.owner->uid : geteuid();
    if (target.must_be_owned && found.st_uid != user) {
        StepResult result = StepResult::problem(
            "4.2.0", fmt::format("destination {} is not owned by recipient", target.path));
        result.warn("specify \"strict_mailbox_ownership = no\" to ignore mailbox ownership mismatch");
        return result;
    }
    if (target.owner == nullptr || !as_root)
        return append(target, file.get(), found, queue_file, data_offset, copy);
    // So that quotas count.  The lock file is removed with the rights that made it.
    const ThreadActingAs acting(*target.owner);
    if (!acting.acting())
        return StepResult::problem("4.3.0", fmt::format("cannot act as user {}", target.owner->name));
    return append(target, file.get(), found, queue_file, data_offset, copy);
}

}  // namespace postrider::delivery
