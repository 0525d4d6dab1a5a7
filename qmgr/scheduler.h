// qmgr/scheduler.h - which delivery comes next.
//
// A plain data structure: no I/O, no clock, no loop.
//
//   Transport     a delivery agent's service, with its limits and the jobs that wait for it
//   Job           what one message wants of one transport; jobs stand in a row, first come first served
//   Destination   a next hop of a transport: how many deliveries it takes at once, how it has answered lately
//   Entry         one delivery: recipients of one job for one destination
//
// A destination is "ready" while it has waiting entries and room in its window; the next entry is that of the
// first job in the row among the ready destinations, and within a job the destinations take turns.  A small
// job may be moved in front of a big one that has earned delivery slots, so that one mailing to a million
// does not hold up a letter to one.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lib/delivery/request.h"
#include "qmgr/feedback.h"

namespace postrider::qmgr {

using Time = std::chrono::steady_clock::time_point;
using Pause = std::chrono::steady_clock::duration;

struct Message;
struct Transport;
struct Destination;
struct Job;

// The limits of one transport, from main.cf.
struct TransportLimits {
    int concurrency_limit = 20;  // destination_concurrency_limit; 0: none
    int initial_concurrency = 5;
    int recipient_limit = 50;        // recipients per delivery; 0: none
    double failed_cohort_limit = 1;  // 0: a destination is never given up
    Feedback positive, negative;
    Pause rate_delay{};            // between deliveries to one destination
    Pause transport_rate_delay{};  // between any deliveries
    int slot_cost = 5;             // 0: no preemption
    int slot_loan = 3;
    int slot_discount = 50;  // percent
    int minimum_slots = 3;
    int memory_limit = 20000;  // recipient_limit: recipients held in memory
    int extra_memory = 1000;   // extra_recipient_limit
    int refill_limit = 100;
    Pause refill_delay = std::chrono::seconds(5);
    bool feedback_debug = false;  // log what each delivery does to the window
};

// Why a transport or destination is not tried.
struct Unavailable {
    std::string status;
    std::string reason;
};

struct Entry {
    Job* job = nullptr;
    Destination* destination = nullptr;
    std::vector<delivery::Recipient> recipients;
    bool keep_connection = false;  // worth caching: the destination gets one delivery after another
};
using EntryPtr = std::unique_ptr<Entry>;

// The waiting entries of one job for one destination.
struct Peer {
    Job* job = nullptr;
    Destination* destination = nullptr;
    std::list<EntryPtr> entries;
    std::uint64_t turn = 0;  // the destinations of a job take turns
};

struct Destination {
    Transport* transport = nullptr;
    std::string key;  // next hop, perhaps with the recipient's local part: what the window is counted for
    std::string nexthop;
    int window = 0;  // deliveries at once; meaningless while dead
    int busy = 0;
    int waiting = 0;  // entries
    double failed_cohorts = 0, success = 0, failure = 0;
    std::optional<Unavailable> dead;
    bool suspended = false;  // between two deliveries, rate_delay
    bool keep_connections = false;
    Time last_done{};
    // Deliveries that followed each other closely, up to the one that ended at burst_end.
    int burst = 0;
    Time burst_end{};
    Time last_clog_warning{};

    std::map<std::uint64_t, Peer*> peers;  // by place in the row
    std::pair<std::uint64_t, std::uint64_t> ready_key{};
    bool ready = false;
    std::multimap<Time, Destination*>::iterator timer{};
    bool has_timer = false;
};

struct Job {
    Transport* transport = nullptr;
    Message* message = nullptr;
    std::uint64_t place = 0;  // in the row
    std::list<Job>::iterator self{};
    std::unordered_map<Destination*, Peer> peers;
    Time since{};
    int waiting = 0;  // entries
    int busy = 0;
    int selected = 0;          // entries handed out so far
    int recipients = 0;        // in memory: waiting and busy
    int slots = 0;             // so many recipients of its message may be in memory for its sake
    int unread = 0;            // recipients still in the queue file
    std::uint64_t number = 0;  // by age
    int slots_used = 0;        // in deliveries, of those selected
};

struct Transport {
    std::string name;
    TransportLimits limits;
    std::optional<Unavailable> throttled;
    Time suspended_until{};  // transport_rate_delay
    int waiting = 0;         // entries
    int busy = 0;
    int recipients = 0;           // in memory
    int free_slots = 0;           // of recipients in memory, that no job has; see recipient_slots.h
    Job* first_unread = nullptr;  // the job that gets them: of those whose message is not read to its end
    std::list<Job> jobs;
    std::unordered_map<std::string, std::unique_ptr<Destination>> destinations;
    std::map<std::pair<std::uint64_t, std::uint64_t>, Destination*> ready;
    bool chosen = false;       // nobody is let in front any more before the next delivery
    Job* candidate = nullptr;  // best job to be let in front, as of candidate_time
    Time candidate_time{};
};

class Scheduler {
  public:
    using LimitsOf = std::function<TransportLimits(const std::string& transport)>;
    // `limits_of` is asked once for each transport; at most `dead_limit` dead destinations are remembered.
    explicit Scheduler(LimitsOf limits_of, std::size_t dead_limit = 20000);

