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

std::string all_of(Sources& sources) {
    std::string names;
    while (sources.more()) {
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
    Sources sources(*spool);
    CHECK(all_of(sources).empty());
    sources.scan_deferred(false);
    CHECK(all_of(sources) == "AAAAA1 ");
    sources.scan_deferred(true);
    const std::string flushed = all_of(sources);
    CHECK(flushed.size() == std::string("AAAAA1! AAAAA2! ").size());
}

TEST_CASE("Incoming and deferred mail take turns", "[qmgr]") {
    const queue::TestSpool spool;
    make_message(spool, queue::Queue::deferred, "DDDDD1", now - 10);
    make_message(spool, queue::Queue::deferred, "DDDDD2", now - 10);
    Sources sources(*spool);
    for (const char* id : {"AAAAA1", "AAAAA2", "AAAAA3"}) sources.announce(id);
    sources.scan_deferred(false);
    const std::string order = all_of(sources);
    CHECK(order.size() == 35);
    CHECK(order.substr(0, 7) == "AAAAA1 ");
    CHECK(order.substr(7, 5) == "DDDDD");
    CHECK(order.substr(14, 7) == "AAAAA2 ");
    CHECK(order.substr(21, 5) == "DDDDD");

    for (const char* id : {"AAAAA1", "AAAAA2"}) sources.announce(id);
    CHECK(sources.next(now)->id == "AAAAA1");
    sources.scan_deferred(false);
    sources.prefer_incoming();
    CHECK(sources.next(now)->id == "AAAAA2");
}

}  // namespace postrider::qmgr
