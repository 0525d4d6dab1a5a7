// qmgr/due_times.cc - see due_times.h.
#include "qmgr/due_times.h"

#include <algorithm>
#include <limits>

namespace postrider::qmgr {

void DueTimes::forget_beyond(std::int64_t when) {
    horizon_ = std::min(horizon_.value_or(when), when);
}

void DueTimes::add(std::string_view id, std::int64_t when) {
    constexpr std::int64_t latest = std::numeric_limits<std::uint32_t>::max();
    when = std::clamp<std::int64_t>(when, 0, latest);
    // Foreign names may be long; and beyond the horizon a few more known ones are of no use.
    if (id.size() > Entry().id.size() || (horizon_ && when >= *horizon_)) return forget_beyond(when);
    if (heap_.size() >= limit_) halve();
    if (horizon_ && when >= *horizon_) return;
    Entry entry{static_cast<std::uint32_t>(when), {}};
    std::copy(id.begin(), id.end(), entry.id.begin());
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), is_later);
}

// Forgets the half that is due latest.
void DueTimes::halve() {
    const auto middle = heap_.begin() + static_cast<std::ptrdiff_t>(heap_.size() / 2);
    std::nth_element(heap_.begin(), middle, heap_.end(),
                     [](const Entry& one, const Entry& other) { return one.when < other.when; });
    const std::uint32_t first_forgotten = middle->when;
    forget_beyond(first_forgotten);
    // Those that are due at that very second too: the horizon says that all before it are known.
    std::erase_if(heap_, [first_forgotten](const Entry& entry) { return entry.when >= first_forgotten; });
    std::make_heap(heap_.begin(), heap_.end(), is_later);
}

std::optional<std::string> DueTimes::take(std::int64_t now) {
    if (heap_.empty() || static_cast<std::int64_t>(heap_.front().when) > now) return std::nullopt;
    std::pop_heap(heap_.begin(), heap_.end(), is_later);
    const auto& id = heap_.back().id;
    std::string taken(id.begin(), std::find(id.begin(), id.end(), '\0'));
    heap_.pop_back();
    // After a large backlog is gone its memory is given back.
    if (heap_.capacity() > 4096 && heap_.size() < heap_.capacity() / 4) heap_.shrink_to_fit();
    return taken;
}

std::optional<std::int64_t> DueTimes::next() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().when;
}

void DueTimes::clear() {
    heap_.clear();
    horizon_.reset();
}

}  // namespace postrider::qmgr
