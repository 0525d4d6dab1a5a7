// lib/base/file.cc - files read and written whole, and the directories they live in.
#include "lib/base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>

namespace postrider {

std::string errno_text(int number) {
    return std::strerror(number);
}
std::string errno_text() {
    return errno_text(errno);
}

Result<std::string> read_file(const std::string& path) {
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return Error{fmt::format("open {}: {}", path, errno_text())};
    std::string content;
    char chunk[16384];
    for (;;) {
        const ssize_t n = ::read(file.get(), chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return Error{fmt::format("read {}: {}", path, errno_text())};
        if (n == 0) return content;
        content.append(chunk, static_cast<std::size_t>(n));
    }
}

Result<void> replace_file(const std::string& path, std::string_view content, mode_t mode) {
    const std::string temporary = fmt::format("{}.{}.tmp", path, getpid());
    const auto failed = [&](const char* what) {
        Error error{fmt::format("{} {}: {}", what, temporary, errno_text())};
        ::unlink(temporary.c_str());
        return error;
    };
    ::unlink(temporary.c_str());
    const Fd file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return Error{fmt::format("create {}: {}", temporary, errno_text())};
    if (const auto old = stat_file(path)) {
        mode = old->st_mode & 07777;
        if (::fchown(file.get(), old->st_uid, old->st_gid) != 0 && geteuid() == 0) return failed("chown");
    }
    if (!write_all(file.get(), content.data(), content.size())) return failed("write");
    if (::fchmod(file.get(), mode) != 0) return failed("chmod");
    if (::fsync(file.get()) != 0) return failed("fsync");
    if (::rename(temporary.c_str(), path.c_str()) != 0) return failed("rename");
    return {};
}

Result<void> make_directory(const std::string& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) == 0 || errno == EEXIST) return {};
    return Error{fmt::format("mkdir {}: {}", path, errno_text())};
}

std::optional<struct stat> stat_file(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return std::nullopt;
    return found;
}

std::optional<struct stat> lstat_file(const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) return std::nullopt;
    return found;
}

Result<std::vector<std::string>> list_directory(const std::string& path) {
    DIR* directory = ::opendir(path.c_str());
    if (directory == nullptr) return Error{fmt::format("open directory {}: {}", path, errno_text())};
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(directory)) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    ::closedir(directory);
    return names;
}

std::string base_name(std::string_view path) {
    while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1));
}

std::string directory_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return ".";
    return std::string(slash == 0 ? "/" : path.substr(0, slash));
}

namespace {
FileVersion version_of(const struct stat& status) {
    FileVersion version;
    version.device = status.st_dev;
    version.inode = status.st_ino;
    version.modified_ns = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
    version.size = status.st_size;
    return version;
}
}  // namespace

std::optional<FileVersion> file_version(const std::string& path) {
    const auto found = stat_file(path);
    if (!found) return std::nullopt;
    return version_of(*found);
}

std::optional<FileVersion> file_version(int fd) {
    struct stat found {};
    if (::fstat(fd, &found) != 0 || found.st_nlink == 0) return std::nullopt;
    return version_of(found);
}

bool lock_file(int fd, LockMode mode, LockWait wait, LockStyle style) {
    int answer = 0;
    do {
        if (style == LockStyle::flock) {
            answer = ::flock(
                fd, (mode == LockMode::shared ? LOCK_SH : LOCK_EX) | (wait == LockWait::no ? LOCK_NB : 0));
        } else {
            struct flock lock {};
            lock.l_type = mode == LockMode::shared ? F_RDLCK : F_WRLCK;
            lock.l_whence = SEEK_SET;
            answer = ::fcntl(fd, wait == LockWait::yes ? F_SETLKW : F_SETLK, &lock);
        }
    } while (answer != 0 && errno == EINTR);
    if (answer != 0 && (errno == EACCES || errno == EWOULDBLOCK)) errno = EAGAIN;
    return answer == 0;
}

bool unlock_file(int fd, LockStyle style) {
    if (style == LockStyle::flock) return ::flock(fd, LOCK_UN) == 0;
    struct flock lock {};
    lock.l_type = F_UNLCK;
    lock.l_whence = SEEK_SET;
    return ::fcntl(fd, F_SETLK, &lock) == 0;
}

}  // namespace postrider
