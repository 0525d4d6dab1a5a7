// qmgr/deliveries.cc - the active queue: routing recipients, handing them out, taking reports.
#include <fcntl.h>
#include <strings.h>

#include <algorithm>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/parameters.h"
#include "lib/mail/status.h"
#include "qmgr/manager.h"
#include "qmgr/manager_limits.h"
#include "qmgr/parameters.h"
#include "qmgr/recipient_slots.h"

namespace postrider::qmgr {
namespace {

// A destination with more than such a share of the active queue is worth a warning.
constexpr int clog_percent = 50;

Unavailable retry_reason(const Unavailable& why) {
    Unavailable reason = why;
    reason.reason = "delivery temporarily suspended: " + why.reason;
    return reason;
}

// Servers see the recipients of one domain together, sorted by name.
bool goes_before(const delivery::Recipient& a, const delivery::Recipient& b) {
    const std::string& first = a.recipient;
    const std::string& second = b.recipient;
    const std::size_t first_at = std::min(first.rfind('@'), first.size());
    const std::size_t second_at = std::min(second.rfind('@'), second.size());
    const int domains = ::strcasecmp(first.c_str() + first_at, second.c_str() + second_at);
    return domains != 0 ? domains < 0 : first < second;
}

}  // namespace

// Routes the portion of recipients that has just been read.
Task<> Manager::route(Message& message) {
    std::vector<delivery::Recipient> recipients;
    for (queue::EnvelopeRecipient& recipient : message.envelope.recipients)
        recipients.push_back(make_recipient(std::move(recipient)));
    message.envelope.recipients.clear();
    message.envelope.recipients.shrink_to_fit();
    // A redirected message has one recipient, whatever the file says.
    // Compat: it goes by the details of the one whose name sorts first.
    if (!message.envelope.redirect.empty() && !recipients.empty()) {
        std::iter_swap(recipients.begin(),
                       std::min_element(recipients.begin(), recipients.end(), goes_before));
        recipients.resize(1);
        recipients.front().recipient = message.envelope.redirect;
        recipients.front().offset = -1;
        message.unread = false;
    }
    message.recipients += static_cast<int>(recipients.size());
    recipients_ += static_cast<int>(recipients.size());

    std::vector<Route> routes;
    std::vector<std::string> questions;
    for (const delivery::Recipient& recipient : recipients) {
        std::optional<Route> filtered = route_by_filter(message, recipient.recipient, rules_);
        if (!filtered)
            questions.push_back(recipient.recipient);
        else
            routes.push_back(std::move(*filtered));
    }
    if (!questions.empty()) {
        ++routing_;
        std::vector<Route> answers = co_await find_routes(message, std::move(questions), rules_);
        routes = std::move(answers);
        --routing_;
        routed_.set();
    }
    co_await place(message, std::move(recipients), std::move(routes));
    message.reading = 0;
    step_done(message);
}

// Sorts recipients by destination and gives them to the scheduler.
Task<> Manager::place(Message& message, std::vector<delivery::Recipient> recipients,
                      std::vector<Route> routes) {
    struct Group {
        std::string key;  // transport and destination
        Route route;
        std::vector<delivery::Recipient> recipients;
    };
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> group_of;
    std::vector<delivery::Recipient> discarded;
    const bool too_many_probes =
        (message.envelope.trace_flags & delivery::request_flag::mta_verify) != 0 && probes_ > limits_->probes;
    for (std::size_t i = 0; i < recipients.size(); ++i) {
        Route& route = routes[i];
        if (route.discard) {
            recipients[i].recipient = route.recipient;
            discarded.push_back(std::move(recipients[i]));
            continue;
        }
        if (too_many_probes) {
            route.transport = retry_service;
            route.nexthop = "4.3.3 Too many address verification requests";
        }
        recipients[i].recipient = route.recipient;
        const Transport& transport = scheduler_.transport(route.transport);
        const std::string key = route.transport + ":" + destination_key(route, transport.limits, rules_);
        const auto [found, added] = group_of.emplace(key, groups.size());
        if (added) groups.push_back(Group{key, route, {}});
        groups[found->second].recipients.push_back(std::move(recipients[i]));
    }
    // Compat: the destinations of a message are served by their names.
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.key < b.key; });
    for (Group& group : groups) {
        std::sort(group.recipients.begin(), group.recipients.end(), goes_before);
        Transport& transport = scheduler_.transport(group.route.transport);
        const std::string key = destination_key(group.route, transport.limits, rules_);
        Destination& destination = scheduler_.destination(transport, key, group.route.nexthop);
        if (message.unthrottle) forget_troubles(transport, destination);
        schedule(message, transport, destination, std::move(group.recipients));
    }
    for (const auto& [transport, job] : message.jobs) hand_on_slots(*job);
    for (delivery::Recipient& recipient : discarded) co_await discard(message, std::move(recipient));
}

