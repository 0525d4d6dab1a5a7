// qmgr/agents.cc - see agents.h.
#include "qmgr/agents.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/ipc/client.h"

namespace postrider::qmgr {
namespace {

// Connections that wait to be taken by an agent's process.  They wait long when the process limit is reached.
constexpr int connecting_limit = 2;
constexpr auto connect_limit = std::chrono::seconds(60);
constexpr auto greeting_limit = std::chrono::hours(5);
constexpr auto delivery_limit = std::chrono::hours(24);
constexpr auto idle_limit = std::chrono::seconds(5);
// An agent that is lost so often without one report in between is broken.
constexpr int losses_limit = 2;

}  // namespace

Agents::Pool& Agents::pool_of(Transport& transport) {
    std::unique_ptr<Pool>& pool = pools_[&transport];
    if (!pool) {
        pool = std::make_unique<Pool>();
        pool->transport = &transport;
    }
    return *pool;
}

void Agents::wake(Transport& transport) {
    if (stopped_ || !scheduler_.may_start(transport, async::Clock::now())) return;
    Pool& pool = pool_of(transport);
    if (pool.waking) return;
    if (!pool.idle.empty()) {
        Idle* const idle = pool.idle.back();
        pool.idle.pop_back();
        pool.waking = true;
        idle->woken.set();
    } else if (pool.connecting < connecting_limit) {
        scope_.spawn(run_connection(pool));
    }
}

void Agents::stop() {
    stopped_ = true;
    for (auto& [transport, pool] : pools_) {
        const std::vector<Idle*> idle = std::exchange(pool->idle, {});
        for (Idle* one : idle) one->woken.set();
    }
}

Task<> Agents::run_connection(Pool& pool) {
    ++pool.connecting;
    Result<Fd> fd =
        co_await ipc::connect_unix("private/" + pool.transport->name, async::after(connect_limit));
    if (!fd) {
        --pool.connecting;
        // "connect to private/x: reason"
        constexpr std::string_view connect = "connect to ";
        std::string reason = fd.error();
        if (reason.starts_with(connect)) reason.insert(connect.size(), "transport ");
        events_.unreachable(*pool.transport, reason);
        co_return;
    }
    async::Stream stream(std::move(*fd));
    bool greeted = false;
    try {
        stream.set_timeout(greeting_limit);
        const ipc::Frame hello = co_await ipc::read_frame(stream);
        greeted = hello.tag == delivery::frame_tag::hello;
    } catch (const async::PeerGone&) {
        greeted = false;
    }
    --pool.connecting;
    if (!greeted) {
        if (!stopped_)
            events_.unreachable(*pool.transport, "private/" + pool.transport->name + " socket: no greeting");
        co_return;
    }
    co_await serve(pool, std::move(stream));
    wake(*pool.transport);
}

Task<> Agents::serve(Pool& pool, async::Stream stream) {
    while (!stopped_) {
        if (events_.wants_supply(*pool.transport)) co_await events_.supply(*pool.transport);
        EntryPtr entry = scheduler_.select(*pool.transport, async::Clock::now());
        if (!entry) {
            const bool work = co_await wait_for_work(pool, stream);
            if (!work) co_return;
            continue;
        }
        // Anything said without being asked is a goodbye.
        if (!stream.buffered().empty()) {
            scheduler_.put_back(std::move(entry));
            co_return;
        }
        wake(*pool.transport);
        const bool alive = co_await deliver(pool, stream, std::move(entry));
        if (!alive) co_return;
    }
}

Task<bool> Agents::wait_for_work(Pool& pool, async::Stream& stream) {
    Idle self;
    pool.idle.push_back(&self);
    const async::Ready ready = co_await self.woken.wait(async::after(idle_limit));
    const bool still_idle = std::erase(pool.idle, &self) > 0;
    if (still_idle && ready == async::Ready::timed_out) co_return false;
    pool.waking = false;
    if (!stream.input_waiting()) co_return true;
    co_return false;
}

// One request and its report; false when the connection is of no more use.
Task<bool> Agents::deliver(Pool& pool, async::Stream& stream, EntryPtr entry) {
    ++busy_;
    delivery::Report report;
    bool sent = false;
    bool answered = false;
    bool goodbye = false;
    try {
        const delivery::Request request = events_.request(*entry);
        ipc::put_frame(stream, delivery::frame_tag::request, ipc::encode(request));
        stream.set_timeout(send_limit_);
        co_await stream.flush();
        sent = true;
        stream.set_timeout(delivery_limit);
        ipc::Frame frame = co_await ipc::read_frame(stream);
        // The agent said goodbye before it saw the request; it serves it all the same.
        goodbye = frame.tag == delivery::frame_tag::goodbye;
        if (goodbye) {
            ipc::Frame next = co_await ipc::read_frame(stream);
            frame = std::move(next);
        }
        std::optional<delivery::Report> decoded = ipc::decode<delivery::Report>(frame.body);
        answered = frame.tag == delivery::frame_tag::report && decoded.has_value();
        if (answered) report = std::move(*decoded);
    } catch (const async::PeerGone&) {
        answered = false;
    }
    --busy_;
    if (!answered) {
        const bool broken = ++pool.losses >= losses_limit;
        // A request that was not sent in whole cannot have been worked on.
        if (!sent && !broken)
            scheduler_.put_back(std::move(entry));
        else
            events_.lost(std::move(entry), broken);
        co_return false;
    }
    pool.losses = 0;
    co_await events_.reported(std::move(entry), std::move(report));
    co_return !goodbye;
}

}  // namespace postrider::qmgr
