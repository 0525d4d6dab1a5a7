// qmgr/manager.cc - the active queue: intake, and the life of the process.
#include "qmgr/manager.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>

#include "lib/async/offload.h"
#include "lib/base/log.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/bounce_client.h"
#include "lib/delivery/log_line.h"
#include "lib/delivery/parameters.h"
#include "lib/mail/address.h"
#include "lib/mail/dsn.h"
#include "lib/queue/bounce_log.h"
#include "qmgr/limits.h"
#include "qmgr/manager_limits.h"
#include "qmgr/parameters.h"
#include "qmgr/recipient_slots.h"

namespace postrider::qmgr {

using namespace std::chrono_literals;

namespace {

// A message still in the hands of an agent of our former life is looked at again after this.
constexpr std::int64_t locked_pause = 60;
// A message that was let go is tried after this: who has done so can see it first, and think again.
constexpr std::int64_t release_pause = 5;
// Deliveries under way get this long when we are asked to leave; what is left is tried again.
constexpr auto leave_grace = 3s;
// After so many activations in a row everything else gets its turn.
constexpr int activations_at_once = 50;
// Messages whose recipients are looked up at once: the questions of new mail must not wait behind those of a
// whole backlog.
constexpr int routes_at_once = 64;
// So many announced messages waiting mean that we are behind, and so few that we have caught up.
constexpr std::size_t behind_mark = 1000;
constexpr std::size_t caught_up_mark = 100;
// Files of the deferred queue that are looked at in one go, on a worker thread.
constexpr int scan_portion = 500;
// A scan of the deferred queue that is ahead of the deliveries looks that often whether it may go on.
constexpr auto scan_pause = 50ms;

std::int64_t now_in_seconds() {
    return static_cast<std::int64_t>(std::time(nullptr));
}

int open_flags() {
    return O_RDWR | O_CLOEXEC | O_NOFOLLOW;
}

}  // namespace

Manager::Manager(const Settings& settings)
    : settings_(settings),
      limits_(std::make_unique<Limits>(settings)),
      spool_(settings),
      rules_(settings),
      scheduler_([&settings](const std::string& transport) { return limits_of(settings, transport); },
                 static_cast<std::size_t>(limits_->recipients)),
      scope_("qmgr"),
      agents_(scheduler_, *this, scope_, limits_->ipc_timeout),
      remover_(spool_, [this](const Removal& removal) { removed(removal); }),
      sources_(spool_, static_cast<std::size_t>(limits_->deferred)),
      timer_([this] { advance(); }) {
    delivery::set_log_services(settings);
}
Manager::~Manager() = default;

void Manager::start() {
    recover();
    sources_.scan_incoming(false);
    scan_deferred(false);
    room_.set();
    news_.set();
}

// A rename is not durable: after a crash a message may be found under its old name too.  Moving it on over a
// second name of the same file does nothing, so that name is removed here.
void Manager::recover() {
    queue::QueueScanner scanner(spool_, queue::Queue::active);
    while (const std::optional<std::string> id = scanner.next()) {
        const std::optional<struct stat> here = spool_.stat(queue::Queue::active, *id);
        if (!here) continue;
        if (!spool_.move(queue::Queue::active, queue::Queue::incoming, *id)) {
            log::warning("{}: cannot move back to the incoming queue: {}", *id, errno_text());
            continue;
        }
        const std::optional<struct stat> still = spool_.stat(queue::Queue::active, *id);
        if (still && still->st_ino == here->st_ino) spool_.remove(queue::Queue::active, *id);
    }
}

Task<> Manager::run() {
    const daemon::Busy in_charge;
    scope_.spawn(feed());
    scope_.spawn(read_deferred());
    scope_.spawn(keep_time());
    co_await daemon::leave_event().wait();
    leaving_ = true;
    agents_.stop();
    const async::Deadline end = async::after(leave_grace);
    while ((agents_.busy() > 0 || remover_.is_busy()) && async::Clock::now() < end)
        co_await async::sleep_for(20ms);
    scope_.cancel();
    co_await scope_.join();
}

// The safety net: directories are read from time to time, whether anybody asks or not.  The deferred queue
// may be huge: often only when memory did not hold all of it.
Task<> Manager::keep_time() {
    async::Deadline rescan = async::Clock::now() + limits_->deferred_scan_delay;
    while (true) {
        co_await async::sleep_for(limits_->queue_run_delay);
        sources_.scan_incoming(false);
        const bool due = limits_->deferred_scan_delay > 0s && async::Clock::now() >= rescan;
        if (due || sources_.deferred().is_incomplete(now_in_seconds())) {
            scan_deferred(false);
            rescan = async::Clock::now() + limits_->deferred_scan_delay;
        }
        news_.set();
    }
}

void Manager::scan_deferred(bool everything) {
    sources_.deferred().request_scan(everything);
    scan_.set();
}

// Reads the deferred queue when that is asked for.
Task<> Manager::read_deferred() {
    Deferred& deferred = sources_.deferred();
    while (!leaving_) {
        if (!deferred.scan_wanted()) {
            scan_.clear();
            co_await scan_.wait();
        }
        while (deferred.is_full()) co_await async::sleep_for(scan_pause);
        Deferred::Scan& scan = deferred.scan();
        const auto work = [&scan] { return scan.read(scan_portion); };
        Deferred::Portion portion = co_await async::offload(work);
        deferred.take(std::move(portion), now_in_seconds());
        news_.set();
    }
}

void Manager::announce(queue::Queue queue, std::string id) {
    if (queue == queue::Queue::deferred) {
        sources_.deferred().add(id, now_in_seconds() + release_pause);
    } else {
        sources_.announce(std::move(id));
        weigh_flow();
    }
    news_.set();
}

void Manager::weigh_flow() {
    const bool behind = sources_.announced() >= (behind_ ? caught_up_mark : behind_mark);
    if (behind == behind_) return;
    behind_ = behind;
    if (flow_changed_) flow_changed_();
}

void Manager::obey(std::string_view requests) {
    bool incoming = false;
    bool deferred = false;
    bool everything = false;
    for (const char request : requests) {
        switch (request) {
            // The time of deferred messages is known without a look at them.
            case 'W':
            case 'I':
                incoming = true;
                break;
            case 'D':
                deferred = true;
                break;
            case 'A':
                everything = true;
                break;
            case 'F':
                scheduler_.revive_all();
                break;
            default:
                break;
        }
    }
    if (incoming) sources_.scan_incoming(everything);
    if (deferred) scan_deferred(everything);
    news_.set();
    for (const auto& [name, transport] : scheduler_.transports()) agents_.wake(*transport);
}

// When the next deferred message is due, as far as we know; clocks can be set, so we look now and then.
async::Deadline Manager::next_due() {
    const std::optional<std::int64_t> next = sources_.deferred().next_due();
    if (!next) return async::never;
    const std::chrono::seconds left(std::max<std::int64_t>(*next - now_in_seconds(), 0));
    return async::after(std::min<async::Duration>(left, limits_->queue_run_delay));
}

Task<> Manager::feed() {
    int in_a_row = 0;
    while (!leaving_) {
        if (static_cast<int>(active_.size()) >= limits_->active) {
            sources_.prefer_incoming();
            room_.clear();
            co_await room_.wait();
        }
        if (routing_ >= routes_at_once) {
            sources_.prefer_incoming();
            routed_.clear();
            co_await routed_.wait();
        }
        const std::optional<Found> found = sources_.next(now_in_seconds());
        if (found) {
            weigh_flow();
            activate(*found);
        } else if (!sources_.more(now_in_seconds())) {
            news_.clear();
            co_await news_.wait(next_due());
        } else {
            in_a_row = activations_at_once;
        }
        if (++in_a_row < activations_at_once) continue;
        in_a_row = 0;
        co_await async::sleep_for(0ms);
    }
}

void Manager::activate(const Found& found) {
    if (active_.count(found.id) > 0) return;
    if (!spool_.move(found.queue, queue::Queue::active, found.id)) {
        // Removed, or announced and found by a scan as well.
        if (errno != ENOENT) log::warning("{}: cannot move to the active queue: {}", found.id, errno_text());
        return;
    }
    auto owned = std::make_unique<Message>();
    Message& message = *owned;
    message.id = found.id;
    message.fresh = found.announced;
    message.flushed = found.flushed;
    const Fd file = spool_.open(queue::Queue::active, found.id, open_flags());
    if (!file) {
        const int why = errno;
        log::warning("open active {}: {}", found.id, errno_text(why));
        if (why != ENOENT) put_aside(found.id, found.queue, locked_pause);
        return;
    }
    if (!admit(message, found, file)) return;
    if (!message.fresh) queue::retire_log(spool_, queue::Queue::defer, message.id);
    const auto in_file = static_cast<std::int64_t>(message.envelope.recipients.size());
    const queue::SizeRecord& size = *message.envelope.size;
    // Compat: recipients that a mail filter has removed count.
    const std::int64_t count =
        std::max(in_file, size.recipient_count - static_cast<std::int64_t>(message.envelope.done_recipients));
    const bool external = limits_->external_addresses;
    log::info("{}: from=<{}>, size={}, nrcpt={} (queue active)", message.id,
              external ? mail::quote_address(message.sender()) : message.sender(), size.content_size, count);
    if ((message.envelope.trace_flags & delivery::request_flag::mta_verify) != 0) ++probes_;
    active_.emplace(message.id, std::move(owned));
    message.pending = 1;
    scope_.spawn(route(message));
}

// Whether the file is a message we may work on now; if not it has been dealt with.
bool Manager::admit(Message& message, const Found& found, const Fd& file) {
    struct stat status {};
    // Nobody else can have a message that is new.
    if (!found.announced && !lock_file(file.get(), LockMode::exclusive, LockWait::no)) {
        log::info("{}: skipped, still being delivered", message.id);
        put_aside(message.id, queue::Queue::incoming, locked_pause);
        return false;
    }
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        log::warning("{}: not a regular file", message.id);
        save_corrupt(message.id);
        return false;
    }
    if ((status.st_mode & S_IRWXU) == (S_IRUSR | S_IWUSR)) {
        // Not complete yet, and not ours to judge.
        spool_.move(queue::Queue::active, found.queue, message.id);
        return false;
    }
    if (!queue::is_ready(status)) {
        save_corrupt(message.id);
        return false;
    }
    message.force_expired = (status.st_mode & queue::mode_expire) != 0;
    message.unthrottle = (status.st_mode & queue::mode_unthrottle) != 0;
    if (message.unthrottle) {
        message.flushed = true;
        ::fchmod(file.get(), (status.st_mode & 07777) & ~queue::mode_unthrottle);
    }
    return read_first(message, file.get());
}