void Manager::forget_troubles(Transport& transport, Destination& destination) {
    scheduler_.release(transport);
    scheduler_.revive(destination);
}

Job& Manager::job_of(Message& message, Transport& transport) {
    for (const auto& [known, job] : message.jobs)
        if (known == &transport) return *job;
    Job& job = scheduler_.job(transport, message, async::Clock::now());
    job.unread = std::max(message.unread_count, 0);
    message.jobs.emplace_back(&transport, &job);
    return job;
}

void Manager::schedule(Message& message, Transport& transport, Destination& destination,
                       std::vector<delivery::Recipient> recipients) {
    const bool is_retry = transport.name == retry_service;
    if (transport.throttled || destination.dead) {
        const Unavailable why = transport.throttled ? *transport.throttled : retry_reason(*destination.dead);
        if (!is_retry) return schedule_retry(message, why, std::move(recipients));
        const mail::StatusText text = mail::split_status(destination.nexthop, "4.3.0");
        ++message.pending;
        scope_.spawn(defer_directly(message, Unavailable{text.status, text.text}, std::move(recipients)));
        return;
    }
    // VERP gives each recipient a sender of its own.
    Job& job = job_of(message, transport);
    const int before = job.waiting;
    if (!message.envelope.verp_delimiters.empty() && !message.sender().empty()) {
        for (delivery::Recipient& recipient : recipients) {
            std::vector<delivery::Recipient> one;
            one.push_back(std::move(recipient));
            scheduler_.add(job, destination, std::move(one), Scheduler::Room::own);
        }
    } else {
        scheduler_.add(job, destination, std::move(recipients));
    }
    message.pending += job.waiting - before;
    warn_of_clog(destination);
    agents_.wake(transport);
}

void Manager::schedule_retry(Message& message, const Unavailable& why,
                             std::vector<delivery::Recipient> recipients) {
    const std::string text = why.status + " " + why.reason;
    Transport& retry = scheduler_.transport(retry_service);
    Destination& destination = scheduler_.destination(retry, text, text);
    schedule(message, retry, destination, std::move(recipients));
}

// Mail that came back to the address postmaster notices are sent from ends here, or it would go round for
// ever.
Task<> Manager::discard(Message& message, delivery::Recipient recipient) {
    std::vector<delivery::Recipient> none;
    delivery::Request request = request_for(message, "", std::move(none), false, limits_->origin);
    Fd file = spool_.open(queue::Queue::active, message.id, O_RDWR | O_CLOEXEC);
    delivery::Delivery delivery(std::move(request), std::move(file), settings_);
    delivery::Outcome outcome;
    outcome.action = delivery::Action::delivered;
    outcome.status = "2.0.0";
    outcome.reason = "undeliverable postmaster notification discarded";
    co_await delivery.sent(recipient, std::move(outcome));
    const delivery::Report report = delivery.report();
    message.some_deferred = message.some_deferred || !report.all_done;
    message.logs |= report.logs;
    --message.recipients;
    --recipients_;
}

