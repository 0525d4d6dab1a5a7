// services/verify/knowledge_test.cc - the cache's text form and what is told, probed and replaced when.
#include "services/verify/knowledge.h"

#include <catch2/catch.hpp>

namespace postrider::verify {

TEST_CASE("The cache file's text is that of Postfix", "[verify]") {
    const auto known = Knowledge::parse("2:0:1000:host a[::1] said: 550 no");
    REQUIRE(known);
    CHECK(known->result == ProbeResult::bounced);
    CHECK(known->updated == 1000);
    CHECK(known->reason == "host a[::1] said: 550 no");
    CHECK(known->text() == "2:0:1000:host a[::1] said: 550 no");
    for (const char* bad : {"", "2:0", "x:0:1:r", "7:0:1:r", "-1:0:1:r"}) CHECK_FALSE(Knowledge::parse(bad));
    CHECK(cache_key("A@[IPv6:::1]") == "A@[IPv6___1]");
}

TEST_CASE("Results are told until they expire and probed again before", "[verify]") {
    Rules rules;
    rules.positive_expire = 1000'000;
    rules.positive_refresh = 500'000;
    rules.negative_expire = 100'000;
    rules.negative_refresh = 50'000;
    Knowledge good;
    good.result = ProbeResult::ok;
    good.updated = 1;
    CHECK_FALSE(rules.wants_probe(good, 400'000));
    CHECK(rules.wants_probe(good, 600'000));
    CHECK_FALSE(rules.expired(good, 600'000));
    CHECK(rules.expired(good, 1'100'000));
    good.probed = 600'000;
    CHECK_FALSE(rules.wants_probe(good, 600'500));
    CHECK(rules.wants_probe(good, 602'000));

    // One bad probe does not make a good address bad.
    CHECK_FALSE(rules.replaces(ProbeResult::bounced, good, 600'000));
    CHECK(rules.replaces(ProbeResult::bounced, good, 1'100'000));
    CHECK(rules.replaces(ProbeResult::ok, good, 600'000));
    CHECK(rules.replaces(ProbeResult::deferred, std::nullopt, 1));
    rules.remember_bad = false;
    CHECK_FALSE(rules.replaces(ProbeResult::deferred, std::nullopt, 1));
}

}  // namespace postrider::verify