    // The transport or destination of that name, made when it is not there.
    Transport& transport(const std::string& name);
    Destination& destination(Transport& transport, const std::string& key, const std::string& nexthop);
    const std::map<std::string, std::unique_ptr<Transport>>& transports() const { return transports_; }

    // The job of a message at a transport; a new one goes to the end of the row.
    Job& job(Transport& transport, Message& message, Time now);
    // Adds recipients as entries of at most recipient_limit each.  An entry that waits and has room takes
    // some of them, unless they want one of their own.
    enum class Room { shared, own };
    void add(Job& job, Destination& destination, std::vector<delivery::Recipient> recipients,
             Room room = Room::shared);
    // The message is done with: its jobs must have no entries left.
    void remove(Job& job);

    // Takes the next delivery of a transport, which is busy from now on; null when none may start now.
    EntryPtr select(Transport& transport, Time now);
    bool may_start(const Transport& transport, Time now) const;
    // The message whose delivery is next, as far as one can say before that; null when none may start.
    Message* next_message(Transport& transport, Time now);

    enum class Answer {
        good,    // the destination answers
        failed,  // the destination as a whole is unavailable
        none,    // nothing is known of the destination (the agent broke)
    };
    // Ends a delivery.  True when the destination died of it: its waiting entries should be taken and
    // deferred.
    bool finish(EntryPtr entry, Answer answer, const Unavailable& why, Time now, Pause dead_for);
    // Puts an entry that was selected but not sent back in front.
    void put_back(EntryPtr entry);

    // Takes all waiting entries of a destination or transport away; they count no more.
    std::vector<EntryPtr> take_waiting(Destination& destination);
    std::vector<EntryPtr> take_waiting(Transport& transport);
    // Forgets destinations that nothing waits for; entries taken from them may not be used any more.
    void retire_idle(Transport& transport);

    // A throttled transport gives no entries until it is released.
    void throttle(Transport& transport, Unavailable why, Time until);
    void release(Transport& transport);
    void revive(Destination& destination);
    // Forgets all that is dead or throttled.
    void revive_all();

    // Does what time brings: pauses end, the dead are forgotten.  Returns transports that may now have work.
    std::vector<Transport*> advance(Time now);
    // When advance() has something to do; nothing: never.
    std::optional<Time> next_time() const;

  private:
    bool selectable(const Destination& destination) const;
    void refresh(Destination& destination);
    void set_timer(Destination& destination, Time when);
    void clear_timer(Destination& destination);
    void good_answer(Destination& destination);
    bool failed_answer(Destination& destination, const Unavailable& why, Time now, Pause dead_for);
    void retire_if_idle(Destination& destination);
    void rest(Destination& destination, Time now);
    void detach(Peer& peer);
    std::vector<EntryPtr> take_peer(Peer& peer);
    void move_in_front(Job& moved, Job& before);
    void preempt(Transport& transport, Time now);
    Job* best_candidate(Transport& transport, const Job& current, Time now) const;

    LimitsOf limits_of_;
    std::size_t dead_limit_;
    std::size_t dead_ = 0;
    std::uint64_t turn_ = 0;
    std::uint64_t jobs_ = 0;  // made so far
    std::map<std::string, std::unique_ptr<Transport>> transports_;
    std::multimap<Time, Destination*> destination_timers_;
    std::multimap<Time, Transport*> transport_timers_;
};

}  // namespace postrider::qmgr
