// commands/postsuper/actions.h - what postsuper(1) does to single messages.
//
// The mail system may be at work: a message can move from one queue to another while we look for it, and qmgr
// or a delivery agent may have it in hand.  A missing file is never an error.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "lib/base/fd.h"
#include "lib/base/progress.h"
#include "lib/queue/spool.h"

namespace postrider::postsuper {

enum class Action {
    remove,          // -d
    hold,            // -h
    release,         // -H
    requeue,         // -r: through cleanup again, with a new ID
    expire,          // -e: returned at the next attempt
    expire_release,  // -f: and let go if on hold
};
// "removed", "placed on hold" ..., for the log line of a message.
std::string_view done_text(Action action);
// "Deleted", "Placed on hold" ..., for the summary.
std::string_view summary_text(Action action);
// The queues in which messages for an action are looked for.
std::vector<queue::Queue> queues_of(Action action);

class Messages {
  public:
    // `qmgr`: the socket of the queue manager, which is told of released messages; "": nobody is told.
    explicit Messages(const queue::Spool& spool, std::string qmgr = "")
        : spool_(spool), qmgr_(std::move(qmgr)) {}

    // Acts on one message, looked for in `queues`; false when there is none.  Logs what was done.
    bool act(Action action, const std::string& id, const std::vector<queue::Queue>& queues);
    // Acts on every message of `queues`; the number of messages.  They are not logged one by one.
    long act_on_all(Action action, const std::vector<queue::Queue>& queues);
    // The queue manager has to know before we leave.
    void tell_rest();
    // How many messages Action::expire_release has let go.
    long released_by_expiry() const { return released_by_expiry_; }
    // True when something could not be done.
    bool has_failed() const { return failed_; }

  private:
    enum class Log { each, none };
    void warn(std::string_view what, const std::string& path);
    long remove_all(queue::QueueScanner& scanner, queue::Queue queue, Progress& progress);
    bool act_in(Action action, const std::string& id, queue::Queue queue, Log log);
    void tell(const std::string& id);
    bool send();
    bool remove(queue::Queue queue, const std::string& id);
    bool move(queue::Queue from, queue::Queue to, const std::string& id);
    bool requeue(queue::Queue queue, const std::string& id);
    bool release(queue::Queue queue, const std::string& id);
    bool expire(queue::Queue queue, const std::string& id);
    void remove_logs(const std::string& id);
    const queue::Spool& spool_;
    std::string qmgr_;
    Fd connection_;
    std::string unsent_;
    bool lost_ = false;  // the queue manager was not told of all
    long released_by_expiry_ = 0;
    std::atomic<bool> failed_ = false;  // removing has several threads
};

}  // namespace postrider::postsuper
