// qmgr/sources_test.cc - whose turn it is, and what a scan passes over.
#include "qmgr/sources.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include "lib/queue/test_spool.h"

namespace postrider::qmgr {
namespace {

constexpr std::int64_t now = 1'000'000;

void make_message(const queue::TestSpool& spool, queue::Queue queue, const std::string& id, std::int64_t due,
                  mode_t mode = 0700) {
    const std::string path = spool->path(queue, id);
    spool->make_parents(path);
    const Fd file(::open(path.c_str(), O_CREAT | O_WRONLY, 0600));
    REQUIRE(::fchmod(file.get(), mode) == 0);
    const timespec times[2] = {{due, 0}, {due, 0}};
    REQUIRE(::futimens(file.get(), times) == 0);
}

void scan_deferred(Sources& sources, bool everything) {
    Deferred& deferred = sources.deferred();
    deferred.request_scan(everything);
    while (deferred.scan_wanted()) deferred.take(deferred.scan().read(2), now);
}

std::string all_of(Sources& sources) {
    std::string names;
    while (sources.more(now)) {
        const std::optional<Found> found = sources.next(now);
        if (found) names += found->id + (found->flushed ? "! " : " ");
    }
    return names;
}

}  // namespace

TEST_CASE("A scan passes over messages that are not due or not complete", "[qmgr]") {
    const queue::TestSpool spool;
    make_message(spool, queue::Queue::deferred, "AAAAA1", now - 10);
    make_message(spool, queue::Queue::deferred, "AAAAA2", now + 10);
    make_message(spool, queue::Queue::deferred, "AAAAA3", now - 10, 0600);
    Sources sources(*spool, 100);
    CHECK(all_of(sources).empty());
    scan_deferred(sources, false);
    CHECK(all_of(sources) == "AAAAA1 ");
    scan_deferred(sources, true);
    const std::string flushed = all_of(sources);
    CHECK(flushed.size() == std::string("AAAAA1! AAAAA2! ").size());
}

TEST_CASE("A message found before its time comes without another scan", "[qmgr]") {
    const queue::TestSpool spool;
    make_message(spool, queue::Queue::deferred, "AAAAA1", now + 10);
    make_message(spool, queue::Queue::deferred, "AAAAA2", now + 10);
    make_message(spool, queue::Queue::deferred, "AAAAA3", now + 10);
    Sources sources(*spool, 100);
    scan_deferred(sources, false);
    Deferred& deferred = sources.deferred();
    CHECK(deferred.next_due() == now + 10);
    // One was removed, the time of one was changed meanwhile: the files decide.
    REQUIRE(spool->remove(queue::Queue::deferred, "AAAAA1"));
    make_message(spool, queue::Queue::deferred, "AAAAA2", now + 20);
    int names_left = 10;
    CHECK(deferred.next(now + 10, names_left)->id == "AAAAA3");
    CHECK_FALSE(deferred.next(now + 10, names_left));
    CHECK(deferred.next_due() == now + 20);
    CHECK(deferred.next(now + 20, names_left)->id == "AAAAA2");
}

TEST_CASE("A flush does not try again what has come back while it was under way", "[qmgr]") {
    const queue::TestSpool spool;
    make_message(spool, queue::Queue::deferred, "AAAAA1", now + 10);
    Sources sources(*spool, 100);
    Deferred& deferred = sources.deferred();
    deferred.request_scan(true);
    Deferred::Portion portion = deferred.scan().read(10);
    REQUIRE(portion.seen.size() == 1);
    portion.seen[0].changed_since = true;
    deferred.take(std::move(portion), now);
    CHECK_FALSE(deferred.has_due(now));
    CHECK(deferred.next_due() == now + 10);
}

TEST_CASE("Incoming and deferred mail take turns", "[qmgr]") {
    const queue::TestSpool spool;
    make_message(spool, queue::Queue::deferred, "DDDDD1", now - 10);
    make_message(spool, queue::Queue::deferred, "DDDDD2", now - 10);
    Sources sources(*spool, 100);
    for (const char* id : {"AAAAA1", "AAAAA2", "AAAAA3"}) sources.announce(id);
    scan_deferred(sources, false);
    const std::string order = all_of(sources);
    CHECK(order.size() == 35);
    CHECK(order.substr(0, 7) == "AAAAA1 ");
    CHECK(order.substr(7, 5) == "DDDDD");
    CHECK(order.substr(14, 7) == "AAAAA2 ");
    CHECK(order.substr(21, 5) == "DDDDD");

    for (const char* id : {"AAAAA1", "AAAAA2"}) sources.announce(id);
    CHECK(sources.next(now)->id == "AAAAA1");
    scan_deferred(sources, false);
    sources.prefer_incoming();
    CHECK(sources.next(now)->id == "AAAAA2");
}

}  // namespace postrider::qmgr
