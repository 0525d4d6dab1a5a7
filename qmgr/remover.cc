// qmgr/remover.cc - takes finished messages off the disk without keeping the queue manager waiting.
#include "qmgr/remover.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>
#include <utility>

#include "lib/async/offload.h"

namespace postrider::qmgr {

namespace {

// Jobs at once, and messages in one: while the disk is busy with some, the next ones gather.
constexpr int jobs_at_once = 4;
constexpr std::size_t messages_in_job = 16;

void take_off(const queue::Spool& spool, std::vector<Removal>& removals) {
    for (Removal& removal : removals) {
        if (removal.with_log) spool.remove(queue::Queue::defer, removal.id);
        removal.error = spool.remove(queue::Queue::active, removal.id) ? 0 : errno;
    }
}

}  // namespace

void Remover::remove(std::string id, bool with_log) {
    waiting_.push_back(Removal{std::move(id), with_log, 0});
    start();
}

void Remover::start() {
    while (running_ < jobs_at_once && !waiting_.empty()) {
        const std::size_t count = std::min(waiting_.size(), messages_in_job);
        const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
        auto job = std::make_shared<std::vector<Removal>>(std::make_move_iterator(waiting_.begin()),
                                                          std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
        ++running_;
        async::submit_work([this, job] { take_off(spool_, *job); },
                           [this, job] {
                               --running_;
                               start();
                               for (const Removal& removal : *job) done_(removal);
                           });
    }
}

}  // namespace postrider::qmgr
