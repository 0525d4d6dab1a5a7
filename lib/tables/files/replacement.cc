// lib/tables/files/replacement.cc - a new version of a file, made aside and put in place at once.
#include "lib/tables/files/replacement.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <cstdlib>
#include <utility>

#include "lib/base/file.h"

namespace postrider::tables {

namespace {

Error failure(std::string_view what, const std::string& path) {
    return Error{fmt::format("{} {}: {}", what, path, errno_text())};
}

// Copies from the current positions until end of file.
bool copy_bytes(int from, int to) {
    char chunk[65536];
    for (;;) {
        const ssize_t n = ::read(from, chunk, sizeof chunk);
        if (n == 0) return true;
        if (n < 0 || !write_all(to, chunk, static_cast<std::size_t>(n))) return false;
    }
}

bool directory_is_writable(const std::string& path) {
    return ::faccessat(AT_FDCWD, directory_name(path).c_str(), W_OK, AT_EACCESS) == 0;
}

void sync_directory(const std::string& path) {
    const Fd directory(::open(directory_name(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory) ::fsync(directory.get());
}

}  // namespace

Replacement::~Replacement() {
    if (!path_.empty()) ::unlink(path_.c_str());
    if (!directory_.empty()) ::rmdir(directory_.c_str());
}

void Replacement::swap(Replacement& other) noexcept {
    std::swap(target_, other.target_);
    std::swap(path_, other.path_);
    std::swap(directory_, other.directory_);
    std::swap(mode_, other.mode_);
    std::swap(locked_, other.locked_);
}

Result<Replacement> Replacement::begin(const std::string& target, bool copy, mode_t mode) {
    Replacement made;
    made.target_ = target;
    made.mode_ = mode;
    if (Result<void> locked = made.lock_target(); !locked) return Error{locked.error()};
    if (made.locked_ && !directory_is_writable(target)) {
        char name[] = "/tmp/postmap-XXXXXX";
        if (::mkdtemp(name) == nullptr) return failure("create directory", name);
        made.directory_ = name;
        made.path_ = made.directory_ + "/new";
    } else {
        made.path_ = fmt::format("{}.{}.tmp", target, getpid());
        ::unlink(made.path_.c_str());
    }
    if (!copy || !made.locked_) return made;
    const Fd file(::open(made.path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return failure("create", made.path_);
    if (!copy_bytes(made.locked_.get(), file.get())) return failure("copy to", made.path_);
    return made;
}

// Opens and locks the old version, if there is one.  Whoever waited for the lock may hold a file that is no
// longer the target: then once more.
Result<void> Replacement::lock_target() {
    for (;;) {
        locked_.reset(::open(target_.c_str(), O_RDWR | O_CLOEXEC));
        if (!locked_ && errno == ENOENT) return {};
        if (!locked_) return failure("open database", target_);
        if (!lock_file(locked_.get(), LockMode::exclusive, LockWait::yes)) return failure("lock", target_);
        struct stat held {};
        const auto now = stat_file(target_);
        if (now && ::fstat(locked_.get(), &held) == 0 && held.st_ino == now->st_ino &&
            held.st_dev == now->st_dev)
            return {};
    }
}

Result<void> Replacement::commit() {
    if (!directory_.empty()) return copy_over();
    const Fd file(::open(path_.c_str(), O_RDWR | O_CLOEXEC));
    if (!file) return failure("open", path_);
    struct stat old {};
    mode_t mode = mode_;
    if (locked_ && ::fstat(locked_.get(), &old) == 0) {
        mode = old.st_mode & 07777;
        // Keeping the group matters where it may; not being allowed to is no failure.
        if (::fchown(file.get(), old.st_uid, old.st_gid) != 0 &&
            ::fchown(file.get(), geteuid(), old.st_gid) != 0)
            mode &= ~static_cast<mode_t>(070);
    }
    if (::fchmod(file.get(), mode) != 0) return failure("change mode of", path_);
    if (::fsync(file.get()) != 0) return failure("sync", path_);
    if (::rename(path_.c_str(), target_.c_str()) != 0) return failure("rename to", target_);
    path_.clear();
    locked_.reset();
    sync_directory(target_);
    return {};
}

Result<void> Replacement::copy_over() {
    const Fd file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return failure("open", path_);
    if (::lseek(locked_.get(), 0, SEEK_SET) != 0 || ::ftruncate(locked_.get(), 0) != 0)
        return failure("truncate", target_);
    if (!copy_bytes(file.get(), locked_.get()) || ::fsync(locked_.get()) != 0)
        return failure("write", target_);
    locked_.reset();
    return {};
}

}  // namespace postrider::tables
