// qmgr/deferred.cc - see deferred.h.
#include "qmgr/deferred.h"

#include "lib/base/file.h"

namespace postrider::qmgr {
namespace {

// Clocks of file servers differ by so much, in seconds.
constexpr std::int64_t tolerance = 1;

bool is_after(const timespec& one, const timespec& other) {
    return one.tv_sec != other.tv_sec ? one.tv_sec > other.tv_sec : one.tv_nsec > other.tv_nsec;
}

}  // namespace

Deferred::Scan::Scan(const queue::Spool& spool) : scanner_(spool, queue::Queue::deferred) {
    ::clock_gettime(CLOCK_REALTIME, &begun_);
}

Deferred::Portion Deferred::Scan::read(int count) {
    Portion portion;
    while (count-- > 0) {
        std::optional<std::string> id = scanner_.next();
        if (!id) {
            portion.last = true;
            break;
        }
        const std::optional<struct stat> status = lstat_file(scanner_.found_in() + "/" + *id);
        if (!status || !queue::is_ready(*status)) continue;
        Seen seen;
        seen.id = std::move(*id);
        seen.when = status->st_mtime;
        seen.changed_since = is_after(status->st_ctim, begun_);
        portion.seen.push_back(std::move(seen));
    }
    return portion;
}

void Deferred::request_scan(bool everything) {
    // A scan under way may have passed what is meant; so there will be another one.
    if (scan_ != nullptr && everything) everything_ = true;
    asked_ = true;
    asked_everything_ = asked_everything_ || everything;
}

Deferred::Scan& Deferred::scan() {
    if (scan_ == nullptr) {
        scan_ = std::make_unique<Scan>(spool_);
        everything_ = asked_everything_;
        asked_ = asked_everything_ = false;
        // Found again, and with them what others have put here.
        times_.clear();
    }
    return *scan_;
}

void Deferred::take(Portion portion, std::int64_t now) {
    for (Seen& seen : portion.seen) {
        // What this flush has tried already comes back with a new time, and is not tried once more.
        const bool flushed = everything_ && !seen.changed_since;
        if (flushed || seen.when <= now + tolerance)
            found_.push_back(Waiting{std::move(seen.id), flushed});
        else
            times_.add(seen.id, seen.when);
    }
    if (portion.last) scan_.reset();
}

std::optional<Found> Deferred::next(std::int64_t now, int& names_left) {
    Found found;
    found.queue = queue::Queue::deferred;
    if (!found_.empty()) {
        found.id = std::move(found_.front().id);
        found.flushed = found_.front().flushed;
        found_.pop_front();
        --names_left;
        return found;
    }
    while (names_left-- > 0) {
        std::optional<std::string> id = times_.take(now);
        if (!id) return std::nullopt;
        const std::optional<struct stat> status = spool_.stat(queue::Queue::deferred, *id);
        if (!status || !queue::is_ready(*status)) continue;
        if (status->st_mtime > now + tolerance) {
            times_.add(*id, status->st_mtime);
            continue;
        }
        found.id = std::move(*id);
        return found;
    }
    return std::nullopt;
}

}  // namespace postrider::qmgr
