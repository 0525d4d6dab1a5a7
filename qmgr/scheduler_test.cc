// qmgr/scheduler_test.cc - order, windows, dead destinations and overtaking, without a clock.
#include "qmgr/scheduler.h"

#include <catch2/catch.hpp>

#include "qmgr/message.h"
#include "qmgr/recipient_slots.h"

namespace postrider::qmgr {
namespace {

using namespace std::chrono_literals;

const Time start = Time(1000s);

std::vector<delivery::Recipient> recipients(int count) {
    std::vector<delivery::Recipient> made(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) made[static_cast<std::size_t>(i)].recipient = "user" + std::to_string(i);
    return made;
}

struct Bench {
    explicit Bench(const TransportLimits& limits)
        : scheduler([limits](const std::string&) { return limits; }),
          transport(scheduler.transport("smtp")) {}

    Job& job(Message& message, Time now = start) { return scheduler.job(transport, message, now); }
    void add(Job& job, const std::string& nexthop, int count) {
        Destination& destination = scheduler.destination(transport, nexthop, nexthop);
        scheduler.add(job, destination, recipients(count));
    }
    // Takes whatever may start and names the destinations.
    std::string start_all(Time now = start) {
        std::string taken;
        while (EntryPtr entry = scheduler.select(transport, now)) {
            taken += entry->destination->key + " ";
            busy.push_back(std::move(entry));
        }
        return taken;
    }
    bool finish_first(Scheduler::Answer answer, Time now = start) {
        EntryPtr entry = std::move(busy.front());
        busy.erase(busy.begin());
        return scheduler.finish(std::move(entry), answer, {"4.4.1", "refused"}, now, 300s);
    }

