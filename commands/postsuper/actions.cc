// commands/postsuper/actions.cc - what postsuper(1) does to single messages.
#include "commands/postsuper/actions.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <thread>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/progress.h"
#include "lib/ipc/client.h"

namespace postrider::postsuper {

using queue::Queue;

namespace {

constexpr std::array<Queue, 3> log_queues = {Queue::bounce, Queue::defer, Queue::trace};

// One that is not ready can be moved with all others, and no more; not while it may be being written:
// cleanup or postdrop would lose it.
bool moves_with_all(Action action, Queue queue, const struct stat& status) {
    const bool moves = action == Action::hold || action == Action::release || action == Action::requeue;
    return S_ISREG(status.st_mode) && moves && queue != Queue::incoming && queue != Queue::maildrop;
}

}  // namespace

std::string_view done_text(Action action) {
    switch (action) {
        case Action::remove:
            return "removed";
        case Action::hold:
            return "placed on hold";
        case Action::release:
            return "released from hold";
        case Action::requeue:
            return "requeued";
        case Action::expire:
        case Action::expire_release:
            return "expired";
    }
    return "";
}

std::string_view summary_text(Action action) {
    switch (action) {
        case Action::remove:
            return "Deleted";
        case Action::hold:
            return "Placed on hold";
        case Action::release:
            return "Released from hold";
        case Action::requeue:
            return "Requeued";
        case Action::expire:
        case Action::expire_release:
            return "Force-expired";
    }
    return "";
}

void Messages::warn(std::string_view what, const std::string& path) {
    if (errno == ENOENT) return;
    log::warning("{} {}: {}", what, path, errno_text());
    failed_ = true;
}

std::vector<Queue> queues_of(Action action) {
    switch (action) {
        case Action::remove:
            return {Queue::maildrop, Queue::incoming, Queue::active, Queue::deferred, Queue::hold};
        case Action::hold:
            return {Queue::incoming, Queue::active, Queue::deferred};
        case Action::release:
            return {Queue::hold};
        case Action::requeue:
        case Action::expire:
        case Action::expire_release:
            return {Queue::incoming, Queue::active, Queue::deferred, Queue::hold};
    }
    return {};
}

bool Messages::act(Action action, const std::string& id, const std::vector<Queue>& queues) {
    // Twice, because it may have moved to a queue we had looked at before.
    for (int pass = 0; pass < 2; ++pass)
        for (const Queue queue : queues)
            if (act_in(action, id, queue, Log::each)) return true;
    return false;
}

long Messages::act_on_all(Action action, const std::vector<Queue>& queues) {
    long count = 0;
    Progress progress(fmt::format("messages {}", done_text(action)));
    for (const Queue queue : queues) {
        if (!lstat_file(spool_.directory(queue)))
            fatal("open directory {}: {}", spool_.directory(queue), errno_text());
        queue::QueueScanner scanner(spool_, queue);
        if (action == Action::remove) {
            count += remove_all(scanner, queue, progress);
            continue;
        }
        while (const std::optional<std::string> id = scanner.next()) {
            if (!act_in(action, *id, queue, Log::none)) continue;
            progress.step();
            ++count;
        }
    }
    return count;
}

// A disk that frees blocks at once (ext4 with `discard`) lets whoever removes a file wait; many may wait at a
// time.
long Messages::remove_all(queue::QueueScanner& scanner, Queue queue, Progress& progress) {
    constexpr std::size_t batch = 1000;
    constexpr int removers = 8;
    long count = 0;
    for (bool more = true; more;) {
        std::vector<std::string> ids;
        while (more && ids.size() < batch) {
            std::optional<std::string> id = scanner.next();
            more = id.has_value();
            if (id) ids.push_back(std::move(*id));
        }
        std::atomic<std::size_t> next = 0;
        std::atomic<long> removed = 0;
        const auto work = [&] {
            for (std::size_t at = next++; at < ids.size(); at = next++)
                if (act_in(Action::remove, ids[at], queue, Log::none)) ++removed;
        };
        std::vector<std::thread> threads;
        for (int i = 1; i < removers && i < static_cast<int>(ids.size()); ++i) threads.emplace_back(work);
        work();
        for (std::thread& thread : threads) thread.join();
        for (long i = 0; i < removed; ++i) progress.step();
        count += removed;
    }
    return count;
}

// True when the message is one more for the summary.
bool Messages::act_in(Action action, const std::string& id, Queue queue, Log log) {
    const auto status = spool_.stat(queue, id);
    if (!status) return false;
    if (!S_ISREG(status->st_mode) && log == Log::each)
        log::warning("{}: uid {}: not a regular file", spool_.path(queue, id), status->st_uid);
    const bool fits =
        queue::is_ready(*status) || (log == Log::none && moves_with_all(action, queue, *status));
    if (!fits) return false;
    const auto note = [&](bool done, Action what) {
        if (done && log == Log::each) log::info("{}: {}", id, done_text(what));
        return done;
    };
    const bool was_expired = (status->st_mode & queue::mode_expire) != 0;
    switch (action) {
        case Action::remove:
            return note(remove(queue, id), action);
        case Action::hold:
            return note(move(queue, Queue::hold, id), action);
        case Action::release:
            return note(release(queue, id), action);
        case Action::requeue:
            return note(requeue(queue, id), action);
        case Action::expire:
            return !was_expired && note(expire(queue, id), action);
        case Action::expire_release: {
            const bool expired = !was_expired && note(expire(queue, id), action);
            if (queue == Queue::hold && note(release(queue, id), Action::release)) ++released_by_expiry_;
            return expired;
        }
    }
    return false;
}

bool Messages::release(Queue queue, const std::string& id) {
    if (!move(queue, Queue::deferred, id)) return false;
    tell(id);
    return true;
}

// The queue manager keeps in memory what is deferred; many messages are told in few writes.
void Messages::tell(const std::string& id) {
    constexpr std::size_t batch = 8192;
    if (qmgr_.empty() || lost_) return;
    unsent_ += fmt::format("deferred {}\n", id);
    if (unsent_.size() >= batch) lost_ = !send();
}

bool Messages::send() {
    if (!connection_) {
        Result<Fd> connected = ipc::connect_unix_now(qmgr_);
        if (!connected) return false;
        connection_ = std::move(*connected);
        const timeval patience{10, 0};
        ::setsockopt(connection_.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    const bool sent = write_all(connection_.get(), unsent_.data(), unsent_.size());
    unsent_.clear();
    return sent;
}

// When it listens at an old FIFO or was lost, it is asked to look at the whole queue; one that is stopped
// looks when it starts.
void Messages::tell_rest() {
    if (!unsent_.empty() && !lost_) lost_ = !send();
    if (lost_) (void)ipc::send_trigger(qmgr_, "D").ok();
    lost_ = false;
}

void Messages::remove_logs(const std::string& id) {
    for (const Queue queue : log_queues)
        if (!spool_.remove(queue, id)) warn("remove file", spool_.path(queue, id));
}

bool Messages::remove(Queue queue, const std::string& id) {
    if (!spool_.remove(queue, id)) {
        warn("remove file", spool_.path(queue, id));
        return false;
    }
    if (queue != Queue::maildrop) remove_logs(id);
    return true;
}

bool Messages::move(Queue from, Queue to, const std::string& id) {
    // A time in the future means "not before then": let go means now.
    const std::string path = spool_.path(from, id);
    if (to != Queue::hold && ::utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW) != 0)
        warn("update time stamps of", path);
    if (spool_.move(from, to, id)) return true;
    warn("rename file", path);
    return false;
}

// In maildrop a file of the mail system's own that others may not read is known to pickup as requeued.
bool Messages::requeue(Queue queue, const std::string& id) {
    const std::string path = spool_.path(queue, id);
    const auto status = lstat_file(path);
    const bool known = status && queue::is_ready(*status) && (status->st_mode & S_IROTH) == 0;
    if (!known && ::chmod(path.c_str(), queue::mode_ready) != 0) {
        warn("change mode of", path);
        return false;
    }
    if (!move(queue, Queue::maildrop, id)) return false;
    remove_logs(id);
    return true;
}

bool Messages::expire(Queue queue, const std::string& id) {
    const std::string path = spool_.path(queue, id);
    const auto status = lstat_file(path);
    if (status && ::chmod(path.c_str(), (status->st_mode & 07777) | queue::mode_expire) == 0) return true;
    warn("change mode of", path);
    return false;
}

}  // namespace postrider::postsuper
