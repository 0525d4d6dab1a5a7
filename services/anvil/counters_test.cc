// services/anvil/counters_test.cc
#include "services/anvil/counters.h"

#include <catch2/catch.hpp>

using namespace postrider::anvil;
using namespace std::chrono_literals;

TEST_CASE("connections are counted while they last, events by time unit", "[anvil]") {
    Counters counters(60s);
    const Clock::time_point start{1000s};
    CHECK(counters.connect("smtp:192.0.2.1", 7, start).connections == 1);
    const auto second = counters.connect("smtp:192.0.2.1", 8, start + 59s);
    CHECK(second.connections == 2);
    CHECK(second.rates[0] == 2);
    const auto later = counters.connect("smtp:192.0.2.1", 8, start + 60s);
    CHECK(later.connections == 3);
    CHECK(later.rates[0] == 1);
    counters.disconnect("smtp:192.0.2.1", 8);
    CHECK(counters.look_up("smtp:192.0.2.1", start + 61s).connections == 2);
    CHECK(counters.count("smtp:192.0.2.1", Event::message, start + 61s).rates[1] == 1);
    CHECK(counters.look_up("smtp:192.0.2.2", start).connections == 0);
}

TEST_CASE("a server that has died holds no connections", "[anvil]") {
    Counters counters(60s);
    const Clock::time_point start{1000s};
    counters.connect("a", 7, start);
    counters.connect("a", 8, start);
    counters.forget_old(start + 200s, [](int process) { return process == 8; });
    CHECK(counters.look_up("a", start + 200s).connections == 1);
    counters.disconnect("a", 8);
    counters.forget_old(start + 301s, [](int) { return true; });
    CHECK(counters.size() == 0);
}

TEST_CASE("the highest numbers are told once", "[anvil]") {
    Counters counters(60s);
    const Clock::time_point start{1000s};
    counters.connect("smtp:192.0.2.1", 7, start);
    counters.connect("smtp:192.0.2.1", 7, start);
    const auto lines = counters.take_highest("60s");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].find("statistics: max connection rate 2/60s for (smtp:192.0.2.1) at ") == 0);
    CHECK(lines[1].find("statistics: max connection count 2 for (smtp:192.0.2.1) at ") == 0);
    CHECK(lines[2].find("statistics: max cache size 1 at ") == 0);
    CHECK(counters.take_highest("60s").empty());
}
