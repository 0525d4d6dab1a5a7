// qmgr/due_times_test.cc - which deferred message is due, and what is known of the others.
#include "qmgr/due_times.h"

#include <catch2/catch.hpp>

namespace postrider::qmgr {

TEST_CASE("Deferred messages come in the order they are due", "[qmgr]") {
    DueTimes times(100);
    times.add("C3", 300);
    times.add("A1", 100);
    times.add("B2", 200);
    CHECK(times.next() == 100);
    CHECK_FALSE(times.take(99));
    CHECK(times.take(250) == "A1");
    CHECK(times.take(250) == "B2");
    CHECK_FALSE(times.take(250));
    CHECK(times.take(300) == "C3");
    CHECK_FALSE(times.next());
    CHECK_FALSE(times.horizon());
}

TEST_CASE("Beyond the limit the messages due latest are forgotten, and from when is known", "[qmgr]") {
    DueTimes times(10);
    for (int i = 0; i < 1000; ++i) times.add("M" + std::to_string(i), 1000 + i * 7919 % 1000);
    CHECK(times.size() <= 10);
    const auto horizon = times.horizon();
    REQUIRE(horizon);
    // Every message that is due before the horizon is there, none at or behind it.
    int taken = 0;
    while (times.take(*horizon)) ++taken;
    CHECK(taken == *horizon - 1000);
    CHECK(times.size() == 0);
    times.add("LATE", *horizon + 1);
    CHECK(times.size() == 0);
    times.clear();
    times.add("LATE", 5000);
    CHECK(times.take(5000) == "LATE");
}

TEST_CASE("A limit of messages that are all due at once is kept too", "[qmgr]") {
    DueTimes times(10);
    for (int i = 0; i < 100; ++i) times.add("M" + std::to_string(i), 7);
    CHECK(times.size() <= 10);
    CHECK(times.horizon() == 7);
}

TEST_CASE("A name that is too long for an entry makes the queue be read again", "[qmgr]") {
    DueTimes times(10);
    const std::string fits(28, 'A');
    times.add(fits, 5);
    CHECK_FALSE(times.horizon());
    CHECK(times.take(5) == fits);
    times.add(fits + "A", 5);
    CHECK(times.horizon() == 5);
    CHECK(times.size() == 0);
}

}  // namespace postrider::qmgr
