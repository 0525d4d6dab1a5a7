// qmgr/scheduler.cc - see scheduler.h.
#include "qmgr/scheduler.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "lib/base/log.h"
#include "qmgr/recipient_slots.h"

namespace postrider::qmgr {
namespace {

// Places in the row leave room between neighbours for jobs that are moved in front of others.
constexpr std::uint64_t place_step = std::uint64_t{1} << 24;
// How far behind the current job a candidate is looked for, and how long a found one stays good.
constexpr int candidate_reach = 1000;
constexpr Pause candidate_life = std::chrono::seconds(1);

// Entries the job will need at most: recipients that are not read yet may be of as many destinations.
int entries_ahead(const Job& job) {
    return job.waiting + job.unread;
}

int entries_in_all(const Job& job) {
    return job.selected + entries_ahead(job);
}

double score(const Job& job, Time now) {
    const double waited = std::chrono::duration<double>(now - job.since).count();
    return (waited + 1) / std::max(entries_in_all(job), 1);
}

// A job pays for being overtaken: each delivery of its own earns, each one let in front costs slot_cost.
int earned(const Job& job) {
    return job.selected - job.slots_used;
}

// Nobody is let in front who needs more than the job can still earn.
bool can_ever_afford(const Job& current, const Job& candidate) {
    const int needed = entries_ahead(candidate);
    return needed > 0 && needed <= (current.waiting + earned(current)) / current.transport->limits.slot_cost;
}

// Part of the price may be discounted, part of it lent.
bool can_afford(const Job& current, const Job& candidate) {
    const TransportLimits& limits = current.transport->limits;
    const double needed = entries_ahead(candidate) * (100 - limits.slot_discount) / 100.0;
    return earned(current) / limits.slot_cost + limits.slot_loan >= needed;
}

bool may_be_preempted(const Job& job) {
    const TransportLimits& limits = job.transport->limits;
    // Compat: less than two is no cost at all, and nobody is let in front for nothing.
    return limits.slot_cost >= 2 && earned(job) > 0 &&
           entries_in_all(job) >= limits.minimum_slots * limits.slot_cost;
}

// A destination whose queue runs empty is a new one when more comes for it: a few messages in a row make no
// burst. When many deliveries followed each other closely before that, what it has shown, and that its
// connections are worth keeping, holds a little longer.
constexpr Pause close_together = std::chrono::milliseconds(100);
constexpr int burst_size = 20;
constexpr Pause burst_memory = std::chrono::seconds(1);

// Connections are worth keeping once deliveries follow each other, and as long as they do; a burst no larger
// than the first window opens no caches.
bool keep_connections(Destination& destination, Time now) {
    const bool back_to_back = destination.last_done + std::chrono::seconds(1) >= now;
    if (!destination.keep_connections)
        destination.keep_connections = back_to_back;
    else if (destination.busy <= 1 && !back_to_back)
        destination.keep_connections = false;
    return destination.keep_connections;
}

int first_window(const TransportLimits& limits) {
    return limits.rate_delay > Pause::zero() ? 1 : limits.initial_concurrency;
}

// As if the destination had not been asked yet, or begins again with another window.
void forget_answers(Destination& destination, int window) {
    destination.window = window;
    destination.failed_cohorts = destination.success = destination.failure = 0;
}

// Nothing waits for the destination, and nothing keeps it from being used.
bool is_idle(const Destination& destination) {
    return destination.busy == 0 && destination.waiting == 0 && !destination.dead && !destination.suspended;
}

// destination_concurrency_feedback_debug.  Compat: these lines are those of Postfix, for who compares.
void log_feedback(const Destination& destination, std::string_view what, double amount) {
    if (destination.transport->limits.feedback_debug) log::info("qmgr_queue_{}: feedback {:g}", what, amount);
}
void log_window(const Destination& destination, std::string_view what) {
    const TransportLimits& limits = destination.transport->limits;
    if (!limits.feedback_debug) return;
    log::info("qmgr_queue_{}: queue {}: limit {} window {} success {:g} failure {:g} fail_cohorts {:g}", what,
              destination.key, limits.concurrency_limit, destination.dead ? 0 : destination.window,
              destination.success, destination.failure, destination.failed_cohorts);
}

void renumber(Transport& transport) {
    std::uint64_t place = place_step;
    for (Job& job : transport.jobs) {
        job.place = place;
        place += place_step;
    }
}

}  // namespace

Scheduler::Scheduler(LimitsOf limits_of, std::size_t dead_limit)
    : limits_of_(std::move(limits_of)), dead_limit_(dead_limit) {}

Transport& Scheduler::transport(const std::string& name) {
    std::unique_ptr<Transport>& found = transports_[name];
    if (!found) {
        found = std::make_unique<Transport>();
        found->name = name;
        found->limits = limits_of_(name);
        found->free_slots = found->limits.memory_limit;
    }
    return *found;
}

Destination& Scheduler::destination(Transport& transport, const std::string& key,
                                    const std::string& nexthop) {
    std::unique_ptr<Destination>& found = transport.destinations[key];
    if (!found) {
        found = std::make_unique<Destination>();
        found->transport = &transport;
        found->key = key;
        found->nexthop = nexthop;
        forget_answers(*found, first_window(transport.limits));
    }
    return *found;
}

Job& Scheduler::job(Transport& transport, Message& message, Time now) {
    const std::uint64_t last = transport.jobs.empty() ? 0 : transport.jobs.back().place;
    Job& job = transport.jobs.emplace_back();
    job.transport = &transport;
    job.message = &message;
    job.place = last + place_step;
    job.self = std::prev(transport.jobs.end());
    job.since = now;
    job.number = ++jobs_;
    take_slots(job);
    return job;
}

void Scheduler::add(Job& job, Destination& destination, std::vector<delivery::Recipient> recipients,
                    Room room) {
    Transport& transport = *job.transport;
    Peer& peer = job.peers[&destination];
    if (peer.job == nullptr) {
        peer.job = &job;
        peer.destination = &destination;
        peer.turn = ++turn_;
        destination.peers[job.place] = &peer;
    }
    const std::size_t limit = transport.limits.recipient_limit > 0
                                  ? static_cast<std::size_t>(transport.limits.recipient_limit)
                                  : recipients.size();
    std::size_t start = 0;
    if (!peer.entries.empty() && room == Room::shared && transport.limits.recipient_limit > 0) {
        std::vector<delivery::Recipient>& last = peer.entries.back()->recipients;
        for (; start < recipients.size() && last.size() < limit; ++start)
            last.push_back(std::move(recipients[start]));
    }
    for (; start < recipients.size(); start += limit) {
        auto entry = std::make_unique<Entry>();
        entry->job = &job;
        entry->destination = &destination;
        const std::size_t end = std::min(start + limit, recipients.size());
        entry->recipients.assign(
            std::make_move_iterator(recipients.begin() + static_cast<std::ptrdiff_t>(start)),
            std::make_move_iterator(recipients.begin() + static_cast<std::ptrdiff_t>(end)));
        peer.entries.push_back(std::move(entry));
        ++job.waiting;
        ++destination.waiting;
        ++transport.waiting;
    }
    job.recipients += static_cast<int>(recipients.size());
    transport.recipients += static_cast<int>(recipients.size());
    refresh(destination);
}

void Scheduler::remove(Job& job) {
    Transport& transport = *job.transport;
    if (transport.candidate == &job) transport.candidate = nullptr;
    give_back_slots(job);
    transport.jobs.erase(job.self);
}

bool Scheduler::selectable(const Destination& destination) const {
    return !destination.peers.empty() && !destination.dead && !destination.suspended &&
           destination.busy < destination.window;
}

// Puts the destination where it belongs among the ready ones, after anything about it has changed.
void Scheduler::refresh(Destination& destination) {
    auto& ready = destination.transport->ready;
    if (destination.ready) ready.erase(destination.ready_key);
    destination.ready = selectable(destination);
    if (!destination.ready) return;
    const auto& [place, peer] = *destination.peers.begin();
    destination.ready_key = {place, peer->turn};
    ready.emplace(destination.ready_key, &destination);
}

bool Scheduler::may_start(const Transport& transport, Time now) const {
    return !transport.throttled && !transport.ready.empty() && transport.suspended_until <= now;
}

Message* Scheduler::next_message(Transport& transport, Time now) {
    if (!may_start(transport, now)) return nullptr;
    if (!transport.chosen) preempt(transport, now);
    transport.chosen = true;
    return transport.ready.begin()->second->peers.begin()->second->job->message;
}

EntryPtr Scheduler::select(Transport& transport, Time now) {
    if (!may_start(transport, now)) return nullptr;
    if (!transport.chosen) preempt(transport, now);
    transport.chosen = false;
    Destination& destination = *transport.ready.begin()->second;
    Peer& peer = *destination.peers.begin()->second;
    Job& job = *peer.job;
    EntryPtr entry = std::move(peer.entries.front());
    peer.entries.pop_front();
    --job.waiting;
    --destination.waiting;
    --transport.waiting;
    ++job.busy;
    ++job.selected;
    ++destination.busy;
    ++transport.busy;
    entry->keep_connection = keep_connections(destination, now);
    peer.turn = ++turn_;
    if (peer.entries.empty()) detach(peer);
    refresh(destination);
    if (transport.limits.transport_rate_delay > Pause::zero()) {
        transport.suspended_until = now + transport.limits.transport_rate_delay;
        transport_timers_.emplace(transport.suspended_until, &transport);
    }
    return entry;
}

void Scheduler::detach(Peer& peer) {
    Job& job = *peer.job;
    Destination& destination = *peer.destination;
    destination.peers.erase(job.place);
    job.peers.erase(&destination);
}

void Scheduler::put_back(EntryPtr entry) {
    Job& job = *entry->job;
    Destination& destination = *entry->destination;
    Peer& peer = job.peers[&destination];
    if (peer.job == nullptr) {
        peer.job = &job;
        peer.destination = &destination;
        peer.turn = ++turn_;
        destination.peers[job.place] = &peer;
    }
    peer.entries.push_front(std::move(entry));
    ++job.waiting;
    ++destination.waiting;
    ++job.transport->waiting;
    --job.busy;
    --job.selected;
    --destination.busy;
    --job.transport->busy;
    refresh(destination);
}

bool Scheduler::finish(EntryPtr entry, Answer answer, const Unavailable& why, Time now, Pause dead_for) {
    Job& job = *entry->job;
    Destination& destination = *entry->destination;
    Transport& transport = *job.transport;
    --job.busy;
    --destination.busy;
    --transport.busy;
    job.recipients -= static_cast<int>(entry->recipients.size());
    transport.recipients -= static_cast<int>(entry->recipients.size());
    destination.burst = destination.burst_end + close_together >= now ? destination.burst + 1 : 1;
    destination.last_done = destination.burst_end = now;
    bool died = false;
    if (answer == Answer::good) good_answer(destination);
    if (answer == Answer::failed) died = failed_answer(destination, why, now, dead_for);
    if (!destination.dead && transport.limits.rate_delay > Pause::zero()) {
        destination.suspended = true;
        set_timer(destination, now + transport.limits.rate_delay);
    }
    refresh(destination);
    if (!died) rest(destination, now);
    return died;
}

// The window grows while deliveries go well and the window is really used.
void Scheduler::good_answer(Destination& destination) {
    const TransportLimits& limits = destination.transport->limits;
    if (destination.dead) {
        revive(destination);
        destination.window = destination.busy + 1;  // what it has just shown to bear
        log_window(destination, "unthrottle");
        return;
    }
    destination.failed_cohorts = 0;
    const bool may_grow = limits.concurrency_limit <= 0 || destination.window < limits.concurrency_limit;
    const bool is_used = destination.window < destination.busy + 1 + limits.initial_concurrency;
    if (limits.rate_delay <= Pause::zero() && may_grow && is_used) {
        const double amount = limits.positive.at(destination.window);
        log_feedback(destination, "unthrottle", amount);
        destination.success += amount;
        // Half an amount more or less is rounding: eight times 1/8 is a whole step.
        if (destination.success + amount / 2 >= 1) {
            destination.success -= 1;
            destination.failure = 0;
            ++destination.window;
        }
    }
    log_window(destination, "unthrottle");
}

// One failure counts as much of a cohort as it is of the deliveries at once; a whole cohort kills.
bool Scheduler::failed_answer(Destination& destination, const Unavailable& why, Time now, Pause dead_for) {
    const TransportLimits& limits = destination.transport->limits;
    if (destination.dead) return false;
    destination.failed_cohorts += 1.0 / std::max(destination.window, 1);
    constexpr double rounding = 1e-9;
    if (limits.failed_cohort_limit > 0 &&
        destination.failed_cohorts + rounding >= limits.failed_cohort_limit) {
        destination.dead = why;
        log_window(destination, "throttle");
        if (dead_ < dead_limit_) {
            ++dead_;
            set_timer(destination, now + dead_for);
        } else {
            set_timer(destination, now);  // too many to remember: only what waits now is deferred
            ++dead_;
        }
        return true;
    }
    // Compat: the first failure narrows the window at once, however small its amount, and it is paid off by
    // those that follow.  With amounts above 2/3 it counts twice.
    const double amount = limits.negative.at(destination.window);
    log_feedback(destination, "throttle", amount);
    destination.failure -= amount;
    while (destination.failure - amount / 2 < 0) {
        destination.failure += 1;
        destination.success = 0;
        --destination.window;
    }
    destination.window = std::max(destination.window, 1);
    log_window(destination, "throttle");
    return false;
}

void Scheduler::revive(Destination& destination) {
    if (!destination.dead) return;
    --dead_;
    clear_timer(destination);
    destination.dead.reset();
    const TransportLimits& limits = destination.transport->limits;
    const bool keeps_busy = destination.busy > 0 && limits.rate_delay == Pause::zero();
    forget_answers(destination, keeps_busy ? destination.busy : first_window(limits));
    refresh(destination);
}

// What a delivery leaves behind when it was the last one: of a burst the whole destination for a while, else
// no more than its place in a burst that may be beginning.
void Scheduler::rest(Destination& destination, Time now) {
    if (!is_idle(destination)) return;
    const bool after_burst = destination.burst >= burst_size;
    if (!after_burst) {
        forget_answers(destination, first_window(destination.transport->limits));
        destination.keep_connections = false;
        destination.last_done = {};
    }
    set_timer(destination, now + (after_burst ? burst_memory : close_together));
}

void Scheduler::retire_if_idle(Destination& destination) {
    if (!is_idle(destination)) return;
    clear_timer(destination);
    const std::string key = destination.key;
    destination.transport->destinations.erase(key);
}

std::vector<EntryPtr> Scheduler::take_peer(Peer& peer) {
    Job& job = *peer.job;
    Transport& transport = *job.transport;
    std::vector<EntryPtr> taken;
    for (EntryPtr& entry : peer.entries) {
        --job.waiting;
        --peer.destination->waiting;
        --transport.waiting;
        job.recipients -= static_cast<int>(entry->recipients.size());
        transport.recipients -= static_cast<int>(entry->recipients.size());
        taken.push_back(std::move(entry));
    }
    detach(peer);
    return taken;
}

std::vector<EntryPtr> Scheduler::take_waiting(Destination& destination) {
    std::vector<EntryPtr> taken;
    while (!destination.peers.empty()) {
        std::vector<EntryPtr> some = take_peer(*destination.peers.begin()->second);
        std::move(some.begin(), some.end(), std::back_inserter(taken));
    }
    refresh(destination);
    return taken;
}

std::vector<EntryPtr> Scheduler::take_waiting(Transport& transport) {
    std::vector<EntryPtr> taken;
    for (auto& [key, destination] : transport.destinations) {
        std::vector<EntryPtr> some = take_waiting(*destination);
        std::move(some.begin(), some.end(), std::back_inserter(taken));
    }
    return taken;
}

void Scheduler::retire_idle(Transport& transport) {
    std::erase_if(transport.destinations, [this](const auto& item) {
        if (!is_idle(*item.second)) return false;
        clear_timer(*item.second);
        return true;
    });
}

void Scheduler::throttle(Transport& transport, Unavailable why, Time until) {
    transport.throttled = std::move(why);
    transport_timers_.emplace(until, &transport);
}

void Scheduler::release(Transport& transport) {
    transport.throttled.reset();
}

void Scheduler::revive_all() {
    for (auto& [name, transport] : transports_) {
        release(*transport);
        std::vector<Destination*> dead;
        for (auto& [key, destination] : transport->destinations)
            if (destination->dead) dead.push_back(destination.get());
        for (Destination* destination : dead) {
            revive(*destination);
            retire_if_idle(*destination);
        }
    }
}

void Scheduler::set_timer(Destination& destination, Time when) {
    clear_timer(destination);
    destination.timer = destination_timers_.emplace(when, &destination);
    destination.has_timer = true;
}

void Scheduler::clear_timer(Destination& destination) {
    if (destination.has_timer) destination_timers_.erase(destination.timer);
    destination.has_timer = false;
}

std::vector<Transport*> Scheduler::advance(Time now) {
    std::vector<Transport*> changed;
    while (!destination_timers_.empty() && destination_timers_.begin()->first <= now) {
        Destination& destination = *destination_timers_.begin()->second;
        clear_timer(destination);
        destination.suspended = false;
        revive(destination);
        refresh(destination);
        changed.push_back(destination.transport);
        retire_if_idle(destination);
    }
    while (!transport_timers_.empty() && transport_timers_.begin()->first <= now) {
        Transport& transport = *transport_timers_.begin()->second;
        transport_timers_.erase(transport_timers_.begin());
        if (transport.suspended_until <= now && transport.throttled) {
            const bool later = std::any_of(transport_timers_.begin(), transport_timers_.end(),
                                           [&](const auto& timer) { return timer.second == &transport; });
            if (!later) release(transport);
        }
        changed.push_back(&transport);
    }
    return changed;
}

std::optional<Time> Scheduler::next_time() const {
    std::optional<Time> next;
    if (!destination_timers_.empty()) next = destination_timers_.begin()->first;
    if (!transport_timers_.empty() && (!next || transport_timers_.begin()->first < *next))
        next = transport_timers_.begin()->first;
    return next;
}

// Takes `moved` out of the row and puts it right in front of `before`.
void Scheduler::move_in_front(Job& moved, Job& before) {
    Transport& transport = *moved.transport;
    transport.jobs.splice(before.self, transport.jobs, moved.self);
    const std::uint64_t previous = moved.self == transport.jobs.begin() ? 0 : std::prev(moved.self)->place;
    if (before.place - previous < 2) {
        renumber(transport);
        for (auto& [key, destination] : transport.destinations) {
            std::map<std::uint64_t, Peer*> peers;
            for (auto& [place, peer] : destination->peers) peers[peer->job->place] = peer;
            destination->peers = std::move(peers);
            refresh(*destination);
        }
        return;
    }
    const std::uint64_t old_place = moved.place;
    moved.place = previous + (before.place - previous) / 2;
    for (auto& [destination, peer] : moved.peers) {
        destination->peers.erase(old_place);
        destination->peers[moved.place] = &peer;
        refresh(*destination);
    }
}

Job* Scheduler::best_candidate(Transport& transport, const Job& current, Time now) const {
    Job* best = nullptr;
    int left = candidate_reach;
    for (auto job = std::next(current.self); job != transport.jobs.end() && left > 0; ++job, --left) {
        if (job->waiting == 0 || !can_ever_afford(current, *job)) continue;
        const bool ready = std::any_of(job->peers.begin(), job->peers.end(),
                                       [](const auto& item) { return item.first->ready; });
        if (!ready) continue;
        if (best == nullptr || score(*job, now) > score(*best, now)) best = &*job;
    }
    return best;
}

// Lets one smaller job in front of the current one, when that one has earned the slots for it.
void Scheduler::preempt(Transport& transport, Time now) {
    Job& current = *transport.ready.begin()->second->peers.begin()->second->job;
    if (!may_be_preempted(current)) return;
    if (transport.candidate == nullptr || transport.candidate == &current ||
        transport.candidate->waiting == 0 || now - transport.candidate_time >= candidate_life) {
        transport.candidate = best_candidate(transport, current, now);
        transport.candidate_time = now;
    }
    Job* const candidate = transport.candidate;
    if (candidate == nullptr || candidate->place <= current.place) return;
    if (!can_afford(current, *candidate)) return;
    current.slots_used += entries_ahead(*candidate) * transport.limits.slot_cost;
    move_in_front(*candidate, current);
    lend_slots(*candidate);
    transport.candidate = nullptr;
}

}  // namespace postrider::qmgr
