// services/flush/site_log.cc - which messages wait for a destination: flush/<site>, one queue ID a line.
#include "services/flush/site_log.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <unordered_set>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/read_rest.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::flush {

using queue::Queue;

namespace {

constexpr mode_t log_mode = 0600;

// The log, open and locked; `flags` as for open(2).
Result<Fd> open_locked(const queue::Spool& spool, const std::string& file, int flags) {
    const std::string path = spool.path(Queue::flush, file);
    for (int tries = 0; tries < 10; ++tries) {
        Fd log(::open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, log_mode));
        if (!log && errno == ENOENT && (flags & O_CREAT) != 0 && spool.is_hashed(Queue::flush)) {
            if (!spool.make_parents(path)) break;
            continue;
        }
        if (!log || !lock_file(log.get(), LockMode::exclusive, LockWait::yes)) break;
        // It may have been purged while we waited for the lock.
        struct stat status {};
        if (::fstat(log.get(), &status) == 0 && status.st_nlink > 0) return log;
    }
    return Error{fmt::format("open fast flush log {}: {}", path, errno_text())};
}

}  // namespace

std::optional<std::string> site_file(std::string_view site) {
    const auto ascii = mail::domain_to_ascii(site);
    std::string name = lower(ascii ? *ascii : std::string(site));
    for (char& c : name)
        if (!is_alnum(c)) c = '_';
    if (!queue::is_queue_id(name)) return std::nullopt;
    return name;
}

Result<void> append(const queue::Spool& spool, const std::string& file, std::string_view queue_id) {
    const Result<Fd> log = open_locked(spool, file, O_WRONLY | O_APPEND | O_CREAT);
    if (!log) return Error{log.error()};
    const std::string line = std::string(queue_id) + "\n";
    if (!write_all(log->get(), line.data(), line.size()))
        return Error{fmt::format("write fast flush log {}: {}", file, errno_text())};
    return {};
}

Result<std::vector<std::string>> take_all(const queue::Spool& spool, const std::string& file) {
    std::vector<std::string> ids;
    const Result<Fd> log = open_locked(spool, file, O_RDWR);
    if (!log && errno == ENOENT) return ids;
    if (!log) return Error{log.error()};
    const Result<std::string> text = read_rest(log->get(), file);
    if (!text) return Error{text.error()};
    std::unordered_set<std::string> seen;
    for (const std::string_view line : split(*text, '\n')) {
        std::string id(line);
        if (!queue::is_queue_id(id) || !seen.insert(id).second) continue;
        ids.push_back(std::move(id));
    }
    if (::ftruncate(log->get(), 0) != 0)
        return Error{fmt::format("truncate fast flush log {}: {}", file, errno_text())};
    return ids;
}

bool release(const queue::Spool& spool, const std::string& queue_id) {
    const std::string path = spool.path(Queue::deferred, queue_id);
    const auto status = lstat_file(path);
    if (!status || !queue::is_ready(*status)) return false;
    // Time and mode before the move: what qmgr finds in incoming is ready to be tried.
    ::utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
    ::chmod(path.c_str(), (status->st_mode & 07777) | queue::mode_unthrottle);
    if (spool.move(Queue::deferred, Queue::incoming, queue_id)) return true;
    if (errno != ENOENT) log::warning("move {} from deferred to incoming: {}", queue_id, errno_text());
    return false;
}

}  // namespace postrider::flush
