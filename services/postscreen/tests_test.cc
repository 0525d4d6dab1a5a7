// services/postscreen/tests_test.cc - which tests are due, and what a session leaves behind.
#include "services/postscreen/tests.h"

#include <catch2/catch.hpp>

namespace postrider::postscreen {

namespace {

constexpr std::int64_t now = 1'000'000;

TestSet set_of(std::initializer_list<Test> tests) {
    TestSet set;
    for (const Test test : tests) set.add(test);
    return set;
}

}  // namespace

TEST_CASE("cache values are five times", "[postscreen]") {
    const Expiry expiry{1795865630, 1795779290, 0, 1, 7};
    CHECK(expiry_text(expiry) == "1795865630;1795779290;0;1;7");
    CHECK(parse_expiry("1795865630;1795779290;0;1;7") == expiry);
    CHECK(parse_expiry("5;6") == Expiry{5, 6, 0, 0, 0});
    for (const char* bad : {"", "x", "1;2;3;4;5;6", "1;2;3;4;", "-1;2;3;4;5", "1; 2;3;4;5"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_expiry(bad));
    }
}

TEST_CASE("a client is forgotten when all its results are old", "[postscreen]") {
    CHECK_FALSE(is_forgotten({now, 1, 0, 0, 0}, now + 100, 100));
    CHECK(is_forgotten({now, 1, 0, 0, 0}, now + 101, 100));
}

TEST_CASE("a stranger has all enabled tests before it", "[postscreen]") {
    Tests tests = Tests::of_stranger(set_of({Test::pregreet, Test::dnsbl}));
    CHECK(tests.is_new());
    CHECK(tests.early_due());
    CHECK_FALSE(tests.deep_open());
    tests.pass(Test::dnsbl, now + 60);
    CHECK_FALSE(tests.all_passed());
    CHECK(tests.has_news());
    tests.pass(Test::pregreet, now + 86400);
    CHECK(tests.all_passed());
    CHECK(expiry_text(tests.expiry()) == "1086400;1000060;1;1;1");
}

TEST_CASE("a known client repeats what has expired", "[postscreen]") {
    const TestSet enabled = set_of({Test::pregreet, Test::dnsbl, Test::bare_newline});
    const Tests fresh = Tests::of_known({now + 5, now + 5, 1, 1, now}, enabled, now);
    CHECK_FALSE(fresh.any_due());
    const Tests old = Tests::of_known({now + 5, now - 1, 1, 1, now}, enabled, now);
    CHECK(old.due(Test::dnsbl));
    CHECK_FALSE(old.due(Test::pregreet));
    CHECK_FALSE(old.is_new());
    // Enabled after the client was tested: due, and no news to the log; never passed: new.
    CHECK_FALSE(Tests::of_known({now + 5, now + 5, 1, 1, 1}, enabled, now).is_new());
    CHECK(Tests::of_known({now + 5, now + 5, 1, 1, 0}, enabled, now).is_new());
}

TEST_CASE("one failure, and nothing is remembered", "[postscreen]") {
    Tests tests = Tests::of_stranger(set_of({Test::pregreet, Test::dnsbl}));
    tests.pass(Test::dnsbl, now + 60);
    tests.fail(Test::pregreet);
    CHECK(tests.any_failure());
    CHECK_FALSE(tests.has_news());
    CHECK_FALSE(tests.all_passed());
    Tests denied = Tests::of_stranger(set_of({Test::pregreet}));
    denied.spoil();
    denied.pass(Test::pregreet, now + 60);
    CHECK_FALSE(denied.has_news());
}

TEST_CASE("a failure shrugged off is neither passed nor failed", "[postscreen]") {
    Tests tests = Tests::of_stranger(set_of({Test::pregreet, Test::dnsbl}));
    tests.shrug_off(Test::pregreet);
    tests.pass(Test::dnsbl, now + 60);
    CHECK_FALSE(tests.any_failure());
    CHECK_FALSE(tests.early_open());
    CHECK_FALSE(tests.all_passed());
    CHECK(tests.has_news());
    CHECK(expiry_text(tests.expiry()) == "0;1000060;1;1;1");
}

TEST_CASE("a later failure takes back what was passed", "[postscreen]") {
    Tests tests = Tests::of_stranger(set_of({Test::pipelining}));
    tests.pass(Test::pipelining, now + 60);
    CHECK(tests.watches(Test::pipelining));
    tests.trip(Test::pipelining);
    tests.fail(Test::pipelining);
    CHECK_FALSE(tests.watches(Test::pipelining));
    CHECK_FALSE(tests.has_news());
}

TEST_CASE("a very good score passes everything for as long as it lasts", "[postscreen]") {
    Tests tests = Tests::of_known({now + 5, 0, 0, 1, now + 500},
                                  set_of({Test::pregreet, Test::dnsbl, Test::pipelining}), now);
    tests.pass_all_but_dnsbl(now + 100);
    tests.pass(Test::dnsbl, now + 100);
    CHECK(tests.all_passed());
    CHECK_FALSE(tests.deep_open());
    CHECK(expiry_text(tests.expiry()) == "1000100;1000100;1000100;1000100;1000500");
}

}  // namespace postrider::postscreen
