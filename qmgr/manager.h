// qmgr/manager.h - the active queue: what comes in, what is tried, what becomes of it.
//
// A message is here from the moment its file is moved to active/ until it is removed or moved away:
//
//   feed()      takes the next message from the sources while there is room
//   activate()  moves and reads its file
//   route()     asks where its recipients go and hands them to the scheduler, a portion at a time
//   reported()  ends one delivery; the last one of a message leads to complete()
//   complete()  removes the file, or asks for notifications and moves it to deferred/
//
// Files in active/ when we start are of an earlier life of ours; they go back to incoming/.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "lib/async/loop.h"
#include "lib/config/settings.h"
#include "lib/delivery/agent.h"
#include "lib/queue/spool.h"
#include "qmgr/agents.h"
#include "qmgr/message.h"
#include "qmgr/remover.h"
#include "qmgr/route.h"
#include "qmgr/scheduler.h"
#include "qmgr/sources.h"

namespace postrider::qmgr {

class Manager : private AgentEvents {
  public:
    explicit Manager(const Settings& settings);
    ~Manager() override;

    // Puts earlier active mail back and begins to work.
    void start();
    // Runs until the process is to leave.
    Task<> run();
    // What somebody asked for on public/qmgr: W I D F A.
    void obey(std::string_view requests);
    // A new message in incoming, of cleanup(8), or one in deferred that postsuper(1) has let go.
    void announce(queue::Queue queue, std::string id);
    // Mail comes in faster than we take it.
    bool is_behind() const { return behind_; }
    // Called when that changes.
    void on_flow_change(std::function<void()> call) { flow_changed_ = std::move(call); }

  private:
    // main.cf, read once.
    struct Limits;

    bool wants_supply(Transport& transport) override;
    Task<> supply(Transport& transport) override;
    delivery::Request request(const Entry& entry) override;
    Task<> reported(EntryPtr entry, delivery::Report report) override;
    void lost(EntryPtr entry, bool fatal) override;
    void unreachable(Transport& transport, const std::string& reason) override;

    void recover();
    Task<> feed();
    Task<> read_deferred();
    async::Deadline next_due();
    Task<> keep_time();
    void activate(const Found& found);
    bool admit(Message& message, const Found& found, const Fd& file);
    bool read_first(Message& message, int file);
    void scan_deferred(bool everything);
    void put_aside(const std::string& id, queue::Queue queue, std::int64_t seconds);
    void save_corrupt(const std::string& id);

    Task<> route(Message& message);
    Task<> place(Message& message, std::vector<delivery::Recipient> recipients, std::vector<Route> routes);
    void schedule(Message& message, Transport& transport, Destination& destination,
                  std::vector<delivery::Recipient> recipients);
    void schedule_retry(Message& message, const Unavailable& why,
                        std::vector<delivery::Recipient> recipients);
    Task<> discard(Message& message, delivery::Recipient recipient);
    Task<> defer_directly(Message& message, Unavailable why, std::vector<delivery::Recipient> recipients);
    void retry_all(std::vector<EntryPtr> entries, const Unavailable& why);
    Job& job_of(Message& message, Transport& transport);
    void forget_troubles(Transport& transport, Destination& destination);
    void warn_of_clog(Destination& destination);

    bool read_portion(Message& message);
    bool read_more(Message& message);
    void note_read(Message& message);
    void step_done(Message& message);
    void throttle(Transport& transport, Unavailable why);

    void complete(Message& message);
    Task<> finish(Message& message);
    Task<bool> notify_bounces(Message& message);
    Task<> report_trace(Message& message);
    Task<bool> expire(Message& message);
    Task<> warn_of_delay(Message& message);
    void remove(Message& message);
    void removed(const Removal& removal);
    Task<> remove_later(Message& message);
    void defer(Message& message);
    void drop(Message& message);
    bool log_exists(const Message& message, queue::Queue queue, int bit) const;
    bool is_too_old(const Message& message) const;

    void weigh_flow();
    void arm_timer();
    void advance();

    const Settings& settings_;
    std::unique_ptr<const Limits> limits_;
    queue::Spool spool_;
    RouteRules rules_;
    Scheduler scheduler_;
    async::Scope scope_;
    Agents agents_;
    Remover remover_;
    Sources sources_;
    std::unordered_map<std::string, std::unique_ptr<Message>> active_;
    int recipients_ = 0;   // in memory, of all messages
    int probes_ = 0;       // address verification probes among the active messages
    async::Event news_;    // a source has more
    async::Event scan_;    // the deferred queue is to be read
    async::Event room_;    // the active queue is not full
    int routing_ = 0;      // messages whose recipients are being looked up
    async::Event routed_;  // not too many are
    async::Timer timer_;   // of the scheduler
    bool behind_ = false;
    std::function<void()> flow_changed_;
    bool leaving_ = false;
};

}  // namespace postrider::qmgr
