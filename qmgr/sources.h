// qmgr/sources.h - where messages for the active queue come from.
//
// New mail is announced by cleanup(8), message by message, so that the directory is read only at start, when
// somebody asks, and from time to time as a safety net; deferred mail is that of deferred.h.  Incoming and
// deferred mail take turns; after the active queue was full, incoming mail goes first.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "lib/queue/spool.h"
#include "qmgr/deferred.h"

namespace postrider::qmgr {

class Sources {
  public:
    // Names announced beyond this are left to a scan.
    static constexpr std::size_t announced_limit = 20000;

    Sources(const queue::Spool& spool, std::size_t deferred_limit)
        : incoming_(spool, queue::Queue::incoming), deferred_(spool, deferred_limit) {}

    void announce(std::string id);
    // Asks for a scan; `everything`: messages whose time has not come too.
    void scan_incoming(bool everything) { incoming_.request(everything); }
    Deferred& deferred() { return deferred_; }
    // The next free place in the active queue is for incoming mail.
    void prefer_incoming() { deferred_turn_ = false; }

    // Announced messages that wait.
    std::size_t announced() const { return announced_.size(); }

    // The next message; nothing when none was found with a bounded amount of work.  `now`: seconds since the
    // epoch.
    std::optional<Found> next(std::int64_t now);
    // next() may find more: a scan is under way, names were announced, deferred mail is due.
    bool more(std::int64_t now) const {
        return !announced_.empty() || incoming_.active() || deferred_.has_due(now);
    }

  private:
    // One directory: at most one scan under way and one more asked for.
    class Scan {
      public:
        Scan(const queue::Spool& spool, queue::Queue queue) : spool_(spool), queue_(queue) {}
        void request(bool everything);
        bool active() const { return scanner_ != nullptr || asked_; }
        std::optional<Found> next(std::int64_t now, int& names_left);

      private:
        bool is_due(const std::string& path, std::int64_t now) const;
        const queue::Spool& spool_;
        queue::Queue queue_;
        std::unique_ptr<queue::QueueScanner> scanner_;
        bool everything_ = false;
        bool asked_ = false;
        bool asked_everything_ = false;
    };

    std::optional<Found> next_incoming(std::int64_t now, int& names_left);

    std::deque<std::string> announced_;
    Scan incoming_;
    Deferred deferred_;
    bool deferred_turn_ = false;
};

}  // namespace postrider::qmgr
