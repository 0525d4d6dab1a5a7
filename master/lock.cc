// master/lock.cc - at most one master(8) per queue directory.
#include "master/lock.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::master {

Result<MasterLock> MasterLock::take(const std::string& path) {
    Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file) return Error{fmt::format("open lock file {}: {}", path, errno_text())};
    if (!lock_file(file.get(), LockMode::exclusive, LockWait::no)) {
        const Result<std::string> holder = read_file(path);
        return Error{fmt::format("the lock on {} is held: the mail system is already running (process {})",
                                 path, holder ? std::string(trim(*holder)) : std::string("unknown"))};
    }
    return MasterLock(std::move(file));
}

bool MasterLock::is_held(const std::string& path) {
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) return false;
    return !lock_file(file.get(), LockMode::shared, LockWait::no);
}

void MasterLock::write_pid() {
    const std::string text = fmt::format("{:>11}\n", getpid());
    if (::ftruncate(file_.get(), 0) != 0 ||
        ::pwrite(file_.get(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
        log::warning("write process ID to the lock file: {}", errno_text());
}

}  // namespace postrider::master