bool Manager::read_first(Message& message, int file) {
    queue::EnvelopeReader reader(file);
    message.slots = limits_->recipient_minimum;
    const int wanted =
        std::min(std::max(limits_->recipients - recipients_, limits_->recipient_minimum), largest_portion);
    const Result<void> read = reader.read(message.envelope, static_cast<std::size_t>(wanted));
    if (!read || !message.envelope.size) {
        log::warning("{}: {}", message.id, read ? "missing or malformed size record" : read.error());
        if (reader.unreadable())
            put_aside(message.id, queue::Queue::incoming, locked_pause);
        else
            save_corrupt(message.id);
        return false;
    }
    message.unread = !reader.at_end();
    message.position = reader.position();
    queue::Envelope& envelope = message.envelope;
    // The sender wants to hear of success: cleanup may have begun a trace log, for alias expansions.
    // Compat: without a sender the log tells that nobody will hear.
    constexpr int wants_success = mail::notify::success << queue::qmgr_flag::notify_shift;
    if ((envelope.size->qmgr_flags & wants_success) != 0 &&
        (message.sender().empty() || spool_.stat(queue::Queue::trace, message.id)))
        message.logs |= delivery::log_bit::trace;
    if (envelope.create_time == 0) envelope.create_time = envelope.arrival_seconds;
    if (envelope.warn_time < 0 && limits_->confirm_delay_cleared)
        envelope.trace_flags |= delivery::request_flag::delay_sent;
    message.stamps.arrival = envelope.arrival_seconds * 1'000'000 + envelope.arrival_microseconds;
    message.stamps.active_entry = delivery::now_in_microseconds();
    message.unread_count = static_cast<int>(envelope.size->recipient_count);
    note_read(message);
    return true;
}

