// local/read_list.cc - reading .forward and :include: files with the rights of a user.
#include "local/read_list.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/delivery/step.h"

namespace postrider::local {

namespace {

constexpr off_t largest_file = 1 << 20;

ListFile without_content(ListFile::Kind kind, std::string problem) {
    ListFile file;
    file.kind = kind;
    file.problem = std::move(problem);
    return file;
}
ListFile refused(std::string problem) {
    return without_content(ListFile::Kind::refused, std::move(problem));
}
ListFile unreadable(std::string problem) {
    return without_content(ListFile::Kind::unreadable, std::move(problem));
}

// What the system lacks for the moment says nothing of the file, whose orders must not be passed over.
ListFile not_opened(std::string problem, int number) {
    const bool later = delivery::status_of_errno(number, "5").front() == '4';
    return later ? unreadable(std::move(problem)) : refused(std::move(problem));
}

// The content of an open file, or why there is none.
ListFile read_content(int fd, const std::string& path, const struct stat& found) {
    if (found.st_size > largest_file) return refused(fmt::format("file {} is too large", path));
    std::string content(static_cast<std::size_t>(found.st_size), '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t n = ::read(fd, content.data() + size, content.size() - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return unreadable(fmt::format("read {}: {}", path, errno_text()));
        if (n == 0) break;
        size += static_cast<std::size_t>(n);
    }
    content.resize(size);
    ListFile file;
    file.kind = ListFile::Kind::found;
    file.content = std::move(content);
    file.owner = found.st_uid;
    return file;
}

bool is_missing(int number) {
    return number == ENOENT || number == ENOTDIR || number == EACCES || number == ELOOP;
}

ListFile read_forward(const std::string& path, uid_t owner) {
    struct stat named {};
    if (::lstat(path.c_str(), &named) != 0) {
        if (is_missing(errno)) return without_content(ListFile::Kind::missing, "");
        return unreadable(fmt::format("cannot look at file {}: {}", path, errno_text()));
    }
    const auto objection = [&](const struct stat& found) -> std::string {
        if (!S_ISREG(found.st_mode)) return fmt::format("file {} is not a regular file", path);
        if (found.st_uid != 0 && found.st_uid != owner)
            return fmt::format("file {} has bad owner uid {}", path, found.st_uid);
        if ((found.st_mode & S_IWOTH) != 0) return fmt::format("file {} is world writable", path);
        return "";
    };
    if (const std::string problem = objection(named); !problem.empty()) return refused(problem);
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0)
        return not_opened(fmt::format("cannot open file {}: {}", path, errno_text()), errno);
    // It may be another one by now.
    if (const std::string problem = objection(found); !problem.empty()) return refused(problem);
    return read_content(file.get(), path, found);
}

ListFile read_include(const std::string& path, bool as_root) {
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0)
        return not_opened(fmt::format("cannot open include file {}: {}", path, errno_text()), errno);
    if (!S_ISREG(found.st_mode)) return refused(fmt::format(":include: file {} is not a regular file", path));
    if ((found.st_mode & S_IWOTH) != 0)
        return refused(fmt::format(":include: file {} is world writable", path));
    if (as_root && found.st_uid != geteuid())
        return refused(fmt::format(":include: file {} has changed its owner", path));
    return read_content(file.get(), path, found);
}

}  // namespace

Task<ListFile> read_forward_file(delivery::Rights user, std::string path) {
    const uid_t owner = user.uid;
    std::function<ListFile()> job = [path, owner] { return read_forward(path, owner); };
    Result<ListFile> file = co_await delivery::act_as(std::move(user), std::move(job));
    if (!file) co_return unreadable(fmt::format("cannot read {}: {}", path, file.error()));
    co_return std::move(*file);
}

Task<ListFile> read_include_file(std::optional<delivery::Rights> reader, std::string path) {
    const bool as_root = !reader && delivery::can_become_others();
    std::function<ListFile()> job = [path, as_root] { return read_include(path, as_root); };
    if (!reader) {
        ListFile file = co_await async::offload(std::move(job));
        co_return file;
    }
    Result<ListFile> file = co_await delivery::act_as(std::move(*reader), std::move(job));
    if (!file) co_return unreadable(fmt::format("cannot read {}: {}", path, file.error()));
    co_return std::move(*file);
}

}  // namespace postrider::local
