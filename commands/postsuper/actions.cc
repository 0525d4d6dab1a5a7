// commands/postsuper/actions.cc - what postsuper(1) does to single messages.
#include "commands/postsuper/actions.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider::postsuper {

using queue::Queue;

namespace {

constexpr std::array<Queue, 3> log_queues = {Queue::bounce, Queue::defer, Queue::trace};

void warn(std::string_view what, const std::string& path) {
    if (errno != ENOENT) log::warning("{} {}: {}", what, path, errno_text());
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
    for (int pass = 0; pass < 2; ++pass) {
        for (const Queue queue : queues) {
            if (!act_in(action, id, queue)) continue;
            log::info("{}: {}", id, done_text(action));
            return true;
        }
    }
    return false;
}

long Messages::act_on_all(Action action, const std::vector<Queue>& queues) {
    long count = 0;
    for (const Queue queue : queues) {
        queue::QueueScanner scanner(spool_, queue);
        while (const std::optional<std::string> id = scanner.next()) {
            if (!act_in(action, *id, queue)) continue;
            log::info("{}: {}", *id, done_text(action));
            ++count;
        }
    }
    return count;
}

bool Messages::act_in(Action action, const std::string& id, Queue queue) {
    const auto status = spool_.stat(queue, id);
    if (!status || !queue::is_ready(*status)) return false;
    switch (action) {
        case Action::remove:
            return remove(queue, id);
        case Action::hold:
            return move(queue, Queue::hold, id);
        case Action::release:
            return move(queue, Queue::deferred, id);
        case Action::requeue:
            return requeue(queue, id);
        case Action::expire:
            return expire(queue, id);
        case Action::expire_release:
            return expire(queue, id) && (queue != Queue::hold || move(queue, Queue::deferred, id));
    }
    return false;
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
    if (::chmod(path.c_str(), queue::mode_ready) != 0) {
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