// When even retry(8) is not available.
Task<> Manager::defer_directly(Message& message, Unavailable why,
                               std::vector<delivery::Recipient> recipients) {
    std::vector<delivery::Recipient> none;
    delivery::Request request = request_for(message, "", std::move(none), false, limits_->origin);
    delivery::Delivery delivery(std::move(request), Fd(), settings_);
    for (const delivery::Recipient& recipient : recipients) {
        delivery::Outcome outcome;
        outcome.status = why.status;
        outcome.reason = why.reason;
        co_await delivery.deferred(recipient, std::move(outcome));
    }
    message.some_deferred = true;
    message.logs |= delivery.report().logs;
    message.recipients -= static_cast<int>(recipients.size());
    recipients_ -= static_cast<int>(recipients.size());
    step_done(message);
}

// Entries taken from a destination or transport that is not to be tried.
void Manager::retry_all(std::vector<EntryPtr> entries, const Unavailable& why) {
    for (EntryPtr& entry : entries) {
        Message& message = *entry->job->message;
        schedule_retry(message, why, std::move(entry->recipients));
        --message.pending;  // schedule_retry has counted it anew
    }
}

delivery::Request Manager::request(const Entry& entry) {
    if (entry.job->transport->limits.transport_rate_delay > Pause::zero()) arm_timer();
    return request_for(*entry.job->message, entry.destination->nexthop, entry.recipients,
                       entry.keep_connection, limits_->origin);
}

Task<> Manager::reported(EntryPtr entry, delivery::Report report) {
    Message& message = *entry->job->message;
    Transport& transport = *entry->job->transport;
    Destination& destination = *entry->destination;
    message.some_deferred = message.some_deferred || !report.all_done;
    message.logs |= report.logs;
    message.recipients -= static_cast<int>(entry->recipients.size());
    recipients_ -= static_cast<int>(entry->recipients.size());
    Scheduler::Answer answer = report.all_done ? Scheduler::Answer::good : Scheduler::Answer::none;
    if (!report.reason.empty()) answer = Scheduler::Answer::failed;
    const Unavailable why{report.status.empty() ? "4.0.0" : report.status, report.reason};
    Job& job = *entry->job;
    const bool died =
        scheduler_.finish(std::move(entry), answer, why, async::Clock::now(), limits_->dead_time);
    hand_on_slots(job);
    if (died) retry_all(scheduler_.take_waiting(destination), retry_reason(why));
    arm_timer();
    agents_.wake(transport);
    const bool drained = message.pending == 1 && message.unread;
    if (!drained || !read_portion(message)) {
        step_done(message);
        co_return;
    }
    --message.pending;
    co_await route(message);
}

// Nobody knows what became of the recipients; those that were not marked done are tried again.
void Manager::lost(EntryPtr entry, bool fatal) {
    // The mail system stops; our next life finds the message in the active queue and tries it at once.
    if (leaving_) return;
    Message& message = *entry->job->message;
    Transport& transport = *entry->job->transport;
    log::warning(
        "transport {} failure -- see a previous warning/fatal/panic logfile record for the problem "
        "description",
        transport.name);
    message.some_deferred = true;
    message.logs |= delivery::log_bit::bounce | delivery::log_bit::trace;  // perhaps
    message.fresh = false;
    message.recipients -= static_cast<int>(entry->recipients.size());
    recipients_ -= static_cast<int>(entry->recipients.size());
    const Unavailable none;
    Job& job = *entry->job;
    scheduler_.finish(std::move(entry), Scheduler::Answer::none, none, async::Clock::now(),
                      limits_->dead_time);
    hand_on_slots(job);
    if (fatal) throttle(transport, Unavailable{"4.3.0", "unknown mail transport error"});
    arm_timer();
    step_done(message);
}

void Manager::unreachable(Transport& transport, const std::string& reason) {
    log::warning("{}", reason);
    throttle(transport, Unavailable{"4.3.0", "mail transport unavailable"});
}

