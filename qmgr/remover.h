// qmgr/remover.h - takes finished messages off the disk without keeping the queue manager waiting.
//
// A disk that frees blocks at once (ext4 with `discard`) makes unlink(2) wait for it, a millisecond each.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "lib/queue/spool.h"

namespace postrider::qmgr {

// One file that is to go, and what came of it.
struct Removal {
    std::string id;
    bool with_log = false;  // the defer log of an earlier attempt, too
    int error = 0;          // errno of the queue file
};

class Remover {
  public:
    // Both outlive all removals.  `done` is called from the loop, once for each removal.
    Remover(const queue::Spool& spool, std::function<void(const Removal&)> done)
        : spool_(spool), done_(std::move(done)) {}

    void remove(std::string id, bool with_log);
    bool is_busy() const { return running_ > 0 || !waiting_.empty(); }

  private:
    void start();

    const queue::Spool& spool_;
    std::function<void(const Removal&)> done_;
    std::deque<Removal> waiting_;
    int running_ = 0;
};

}  // namespace postrider::qmgr
