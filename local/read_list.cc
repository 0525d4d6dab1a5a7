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
#include "lib/config/logical_lines.h"
#include "lib/delivery/step.h"

namespace postrider::local {

namespace {

constexpr off_t largest_file = 1 << 20;
constexpr auto read_limit = std::chrono::seconds(60);

// The answer of the child: a letter for the kind, the owner, a space, then problem or content.
std::string answer(char kind, uid_t owner, std::string_view text) {
    return fmt::format("{}{} {}", kind, owner, text);
}

std::string read_in_child(const std::string& path, std::optional<uid_t> owner) {
    // Not blocking: the name may be that of a FIFO.
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file && (errno == ENOENT || errno == ENOTDIR)) return answer('m', 0, "");
    if (!file && errno == EACCES)
        return answer('r', 0, fmt::format("cannot open file {}: {}", path, errno_text()));
    if (!file) return answer('u', 0, fmt::format("cannot open file {}: {}", path, errno_text()));
    struct stat found {};
    if (::fstat(file.get(), &found) != 0)
        return answer('u', 0, fmt::format("fstat {}: {}", path, errno_text()));
    if (!S_ISREG(found.st_mode)) return answer('r', 0, fmt::format("file {} is not a regular file", path));
    if (owner && found.st_uid != 0 && found.st_uid != *owner)
        return answer('r', 0, fmt::format("file {} has bad owner uid {}", path, found.st_uid));
    if ((found.st_mode & S_IWOTH) != 0) return answer('r', 0, fmt::format("file {} is world writable", path));
    if (found.st_size > largest_file) return answer('r', 0, fmt::format("file {} is too large", path));
    std::string content(static_cast<std::size_t>(found.st_size), '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t n = ::read(file.get(), content.data() + size, content.size() - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return answer('u', 0, fmt::format("read {}: {}", path, errno_text()));
        if (n == 0) break;
        size += static_cast<std::size_t>(n);
    }
    content.resize(size);
    return answer('f', found.st_uid, content);
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

Task<ListFile> read_list_file(delivery::Rights rights, std::string path, std::optional<uid_t> owner) {
    std::function<std::string()> job = [path, owner] { return read_in_child(path, owner); };
    const Result<std::string> text = co_await delivery::run_as(std::move(rights), std::move(job), read_limit);
    if (text) co_return parse_answer(*text);
    ListFile file;
    file.problem = fmt::format("cannot read {}: {}", path, text.error());
    co_return file;
}

std::string list_text(const std::string& content) {
    std::string all;
    for (const config::LogicalLine& line : config::logical_lines(content)) {
        if (!all.empty()) all += ',';
        all += line.text;
    }
    return all;
}

}  // namespace postrider::local