void Manager::throttle(Transport& transport, Unavailable why) {
    if (transport.throttled) return;
    scheduler_.throttle(transport, why, async::Clock::now() + limits_->transport_retry_time);
    arm_timer();
    std::vector<EntryPtr> entries = scheduler_.take_waiting(transport);
    if (transport.name != retry_service) {
        retry_all(std::move(entries), why);
    } else {
        // Without retry(8) the reasons are in the next hops.
        for (EntryPtr& entry : entries) {
            const mail::StatusText text = mail::split_status(entry->destination->nexthop, "4.3.0");
            scope_.spawn(defer_directly(*entry->job->message, Unavailable{text.status, text.text},
                                        std::move(entry->recipients)));
        }
    }
    scheduler_.retire_idle(transport);
}

void Manager::warn_of_clog(Destination& destination) {
    const int entries = destination.waiting + destination.busy;
    if (limits_->clog_warn_time <= async::Duration::zero() || entries * 100 <= limits_->active * clog_percent)
        return;
    const Time now = async::Clock::now();
    const bool lately = destination.last_clog_warning != Time{} &&
                        now - destination.last_clog_warning < limits_->clog_warn_time;
    if (lately) return;
    destination.last_clog_warning = now;
    log::warning("mail for {} is using up {} of {} active queue entries", destination.nexthop, entries,
                 active_.size());
    const std::string& transport = destination.transport->name;
    const int limit = destination.transport->limits.concurrency_limit;
    if (limit > 0 && destination.busy >= limit)
        log::warning("you may need to increase the main.cf {}_destination_concurrency_limit from {}",
                     transport, limit);
    log::warning("a transport of its own in master.cf would keep mail for {} apart from other mail",
                 destination.nexthop);
    log::warning("to turn off these warnings specify: qmgr_clog_warn_time = 0");
}

// Before a delivery of this transport starts: is more to be read of the message that is next?
bool Manager::wants_supply(Transport& transport) {
    const Time now = async::Clock::now();
    const Message* const message = scheduler_.next_message(transport, now);
    return message != nullptr && is_refill_due(*message, transport.limits, now);
}

Task<> Manager::supply(Transport& transport) {
    Message* const message = scheduler_.next_message(transport, async::Clock::now());
    if (message == nullptr || !read_portion(*message)) co_return;
    co_await route(*message);
}

// Reads the next portion, which is to be routed; false when there is nothing in it.
bool Manager::read_portion(Message& message) {
    const int wanted = std::max(free_slots(message), 1);
    const Fd file = spool_.open(queue::Queue::active, message.id, O_RDONLY | O_CLOEXEC);
    std::string failure;
    if (file) {
        queue::EnvelopeReader reader(file.get(), message.position);
        const Result<void> read = reader.read(message.envelope, static_cast<std::size_t>(wanted));
        if (!read) failure = read.error();
        message.unread = read.ok() && !reader.at_end();
        message.position = reader.position();
    } else {
        failure = errno_text();
        message.unread = false;
    }
    note_read(message);
    if (!failure.empty()) {
        // Whoever is left in the file is tried the next time.
        log::warning("{}: cannot read more recipients: {}", message.id, failure);
        message.some_deferred = true;
    }
    if (message.envelope.recipients.empty()) return false;
    message.reading = 1;
    ++message.pending;
    return true;
}

void Manager::note_read(Message& message) {
    message.last_read = async::Clock::now();
    message.unread_count -= static_cast<int>(message.envelope.recipients.size());
    if (!message.unread) message.unread_count = 0;
    for (const auto& [transport, job] : message.jobs) job->unread = std::max(message.unread_count, 0);
}

bool Manager::read_more(Message& message) {
    if (!read_portion(message)) return false;
    scope_.spawn(route(message));
    return true;
}

// One entry or step of the message has ended; the last one completes it.
void Manager::step_done(Message& message) {
    --message.pending;
    if (message.pending > 0) return;
    if (message.unread && read_more(message)) return;
    complete(message);
}

}  // namespace postrider::qmgr