// Moves the file out of the active queue, not to be tried for a while.
void Manager::put_aside(const std::string& id, queue::Queue queue, std::int64_t seconds) {
    const timespec when{static_cast<std::time_t>(now_in_seconds() + seconds), 0};
    const timespec times[2] = {when, when};
    const std::string path = spool_.path(queue::Queue::active, id);
    if (::utimensat(AT_FDCWD, path.c_str(), times, 0) != 0)
        log::warning("{}: cannot set the time of the next attempt: {}", id, errno_text());
    if (!spool_.move(queue::Queue::active, queue, id)) {
        log::warning("{}: cannot move to the {} queue: {}", id, queue::queue_name(queue), errno_text());
    } else if (queue == queue::Queue::deferred) {
        // Not more often than once in a queue run.
        Deferred& deferred = sources_.deferred();
        const std::optional<std::int64_t> before = deferred.next_due();
        deferred.add(id, std::max<std::int64_t>(when.tv_sec, now_in_seconds() + limits_->least_pause));
        if (deferred.next_due() != before) news_.set();
    }
}

void Manager::save_corrupt(const std::string& id) {
    log::warning("saving corrupt file \"{}\" from queue \"active\" to queue \"corrupt\"", id);
    if (!spool_.move(queue::Queue::active, queue::Queue::corrupt, id))
        log::warning("{}: cannot move to the corrupt queue: {}", id, errno_text());
}

void Manager::arm_timer() {
    const std::optional<Time> next = scheduler_.next_time();
    if (!next) return;
    const async::Duration left = *next - async::Clock::now();
    timer_.start(std::max<async::Duration>(left, 1ms));
}

void Manager::advance() {
    for (Transport* transport : scheduler_.advance(async::Clock::now())) agents_.wake(*transport);
    arm_timer();
}

}  // namespace postrider::qmgr
