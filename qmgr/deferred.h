// qmgr/deferred.h - the deferred queue as the queue manager knows it.
//
// The directory is read at start, when somebody asks, and when memory did not hold all of it; in between the
// times of the messages are kept in memory.  Reading is done in portions on a worker thread, and stops while
// many of the messages found wait to be tried.
#pragma once

#include <ctime>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/queue/spool.h"
#include "qmgr/due_times.h"

namespace postrider::qmgr {

// A message that may become active.
struct Found {
    queue::Queue queue = queue::Queue::incoming;
    std::string id;
    bool announced = false;  // by cleanup: complete, new, no older logs
    bool flushed = false;    // by a scan that ignores times
};

class Deferred {
  public:
    // At most `limit` times are kept.
    Deferred(const queue::Spool& spool, std::size_t limit) : spool_(spool), times_(limit) {}

    // We have just moved this message here.
    void add(std::string_view id, std::int64_t when) { times_.add(id, when); }
    // Asks for a scan; `everything`: messages whose time has not come are tried too.
    void request_scan(bool everything);
    // Messages may be due that are not known.
    bool is_incomplete(std::int64_t now) const { return times_.horizon() && *times_.horizon() <= now; }

    // The next message to try; nothing when none was found by looking at `names_left` files.
    std::optional<Found> next(std::int64_t now, int& names_left);
    // next() would look at a file.
    bool has_due(std::int64_t now) const {
        return !found_.empty() || (times_.next() && *times_.next() <= now);
    }
    std::optional<std::int64_t> next_due() const { return times_.next(); }

    // Reading the directory: while scan_wanted(), portions made by read() on any thread go to take().
    struct Seen {
        std::string id;
        std::int64_t when = 0;
        bool changed_since = false;  // the file was moved or touched after the scan began
    };
    struct Portion {
        std::vector<Seen> seen;
        bool last = false;
    };
    class Scan {
      public:
        explicit Scan(const queue::Spool& spool);
        // Looks at so many files more; blocks on the disk.
        Portion read(int count);

      private:
        queue::QueueScanner scanner_;
        timespec begun_{};
    };
    bool scan_wanted() const { return scan_ != nullptr || asked_; }
    // Too many found messages wait: read() on later.
    bool is_full() const { return found_.size() >= found_limit; }
    // The scan under way, begun when there was none.
    Scan& scan();
    void take(Portion portion, std::int64_t now);

  private:
    static constexpr std::size_t found_limit = 2000;
    struct Waiting {
        std::string id;
        bool flushed = false;
    };
    const queue::Spool& spool_;
    DueTimes times_;
    std::deque<Waiting> found_;  // by the scan, to be tried now
    std::unique_ptr<Scan> scan_;
    bool everything_ = false;  // the scan under way ignores times
    bool asked_ = false;       // for one more scan
    bool asked_everything_ = false;
};

}  // namespace postrider::qmgr