    Scheduler scheduler;
    Transport& transport;
    std::vector<EntryPtr> busy;
};

TransportLimits small_window() {
    TransportLimits limits;
    limits.initial_concurrency = 2;
    limits.concurrency_limit = 4;
    return limits;
}

}  // namespace

TEST_CASE("Recipients of one destination are cut into deliveries of the limit's size", "[scheduler]") {
    TransportLimits limits;
    limits.recipient_limit = 3;
    Bench bench(limits);
    Message message;
    Job& job = bench.job(message);
    bench.add(job, "a", 7);
    CHECK(job.waiting == 3);
    CHECK(bench.transport.recipients == 7);
    CHECK(bench.scheduler.select(bench.transport, start)->recipients.size() == 3);
    CHECK(bench.scheduler.select(bench.transport, start)->recipients.size() == 3);
    CHECK(bench.scheduler.select(bench.transport, start)->recipients.size() == 1);
    CHECK(bench.scheduler.select(bench.transport, start) == nullptr);
}

TEST_CASE("Jobs are served in the order they came, destinations of one job in turns", "[scheduler]") {
    TransportLimits limits = small_window();
    limits.recipient_limit = 1;
    Bench bench(limits);
    Message first;
    Message second;
    Job& one = bench.job(first);
    bench.add(one, "a", 2);
    bench.add(one, "b", 2);
    bench.add(bench.job(second), "c", 1);
    CHECK(bench.start_all() == "a b a b c ");
}

TEST_CASE("A full window does not hold up other destinations", "[scheduler]") {
    TransportLimits limits = small_window();
    limits.recipient_limit = 1;
    Bench bench(limits);
    Message first;
    Message second;
    bench.add(bench.job(first), "slow", 10);
    bench.add(bench.job(second), "quick", 1);
    CHECK(bench.start_all() == "slow slow quick ");
    bench.finish_first(Scheduler::Answer::none);
    CHECK(bench.start_all() == "slow ");
}

TEST_CASE("Good answers widen the window up to the limit, failures narrow it", "[scheduler]") {
    TransportLimits limits = small_window();
    limits.recipient_limit = 1;
    limits.failed_cohort_limit = 0;
    Bench bench(limits);
    Message message;
    bench.add(bench.job(message), "a", 100);
    bench.start_all();
    CHECK(bench.busy.size() == 2);
    for (int i = 0; i < 5; ++i) {
        bench.finish_first(Scheduler::Answer::good);
        bench.start_all();
    }
    CHECK(bench.busy.size() == 4);
    Destination& a = bench.scheduler.destination(bench.transport, "a", "a");
    CHECK(a.window == 4);
    bench.finish_first(Scheduler::Answer::failed);
    CHECK(a.window == 2);
    for (int i = 0; i < 3; ++i) bench.finish_first(Scheduler::Answer::failed);
    CHECK(a.window == 1);
    CHECK_FALSE(a.dead.has_value());
}

// The windows are those that Postfix 3.7 logs with destination_concurrency_feedback_debug = yes.
TEST_CASE("Fractions of feedback move the window step by step", "[scheduler]") {
    TransportLimits limits;
    limits.recipient_limit = 1;
    limits.failed_cohort_limit = 0;
    limits.initial_concurrency = 5;
    limits.negative = Feedback(0.25, Feedback::Divisor::none);
    limits.positive = Feedback(1, Feedback::Divisor::concurrency);
    Bench bench(limits);
    Message message;
    bench.add(bench.job(message), "a", 100);
    bench.start_all();
    const Destination& a = bench.scheduler.destination(bench.transport, "a", "a");
    const auto windows = [&](Scheduler::Answer answer, int count) {
        std::string seen;
        for (int i = 0; i < count; ++i) {
            bench.finish_first(answer);
            bench.start_all();
            seen += std::to_string(a.window) + " ";
        }
        return seen;
    };
    SECTION("the first failure narrows it, the fourth pays it off and begins anew") {
        CHECK(windows(Scheduler::Answer::failed, 9) == "4 4 4 3 3 3 3 2 2 ");
        CHECK(a.failure == Approx(0.75));
    }
    SECTION("as many good answers as the window is wide make it wider") {
        CHECK(windows(Scheduler::Answer::good, 11) == "5 5 5 5 6 6 6 6 6 6 7 ");
    }
    SECTION("a wider window forgets failures") {
        CHECK(windows(Scheduler::Answer::failed, 1) == "4 ");
        CHECK(a.failure == Approx(0.75));
        CHECK(windows(Scheduler::Answer::good, 4) == "4 4 4 5 ");
        CHECK(a.failure == 0);
        CHECK(windows(Scheduler::Answer::failed, 1) == "4 ");
    }
}

TEST_CASE("A cohort is counted by the window at each failure", "[scheduler]") {
    TransportLimits limits;
    limits.recipient_limit = 1;
    limits.initial_concurrency = 5;
    Bench bench(limits);  // feedback 1: the windows are 5 3 2
    Message message;
    bench.add(bench.job(message), "a", 100);
    bench.start_all();
    // 1/5 + 1/3 = 0.53; one more half is a cohort.
    for (int i = 0; i < 2; ++i) CHECK_FALSE(bench.finish_first(Scheduler::Answer::failed));
    CHECK(bench.finish_first(Scheduler::Answer::failed));
    // A good answer in between begins anew.
    bench.scheduler.revive_all();
}

TEST_CASE("A cohort of failures kills a destination for a while", "[scheduler]") {
    TransportLimits limits = small_window();
    limits.recipient_limit = 1;
    limits.negative = Feedback(0, Feedback::Divisor::none);
    Bench bench(limits);
    Message message;
    Job& job = bench.job(message);
    bench.add(job, "a", 5);
    bench.start_all();
    CHECK_FALSE(bench.finish_first(Scheduler::Answer::failed));
    bench.start_all();
    REQUIRE(bench.finish_first(Scheduler::Answer::failed));
    Destination& a = bench.scheduler.destination(bench.transport, "a", "a");
    REQUIRE(a.dead.has_value());
    CHECK(a.dead->reason == "refused");
    CHECK(bench.start_all().empty());
    CHECK(bench.scheduler.take_waiting(a).size() == 2);
    CHECK(job.waiting == 0);

    SECTION("until time has passed") {
        CHECK(bench.scheduler.next_time() == start + 300s);
        bench.finish_first(Scheduler::Answer::none);
        bench.add(job, "a", 1);
        CHECK(bench.scheduler.advance(start + 300s).size() == 1);
        CHECK(bench.start_all(start + 300s) == "a ");
    }
    SECTION("or a delivery under way succeeds") {
        bench.finish_first(Scheduler::Answer::good);
        bench.add(job, "a", 1);
        CHECK(bench.start_all() == "a ");
    }
    SECTION("or somebody flushes the queue") {
        bench.finish_first(Scheduler::Answer::none);
        bench.scheduler.revive_all();
        bench.add(job, "a", 1);
        CHECK(bench.start_all() == "a ");
    }
}

TEST_CASE("A rate delay allows one delivery at a time, with a pause after it", "[scheduler]") {
    TransportLimits limits = small_window();
    limits.recipient_limit = 1;
    limits.rate_delay = 10s;
    Bench bench(limits);
    Message message;
    bench.add(bench.job(message), "a", 3);
    CHECK(bench.start_all() == "a ");
    bench.finish_first(Scheduler::Answer::good);
    CHECK(bench.start_all().empty());
    bench.scheduler.advance(start + 9s);
    CHECK(bench.start_all(start + 9s).empty());
    bench.scheduler.advance(start + 10s);
    CHECK(bench.start_all(start + 10s) == "a ");
}

TEST_CASE("A transport's rate delay holds for all its destinations", "[scheduler]") {
    TransportLimits limits = small_window();
    limits.transport_rate_delay = 10s;
    Bench bench(limits);
    Message message;
    Job& job = bench.job(message);
    bench.add(job, "a", 1);
    bench.add(job, "b", 1);
    CHECK(bench.start_all() == "a ");
    CHECK(bench.scheduler.next_time() == start + 10s);
    CHECK(bench.start_all(start + 10s) == "b ");
}

TEST_CASE("A throttled transport rests until it is time", "[scheduler]") {
    Bench bench(small_window());
    Message message;
    bench.add(bench.job(message), "a", 1);
    bench.scheduler.throttle(bench.transport, {"4.3.0", "mail transport unavailable"}, start + 60s);
    CHECK(bench.start_all().empty());
    bench.scheduler.advance(start + 60s);
    CHECK(bench.start_all(start + 60s) == "a ");
}

TEST_CASE("A letter overtakes a mailing that has earned it", "[scheduler]") {
    TransportLimits limits;
    limits.recipient_limit = 1;
    limits.initial_concurrency = 1;
    limits.concurrency_limit = 1;
    // Each delivery earns a part of a slot, and what is missing may be lent.
    const int earned = GENERATE(1, 5, 20);
    if (earned > 1) limits.slot_loan = 0;
    if (earned == 20) limits.slot_cost = 20;
    Bench bench(limits);
    Message mailing;
    Message letter;
    bench.add(bench.job(mailing), "a", 100);
    bench.add(bench.job(letter, start + 1s), "a", 1);
    int before_letter = 0;
    while (true) {
        EntryPtr entry = bench.scheduler.select(bench.transport, start + 2s);
        REQUIRE(entry != nullptr);
        const bool is_letter = entry->job->message == &letter;
        bench.scheduler.finish(std::move(entry), Scheduler::Answer::good, {}, start + 2s, 300s);
        if (is_letter) break;
        ++before_letter;
    }
    CHECK(before_letter == earned);
}

TEST_CASE("The destinations of a message take turns, in the order they were added", "[scheduler]") {
    TransportLimits limits;
    limits.recipient_limit = 1;
    Bench bench(limits);
    Message first;
    Message second;
    Job& job = bench.job(first);
    bench.add(job, "x", 1);
    bench.add(job, "z", 2);
    Job& next = bench.job(second);
    bench.add(next, "x", 2);
    bench.add(next, "y", 2);
    bench.add(next, "z", 1);
    CHECK(bench.start_all() == "x z z x y z x y ");
}

TEST_CASE("Recipients that are read later fill the delivery that waits", "[scheduler]") {
    TransportLimits limits;
    limits.recipient_limit = 5;
    Bench bench(limits);
    Message message;
    Job& job = bench.job(message);
    bench.add(job, "a", 7);
    bench.add(job, "a", 4);
    CHECK(job.waiting == 3);
    CHECK(job.recipients == 11);
    EntryPtr entry = bench.scheduler.select(bench.transport, start);
    entry = bench.scheduler.select(bench.transport, start);
    CHECK(entry->recipients.size() == 5);
    std::vector<delivery::Recipient> own(1);
    bench.scheduler.add(job, bench.scheduler.destination(bench.transport, "a", "a"), std::move(own),
                        Scheduler::Room::own);
    CHECK(job.waiting == 2);
}

TEST_CASE("Nothing overtakes when slots cost nothing, or the message is too small", "[scheduler]") {
    TransportLimits limits;
    limits.recipient_limit = 1;
    limits.initial_concurrency = 1;
    limits.concurrency_limit = 1;
    const int size = GENERATE(100, 10);
    if (size == 100) limits.slot_cost = 0;
    Bench bench(limits);
    Message mailing;
    Message letter;
    bench.add(bench.job(mailing), "a", size);
    bench.add(bench.job(letter), "a", 1);
    for (int i = 0; i < size; ++i) {
        EntryPtr entry = bench.scheduler.select(bench.transport, start);
        REQUIRE(entry != nullptr);
        CHECK(entry->job->message == &mailing);
        bench.scheduler.finish(std::move(entry), Scheduler::Answer::good, {}, start, 300s);
    }
}

TEST_CASE("An entry that could not be sent is the next one again", "[scheduler]") {
    TransportLimits limits = small_window();
    limits.recipient_limit = 1;
    Bench bench(limits);
    Message message;
    bench.add(bench.job(message), "a", 2);
    EntryPtr entry = bench.scheduler.select(bench.transport, start);
    CHECK(entry->recipients.front().recipient == "user0");
    bench.scheduler.put_back(std::move(entry));
    CHECK(bench.transport.busy == 0);
    entry = bench.scheduler.select(bench.transport, start);
    CHECK(entry->recipients.front().recipient == "user0");
}

TEST_CASE("Destinations without work are forgotten", "[scheduler]") {
    Bench bench(small_window());
    Message message;
    Job& job = bench.job(message);
    bench.add(job, "a", 1);
    bench.start_all();
    bench.finish_first(Scheduler::Answer::good);
    bench.scheduler.advance(start + 100ms);
    CHECK(bench.transport.destinations.empty());
    bench.scheduler.remove(job);
    CHECK(bench.transport.jobs.empty());
}

TEST_CASE("A destination is remembered for a second after a burst of deliveries", "[scheduler]") {
    Bench bench(small_window());
    Message message;
    Job& job = bench.job(message);
    // `count` deliveries, each made and ended before the next is known; whether the last one kept its
    // connection.
    const auto one_by_one = [&](int count, Time since, Pause apart) {
        bool kept = false;
        for (int i = 0; i < count; ++i) {
            const Time now = since + i * apart;
            bench.scheduler.advance(now);
            bench.add(job, "a", 1);
            EntryPtr entry = bench.scheduler.select(bench.transport, now);
            kept = entry->keep_connection;
            bench.scheduler.finish(std::move(entry), Scheduler::Answer::good, {}, now, 300s);
        }
        return kept;
    };
    const auto& destinations = bench.transport.destinations;

    SECTION("a few deliveries, or slow ones, are no burst") {
        CHECK_FALSE(one_by_one(20, start, 10ms));
        CHECK_FALSE(one_by_one(40, start + 2s, 200ms));
        CHECK(destinations.at("a")->window == 2);
        bench.scheduler.advance(start + 2s + 39 * 200ms + 100ms);
        CHECK(destinations.empty());
    }
    SECTION("it goes when nothing came for it") {
        CHECK(one_by_one(21, start, 0s));
        CHECK(destinations.at("a")->window > 2);
        REQUIRE(bench.scheduler.next_time() == start + 1s);
        bench.scheduler.advance(start + 999ms);
        CHECK(destinations.size() == 1);
        bench.scheduler.advance(start + 1s);
        CHECK(destinations.empty());
        CHECK_FALSE(bench.scheduler.next_time().has_value());
    }
    SECTION("what comes within that second finds its connection") {
        one_by_one(21, start, 0s);
        CHECK(one_by_one(1, start + 900ms, 0s));
        CHECK_FALSE(one_by_one(1, start + 1200ms, 0s));
    }
    SECTION("it may be forgotten earlier, and its timer with it") {
        one_by_one(21, start, 0s);
        bench.scheduler.retire_idle(bench.transport);
        CHECK(destinations.empty());
        CHECK_FALSE(bench.scheduler.next_time().has_value());
    }
}

TEST_CASE("Feedback amounts are written as in the manual", "[scheduler]") {
    CHECK(Feedback::parse("1")->at(10) == Approx(1));
    CHECK(Feedback::parse("0.5")->at(10) == Approx(0.5));
    CHECK(Feedback::parse("1/8")->at(10) == Approx(0.125));
    CHECK(Feedback::parse("1/concurrency")->at(10) == Approx(0.1));
    CHECK(Feedback::parse("1 / sqrt_concurrency")->at(16) == Approx(0.25));
    for (const char* bad : {"", "2", "-1", "1/0", "3/2", "1/windows", "x"}) CHECK_FALSE(Feedback::parse(bad));
}

TEST_CASE("Slots for recipients go to the first job, and on to the next one that has more to read",
          "[scheduler]") {
    TransportLimits limits;
    limits.memory_limit = 5;
    limits.refill_limit = 4;
    Bench bench(limits);
    Message first, second;
    first.slots = second.slots = 2;
    first.unread = second.unread = true;
    Job& one = bench.job(first);
    bench.add(one, "a", 2);
    first.recipients = 2;
    Job& two = bench.job(second);
    bench.add(two, "a", 2);
    second.recipients = 2;
    CHECK(free_slots(first) == 5);
    CHECK(free_slots(second) == 0);
    CHECK(is_refill_due(first, limits, start));
    CHECK_FALSE(is_refill_due(second, limits, start + 10s));
    // The first one is read to its end: it needs two of five.
    first.unread = false;
    hand_on_slots(one);
    CHECK(free_slots(second) == 3);
    second.last_read = start;
    CHECK_FALSE(is_refill_due(second, limits, start + 1s));
    CHECK(is_refill_due(second, limits, start + limits.refill_delay));
    bench.start_all();
    bench.finish_first(Scheduler::Answer::good);
    first.recipients = 0;
    hand_on_slots(one);
    CHECK(free_slots(second) == 5);
}

TEST_CASE("A job that overtakes is lent half of the extra slots", "[scheduler]") {
    TransportLimits limits;
    limits.memory_limit = 5;
    limits.extra_memory = 9;
    Bench bench(limits);
    Message first, second;
    first.unread = second.unread = true;
    Job& one = bench.job(first);
    Job& two = bench.job(second);
    CHECK(free_slots(second) == 0);
    lend_slots(two);
    CHECK(free_slots(second) == 5);
    CHECK(bench.transport.free_slots == -5);
    second.unread = false;
    hand_on_slots(two);
    CHECK(bench.transport.free_slots == 0);
    CHECK(one.slots == 5);
}

}  // namespace postrider::qmgr
