// qmgr/agents.h - the connections to delivery agents.
//
// Each connection to private/TRANSPORT is a coroutine that takes one entry after the other from the scheduler
// and sends it as a request.  Connections are made when work is ready and none is free, stay open while there
// is work, and end after a few idle seconds so that the agent's process may leave.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lib/async/stream.h"
#include "lib/delivery/request.h"
#include "qmgr/scheduler.h"

namespace postrider::qmgr {

// What the pools tell the queue manager, and ask of it.
class AgentEvents {
  public:
    virtual ~AgentEvents() = default;
    // Whether more recipients of the message that is next should be read first, and doing that.
    virtual bool wants_supply(Transport& transport) = 0;
    virtual Task<> supply(Transport& transport) = 0;
    // The request for an entry.
    virtual delivery::Request request(const Entry& entry) = 0;
    // The agent has answered.  Its next delivery may be one that is yet to be read from the queue file.
    virtual Task<> reported(EntryPtr entry, delivery::Report report) = 0;
    // The agent was lost in mid-delivery; `fatal`: not by accident.
    virtual void lost(EntryPtr entry, bool fatal) = 0;
    // The agent cannot be reached.
    virtual void unreachable(Transport& transport, const std::string& reason) = 0;
};

class Agents {
  public:
    Agents(Scheduler& scheduler, AgentEvents& events, async::Scope& scope, async::Duration send_limit)
        : scheduler_(scheduler), events_(events), scope_(scope), send_limit_(send_limit) {}

    // A transport may have work: sees to it that a connection takes it.
    void wake(Transport& transport);
    // No new deliveries; idle connections end.
    void stop();
    // Deliveries under way.
    int busy() const { return busy_; }

  private:
    // A connection without work.
    struct Idle {
        async::Event woken;
    };
    struct Pool {
        Transport* transport = nullptr;
        std::vector<Idle*> idle;  // the last one is used first, so that surplus connections end
        int connecting = 0;
        bool waking = false;  // one has been woken and has not looked for work yet; it will wake the next
        int losses = 0;       // since the last report
    };
    Pool& pool_of(Transport& transport);
    Task<> run_connection(Pool& pool);
    Task<> serve(Pool& pool, async::Stream stream);
    Task<bool> wait_for_work(Pool& pool, async::Stream& stream);
    Task<bool> deliver(Pool& pool, async::Stream& stream, EntryPtr entry);

    Scheduler& scheduler_;
    AgentEvents& events_;
    async::Scope& scope_;
    async::Duration send_limit_;
    std::map<Transport*, std::unique_ptr<Pool>> pools_;
    int busy_ = 0;
    bool stopped_ = false;
};

}  // namespace postrider::qmgr
