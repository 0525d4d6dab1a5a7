// pickup/pickup.cc - scanning maildrop.
//
// A file leaves maildrop only after cleanup(8) has made the message durable in the queue: if we die between
// the two, the message is queued twice, never lost.
#include "pickup/pickup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <memory>
#include <optional>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/daemon/privileges.h"
#include "lib/queue/spool.h"
#include "pickup/message.h"

namespace postrider::pickup {

using queue::Queue;

namespace {

// Messages handed to cleanup side by side; each is one fsync in the group.
constexpr int most_at_once = 20;
constexpr time_t old_age = 24 * 3600;
constexpr time_t clock_skew = 2 * 3600;
// Links and odd files are reported when they have been there for a while.
constexpr time_t settling_time = 60;

// What lives as long as the process.
struct Pickup {
    std::unique_ptr<queue::Spool> spool;
    MessageRules rules;
    bool scanning = false;
    bool again = false;
    bool cleanup_is_away = false;
};
Pickup& self() {
    static Pickup pickup;
    return pickup;
}

// Mail put back by postsuper -r belongs to the mail system, and others may not read it.
Origin origin_of(const struct stat& status, uid_t owner) {
    const bool requeued = status.st_uid == owner && (status.st_mode & S_IROTH) == 0;
    return requeued ? Origin::requeued : Origin::user;
}

// Opens a file that is ready; what is not is left for a later scan.
std::optional<DroppedMessage> open_message(const std::string& id) {
    const queue::Spool& spool = *self().spool;
    const std::string path = spool.path(Queue::maildrop, id);
    const time_t now = ::time(nullptr);
    const auto found = lstat_file(path);
    if (!found || !queue::is_ready(*found)) return std::nullopt;
    if (found->st_nlink > 1 && found->st_ctime + settling_time < now)
        log::warning("{}: uid {}: file has {} links", path, found->st_uid, found->st_nlink);
    DroppedMessage message;
    message.id = id;
    message.file = spool.open(Queue::maildrop, id, O_RDONLY | O_NONBLOCK);
    if (!message.file || ::fstat(message.file.get(), &message.status) != 0) {
        if (errno != ENOENT) log::warning("open input file {}: {}", path, errno_text());
        return std::nullopt;
    }
    if (!queue::is_ready(message.status)) return std::nullopt;
    if (message.status.st_mtime > now + clock_skew) {
        log::warning("{}: file has a time stamp in the future; it is set to now", path);
        if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0) message.status.st_mtime = now;
    }
    if (message.status.st_mtime + old_age < now) log::warning("{}: message has been queued for days", id);
    message.origin = origin_of(message.status, self().rules.owner);
    return message;
}

void settle(const DroppedMessage& message, Verdict verdict) {
    const queue::Spool& spool = *self().spool;
    switch (verdict) {
        case Verdict::queued:
        case Verdict::worthless:
            if (!spool.remove(Queue::maildrop, message.id) && errno != ENOENT)
                log::warning("remove maildrop/{}: {}", message.id, errno_text());
            return;
        case Verdict::corrupt:
            log::warning("saving corrupt file \"{}\" from queue \"maildrop\" to queue \"corrupt\"",
                         message.id);
            if (!spool.move(Queue::maildrop, Queue::corrupt, message.id))
                log::warning("move maildrop/{} to corrupt: {}", message.id, errno_text());
            return;
        case Verdict::later:
            return;
        case Verdict::cleanup_away:
            // The rest would fare the same; the next wake-up tries again.
            self().cleanup_is_away = true;
            return;
    }
}

Task<> bring_in(std::string id, async::Semaphore* slots) {
    std::optional<DroppedMessage> message = open_message(id);
    if (message) {
        const Verdict verdict = co_await hand_to_cleanup(*message, self().rules);
        settle(*message, verdict);
    }
    slots->release();
}

Task<> scan_once() {
    async::Scope messages("pickup");
    async::Semaphore slots(most_at_once);
    queue::QueueScanner scanner(*self().spool, Queue::maildrop);
    while (!self().cleanup_is_away && !daemon::leaving()) {
        std::optional<std::string> id = scanner.next();
        if (!id) break;
        co_await slots.acquire();
        messages.spawn(bring_in(std::move(*id), &slots));
    }
    co_await messages.join();
}

}  // namespace

void prepare(Settings& settings) {
    Pickup& pickup = self();
    pickup.spool = std::make_unique<queue::Spool>(settings);
    pickup.rules = message_rules(settings);
}

Task<> wake(std::string, const Settings&) {
    Pickup& pickup = self();
    pickup.again = true;
    if (pickup.scanning) co_return;
    const daemon::Busy busy;
    pickup.scanning = true;
    pickup.cleanup_is_away = false;
    while (pickup.again && !pickup.cleanup_is_away && !daemon::leaving()) {
        pickup.again = false;
        co_await scan_once();
    }
    pickup.scanning = false;
}

}  // namespace postrider::pickup
