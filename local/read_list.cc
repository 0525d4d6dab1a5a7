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
constexpr auto read_limit = std::chrono::seconds(60);

// The answer of the child: a letter for the kind, the owner, a space, then problem or content.
std::string answer(char kind, uid_t owner, std::string_view text) {
    return fmt::format("{}{} {}", kind, owner, text);
}

// The content of an open file, or why there is none.
std::string read_content(int fd, const std::string& path, const struct stat& found) {
    if (found.st_size > largest_file) return answer('r', 0, fmt::format("file {} is too large", path));
    std::string content(static_cast<std::size_t>(found.st_size), '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t n = ::read(fd, content.data() + size, content.size() - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return answer('u', 0, fmt::format("read {}: {}", path, errno_text()));
        if (n == 0) break;
        size += static_cast<std::size_t>(n);
    }
    content.resize(size);
    return answer('f', found.st_uid, content);
}

bool is_missing(int number) {
    return number == ENOENT || number == ENOTDIR || number == EACCES || number == ELOOP;
}

std::string read_forward(const std::string& path, uid_t owner) {
    struct stat named {};
    if (::lstat(path.c_str(), &named) != 0) {
        if (is_missing(errno)) return answer('m', 0, "");
        return answer('u', 0, fmt::format("cannot look at file {}: {}", path, errno_text()));
    }
    const auto objection = [&](const struct stat& found) -> std::string {
        if (!S_ISREG(found.st_mode)) return fmt::format("file {} is not a regular file", path);
        if (found.st_uid != 0 && found.st_uid != owner)
            return fmt::format("file {} has bad owner uid {}", path, found.st_uid);
        if ((found.st_mode & S_IWOTH) != 0) return fmt::format("file {} is world writable", path);
        return "";
    };
    if (const std::string problem = objection(named); !problem.empty()) return answer('r', 0, problem);
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0)
        return answer('r', 0, fmt::format("cannot open file {}: {}", path, errno_text()));
    // It may be another one by now.
    if (const std::string problem = objection(found); !problem.empty()) return answer('r', 0, problem);
    return read_content(file.get(), path, found);
}

std::string read_include(const std::string& path, bool as_root) {
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0)
        return answer('r', 0, fmt::format("cannot open include file {}: {}", path, errno_text()));
    if (!S_ISREG(found.st_mode))
        return answer('r', 0, fmt::format(":include: file {} is not a regular file", path));
    if ((found.st_mode & S_IWOTH) != 0)
        return answer('r', 0, fmt::format(":include: file {} is world writable", path));
    if (as_root && found.st_uid != geteuid())
        return answer('r', 0, fmt::format(":include: file {} has changed its owner", path));
    return read_content(file.get(), path, found);
}

ListFile parse_answer(const std::string& text) {
    ListFile file;
    const std::size_t space = text.find(' ');
    if (space == std::string::npos) {
        file.problem = "malformed answer of a delivery step";
        return file;
    }
    const char kind = text.front();
    file.kind = kind == 'f'   ? ListFile::Kind::found
                : kind == 'm' ? ListFile::Kind::missing
                : kind == 'r' ? ListFile::Kind::refused
                              : ListFile::Kind::unreadable;
    file.owner = static_cast<uid_t>(parse_unsigned(std::string_view(text).substr(1, space - 1)).value_or(0));
    (kind == 'f' ? file.content : file.problem) = text.substr(space + 1);
    return file;
}

}  // namespace

Task<ListFile> read_forward_file(delivery::Rights user, std::string path) {
    const uid_t owner = user.uid;
    std::function<std::string()> job = [path, owner] { return read_forward(path, owner); };
    const Result<std::string> text = co_await delivery::run_as(std::move(user), std::move(job), read_limit);
    if (text) co_return parse_answer(*text);
    ListFile file;
    file.problem = fmt::format("cannot read {}: {}", path, text.error());
    co_return file;
}

Task<ListFile> read_include_file(std::optional<delivery::Rights> reader, std::string path) {
    const bool as_root = !reader && delivery::can_become_others();
    std::function<std::string()> job = [path, as_root] { return read_include(path, as_root); };
    Result<std::string> text = Error{"not read"};
    if (reader) {
        Result<std::string> got = co_await delivery::run_as(std::move(*reader), std::move(job), read_limit);
        text = std::move(got);
    } else {
        Result<std::string> got = co_await delivery::run_before_becoming(std::move(job), read_limit);
        text = std::move(got);
    }
    if (text) co_return parse_answer(*text);
    ListFile file;
    file.problem = fmt::format("cannot read {}: {}", path, text.error());
    co_return file;
}

}  // namespace postrider::local
