// qmgr/sources.cc - see sources.h.
#include "qmgr/sources.h"

#include "lib/base/file.h"

namespace postrider::qmgr {
namespace {

// How many names one call looks at: deliveries go on between the calls.
constexpr int names_at_once = 100;

}  // namespace

void Sources::announce(std::string id) {
    if (announced_.size() >= announced_limit) {
        incoming_.request(false);
        return;
    }
    announced_.push_back(std::move(id));
}

void Sources::Scan::request(bool everything) {
    // A scan under way may have passed what is meant; so there will be another one.
    if (scanner_ != nullptr && everything) everything_ = true;
    asked_ = true;
    asked_everything_ = asked_everything_ || everything;
}

// The modification time of a message is when it may be tried; a second of tolerance for clocks of file
// servers.
bool Sources::Scan::is_due(const std::string& path, std::int64_t now) const {
    const std::optional<struct stat> status = lstat_file(path);
    return status && queue::is_ready(*status) && (everything_ || status->st_mtime <= now + 1);
}

std::optional<Found> Sources::Scan::next(std::int64_t now, int& names_left) {
    if (scanner_ == nullptr) {
        if (!asked_) return std::nullopt;
        scanner_ = std::make_unique<queue::QueueScanner>(spool_, queue_);
        everything_ = asked_everything_;
        asked_ = asked_everything_ = false;
    }
    while (names_left-- > 0) {
        std::optional<std::string> name = scanner_->next();
        if (!name) {
            scanner_.reset();
            return std::nullopt;
        }
        if (!is_due(scanner_->found_in() + "/" + *name, now)) continue;
        Found found;
        found.queue = queue_;
        found.id = std::move(*name);
        found.flushed = everything_;
        return found;
    }
    return std::nullopt;
}

std::optional<Found> Sources::next_incoming(std::int64_t now, int& names_left) {
    if (announced_.empty()) return incoming_.next(now, names_left);
    Found found;
    found.id = std::move(announced_.front());
    found.announced = true;
    announced_.pop_front();
    return found;
}

std::optional<Found> Sources::next(std::int64_t now) {
    int names_left = names_at_once;
    for (int turn = 0; turn < 2; ++turn) {
        const bool deferred = deferred_turn_;
        deferred_turn_ = !deferred_turn_;
        std::optional<Found> found =
            deferred ? deferred_.next(now, names_left) : next_incoming(now, names_left);
        if (found) return found;
    }
    return std::nullopt;
}

}  // namespace postrider::qmgr
