// lib/delivery/maildir.cc - delivering a message into a Maildir.
#include "lib/delivery/maildir.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "lib/base/fd.h"
#include "lib/base/file.h"

namespace postrider::delivery {

namespace {

StepResult trouble(const std::string& what, int number, const std::string& otherwise) {
    return StepResult::problem(status_of_errno(number, otherwise),
                               fmt::format("maildir delivery failed: {}: {}", what, errno_text(number)));
}

StepResult write_trouble(int number, const std::string& otherwise) {
    StepResult result = trouble("error writing message", number, otherwise);
    result.diagnostic_type = "x-unix";
    result.diagnostic_text = errno_text(number);
    return result;
}

// A file that cannot be made, and why that may be.
StepResult create_trouble(const std::string& name, int number, const std::string& otherwise) {
    StepResult result = trouble("create maildir file " + name, number, otherwise);
    if (number == EACCES) {
        result.warn(fmt::format("maildir access problem for UID/GID={}/{}: create maildir file {}: {}",
                                geteuid(), getegid(), name, errno_text(number)));
        result.warn("perhaps you need to create the maildirs in advance");
    }
    return result;
}

// Makes the directory and what is missing above it.
bool make_directories(const std::string& path) {
    for (std::size_t at = 1; at <= path.size(); ++at) {
        if (at < path.size() && path[at] != '/') continue;
        const std::string part = path.substr(0, at);
        if (::mkdir(part.c_str(), 0700) == 0 || errno == EEXIST) continue;
        const int failure = errno;
        if (stat_file(part)) continue;
        errno = failure;
        return false;
    }
    return true;
}

// The file in tmp/, removed again unless it got its name in new/.
struct TemporaryFile {
    std::string path;
    Fd file;
    TemporaryFile() = default;
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (file && !moved) ::unlink(path.c_str());
    }
    bool create() {
        file.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        return static_cast<bool>(file);
    }
    // Gives the file its name, if nothing has that yet; errno tells why not.
    bool move_to(const std::string& name) {
        moved = ::renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0;
        // File systems without that flag (NFS) have links.
        return moved || ((errno == EINVAL || errno == ENOSYS) && ::link(path.c_str(), name.c_str()) == 0);
    }
    bool moved = false;
};

std::int64_t now_in_microseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

std::string maildir_name(std::int64_t microseconds, dev_t device, ino_t inode, std::string_view host) {
    return fmt::format("{}.V{:x}I{:x}M{}.{}", microseconds / 1'000'000, device, inode,
                       microseconds % 1'000'000, host);
}

StepResult deliver_to_maildir(const std::string& path, const std::string& host, std::int64_t size_limit,
                              int queue_file, std::int64_t data_offset, const CopyOptions& copy,
                              const std::string& trouble_status, MaildirQuota* quota) {
    const std::int64_t now = now_in_microseconds();
    TemporaryFile temporary;
    temporary.path = fmt::format("{}tmp/{}.P{}.{}", path, now / 1'000'000, getpid(), host);
    if (!temporary.create()) {
        const bool made = errno == ENOENT && make_directories(path + "tmp");
        if (!made || !temporary.create()) return create_trouble(temporary.path, errno, trouble_status);
    }
    std::int64_t size = 0;
    int failure = 0;
    const Copied copied = copy_message(queue_file, data_offset, copy, [&](std::string_view piece) {
        size += static_cast<std::int64_t>(piece.size());
        const bool fits = size_limit <= 0 || size <= size_limit;
        if (fits && write_all(temporary.file.get(), piece.data(), piece.size())) return true;
        failure = fits ? errno : EFBIG;
        return false;
    });
    if (auto missing = no_message(copied)) return std::move(*missing);
    struct stat found {};
    if (copied == Copied::all && ::fstat(temporary.file.get(), &found) != 0) failure = errno;
    if (failure != 0) return write_trouble(failure, trouble_status);
    if (quota != nullptr && !quota->admits(size)) return quota->refusal();
    std::string name = path + "new/" + maildir_name(now, found.st_dev, found.st_ino, host);
    if (quota != nullptr) name += fmt::format(",S={}", size);
    bool named = temporary.move_to(name);
    if (!named && errno == ENOENT && make_directories(path + "new") && make_directories(path + "cur"))
        named = temporary.move_to(name);
    if (!named) return create_trouble(name, errno, trouble_status);
    // One sync after that makes content and name durable together; before it the message is whole already.
    if (::fsync(temporary.file.get()) != 0) {
        failure = errno;
        ::unlink(name.c_str());
        return write_trouble(failure, trouble_status);
    }
    if (quota != nullptr) quota->add(size);
    return StepResult::delivered();
}

}  // namespace postrider::delivery
