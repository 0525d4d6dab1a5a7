// qmgr/due_times.h - when which deferred message is to be tried, kept in memory.
//
// With it the deferred queue is read once, at start, and not again for every queue run.  An entry takes 32
// bytes.  At most `limit` entries are kept: when there are more, those that are due latest are forgotten, and
// horizon() tells when the queue has to be read again.
//
// What is known here is a hint: before a message is tried its file says whether it is there and due.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::qmgr {

class DueTimes {
  public:
    explicit DueTimes(std::size_t limit) : limit_(limit < 2 ? 2 : limit) {}

    // Times are seconds since the epoch.
    void add(std::string_view id, std::int64_t when);
    // The message that has been due longest; nothing when none is due.
    std::optional<std::string> take(std::int64_t now);
    // When the first message is due.
    std::optional<std::int64_t> next() const;
    // From when on messages may be due that are not known here; nothing: all are.
    std::optional<std::int64_t> horizon() const { return horizon_; }
    // The queue is read anew: forgets everything.
    void clear();
    std::size_t size() const { return heap_.size(); }

  private:
    struct Entry {
        std::uint32_t when;
        std::array<char, 28> id;  // ends at a NUL or is full
    };
    static bool is_later(const Entry& one, const Entry& other) { return one.when > other.when; }
    void forget_beyond(std::int64_t when);
    void halve();

    std::size_t limit_;
    std::vector<Entry> heap_;  // the earliest in front
    std::optional<std::int64_t> horizon_;
};

}  // namespace postrider::qmgr
