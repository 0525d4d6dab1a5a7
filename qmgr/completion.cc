// qmgr/completion.cc - the active queue: what becomes of a message after an attempt.
//
// Notifications come first, and a notification that cannot be made keeps the message.  The file goes last.
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <ctime>
#include <random>

#include "lib/base/log.h"
#include "lib/mail/address.h"
#include "qmgr/manager.h"
#include "qmgr/manager_limits.h"

namespace postrider::qmgr {

namespace flag = delivery::request_flag;

bool Manager::log_exists(const Message& message, queue::Queue queue, int bit) const {
    if ((message.logs & bit) != 0) return true;
    if (message.fresh) return false;
    // One that cannot be seen may be there: whoever is asked to send it will find out.
    return spool_.stat(queue, message.id).has_value() || errno != ENOENT;
}

bool Manager::is_too_old(const Message& message) const {
    if (message.force_expired) return true;
    const std::int64_t limit = message.sender().empty() ? limits_->bounce_lifetime : limits_->lifetime;
    return std::time(nullptr) >= message.envelope.create_time + limit;
}

void Manager::complete(Message& message) {
    const bool plain = !message.some_deferred &&
                       !log_exists(message, queue::Queue::bounce, delivery::log_bit::bounce) &&
                       !log_exists(message, queue::Queue::trace, delivery::log_bit::trace);
    if (plain) return remove(message);
    message.pending = 1;
    scope_.spawn(finish(message));
}

Task<> Manager::finish(Message& message) {
    const bool bounces_told = co_await notify_bounces(message);
    if (!bounces_told) message.some_deferred = true;
    co_await report_trace(message);
    if (!message.some_deferred) {
        remove(message);
        co_return;
    }
    const std::optional<struct stat> status = spool_.stat(queue::Queue::active, message.id);
    if (!status) {
        if (errno == ENOENT)
            drop(message);  // postsuper -d
        else
            defer(message);
        co_return;
    }
    if ((status->st_mode & S_IRWXU) == queue::mode_corrupt) {
        save_corrupt(message.id);
        drop(message);
        co_return;
    }
    message.force_expired = (status->st_mode & queue::mode_expire) != 0;
    if (bounces_told && is_too_old(message)) {
        const bool returned = co_await expire(message);
        if (returned) {
            remove(message);
            co_return;
        }
    } else {
        co_await warn_of_delay(message);
    }
    defer(message);
}

// True unless there was something to tell and it could not be told.
Task<bool> Manager::notify_bounces(Message& message) {
    if (!log_exists(message, queue::Queue::bounce, delivery::log_bit::bounce)) co_return true;
    delivery::NotifyRequest request = notify_request_for(message);
    if (limits_->verp_bounces) request.verp_delimiters = message.envelope.verp_delimiters;
    const Result<void> sent = co_await delivery::send_bounce(std::move(request), delivery::LogKind::bounce);
    if (!sent) log::warning("{}: cannot return to sender: {}", message.id, sent.error());
    co_return sent.ok();
}

// Reports of successes, of sendmail -v and -bv.  The flag that asks for it is taken out of the file, so that
// an attempt to come does not report again.
Task<> Manager::report_trace(Message& message) {
    if (!log_exists(message, queue::Queue::trace, delivery::log_bit::trace)) co_return;
    delivery::NotifyRequest request = notify_request_for(message);
    const Result<void> sent = co_await delivery::send_trace(std::move(request));
    if (!sent) {
        log::warning("{}: cannot send the delivery report: {}", message.id, sent.error());
        message.some_deferred = true;
        co_return;
    }
    if (!message.some_deferred || message.envelope.trace_offset <= 0) co_return;
    if ((message.envelope.trace_flags & flag::record) == 0) co_return;
    const Fd file = spool_.open(queue::Queue::active, message.id, O_RDWR | O_CLOEXEC);
    if (!file || !queue::kill_record(file.get(), message.envelope.trace_offset))
        log::warning("{}: cannot clear the request for a delivery report: {}", message.id, errno_text());
}

Task<bool> Manager::expire(Message& message) {
    const bool external = limits_->external_addresses;
    delivery::NotifyRequest request = notify_request_for(message);
    if (limits_->verp_bounces) request.verp_delimiters = message.envelope.verp_delimiters;
    log::info("{}: from=<{}>, status={}, returned to sender", message.id,
              external ? mail::quote_address(message.sender()) : message.sender(),
              message.force_expired ? "force-expired" : "expired");
    const Result<void> sent = co_await delivery::send_bounce(std::move(request), delivery::LogKind::defer);
    if (!sent) log::warning("{}: cannot return to sender: {}", message.id, sent.error());
    co_return sent.ok();
}

Task<> Manager::warn_of_delay(Message& message) {
    queue::Envelope& envelope = message.envelope;
    if (envelope.warn_time <= 0 || envelope.warn_offset <= 0 || std::time(nullptr) < envelope.warn_time)
        co_return;
    delivery::NotifyRequest request = notify_request_for(message);
    const Result<void> sent = co_await delivery::send_delay_warning(std::move(request));
    if (!sent) {
        log::warning("{}: cannot send the delay warning: {}", message.id, sent.error());
        co_return;
    }
    const Fd file = spool_.open(queue::Queue::active, message.id, O_RDWR | O_CLOEXEC);
    if (!file || !queue::rewrite_warn_time(file.get(), envelope.warn_offset, -1))
        log::warning("{}: cannot note that a delay warning was sent: {}", message.id, errno_text());
}

// It stays among the active messages until its file is gone.
void Manager::remove(Message& message) {
    message.pending = 1;
    // The retired log of an earlier attempt goes, too.
    remover_.remove(message.id, !message.fresh);
}

void Manager::removed(const Removal& removal) {
    if (removal.error == 0) log::info("{}: removed", removal.id);
    const auto found = active_.find(removal.id);
    if (found == active_.end()) return;
    if (removal.error == 0 || removal.error == ENOENT) return drop(*found->second);
    log::warning("{}: cannot remove: {}", removal.id, errno_text(removal.error));
    scope_.spawn(remove_later(*found->second));
}

// All of its recipients are done; only the file is left, and may be of a directory that is read-only for now.
Task<> Manager::remove_later(Message& message) {
    co_await async::sleep_for(limits_->transport_retry_time);
    remover_.remove(message.id, true);
}

void Manager::defer(Message& message) {
    static std::minstd_rand random{std::random_device{}()};
    const std::int64_t pause = next_attempt_after(std::time(nullptr), message.envelope.create_time,
                                                  limits_->minimal_backoff, limits_->maximal_backoff);
    put_aside(message.id, queue::Queue::deferred, spread_backoff(pause, limits_->backoff_spread, random()));
    drop(message);
}

// Forgets the message; its file is elsewhere or gone.
void Manager::drop(Message& message) {
    for (const auto& [transport, job] : message.jobs) scheduler_.remove(*job);
    if ((message.envelope.trace_flags & flag::mta_verify) != 0) --probes_;
    const std::string id = message.id;
    active_.erase(id);
    room_.set();
}

}  // namespace postrider::qmgr
