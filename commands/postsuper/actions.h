// commands/postsuper/actions.h - what postsuper(1) does to single messages.
//
// The mail system may be at work: a message can move from one queue to another while we look for it, and qmgr
// or a delivery agent may have it in hand.  A missing file is never an error.
#pragma once

#include <functional>
#include <string>
#include <vector>

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
    explicit Messages(const queue::Spool& spool) : spool_(spool) {}

    // Acts on one message, looked for in `queues`; false when there is none.  Logs what was done.
    bool act(Action action, const std::string& id, const std::vector<queue::Queue>& queues);
    // Acts on every message of `queues`; the number of messages.
    long act_on_all(Action action, const std::vector<queue::Queue>& queues);

  private:
    bool act_in(Action action, const std::string& id, queue::Queue queue);
    bool remove(queue::Queue queue, const std::string& id);
    bool move(queue::Queue from, queue::Queue to, const std::string& id);
    bool requeue(queue::Queue queue, const std::string& id);
    bool expire(queue::Queue queue, const std::string& id);
    void remove_logs(const std::string& id);
    const queue::Spool& spool_;
};

}  // namespace postrider::postsuper
