// lib/config/master_cf_test.cc - the services of master.cf.
#include "lib/config/master_cf.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::config;

TEST_CASE("a service line is read with all its columns", "[config]") {
    const auto services = parse_master_cf(
        "# services\n"
        "smtp inet n - n - - smtpd\n"
        "   -o a=b -oc=d\n"
        "# between\n"
        "   -o { e = f g } -v\n"
        "pickup fifo n n y 60? 1 pickup\n",
        "master.cf", {.chroot = true, .process_limit = 7});
    REQUIRE(services);
    REQUIRE(services->size() == 2);
    const ServiceEntry& smtp = services->front();
    CHECK(smtp.service == "smtp");
    CHECK_FALSE(smtp.private_);
    CHECK_FALSE(smtp.chroot);
    CHECK(smtp.process_limit == 7);
    CHECK(smtp.line == 2);
    CHECK(smtp.arguments == std::vector<std::string>{"-o", "a=b", "-o", "c=d", "-o", "e=f g", "-v"});
    const auto overrides = smtp.overrides();
    REQUIRE(overrides.size() == 3);
    CHECK(overrides[2].name == "e");
    CHECK(overrides[2].value == "f g");
    const ServiceEntry& pickup = services->back();
    CHECK(pickup.type == "fifo");
    CHECK_FALSE(pickup.private_);
    CHECK_FALSE(pickup.unprivileged);
    CHECK(pickup.chroot);
    CHECK(pickup.wakeup == 60);
    CHECK(pickup.wakeup_if_used);
    CHECK(pickup.process_limit == 1);
}

TEST_CASE("an argument in braces keeps its white space, but not its braces", "[config]") {
    const auto services =
        parse_master_cf("x unix - n n - - pipe user=a argv=/bin/x { a  b } -o {n=}\n", "master.cf", {});
    REQUIRE(services);
    CHECK(services->front().arguments ==
          std::vector<std::string>{"user=a", "argv=/bin/x", "a  b", "-o", "n="});
    CHECK(services->front().overrides().empty());
}

TEST_CASE("options end at the first word that is none", "[config]") {
    const auto lines =
        parse_master_lines("x unix - n n - - pipe -vo a=b -Do{c = d e} f -o g=h {i}\n", "m.cf");
    REQUIRE(lines);
    const auto& fields = lines->front().fields;
    CHECK(std::vector<std::string>(fields.begin() + 8, fields.end()) ==
          std::vector<std::string>{"-v", "-o", "a=b", "-D", "-o", "{c=d e}", "f", "-o", "g=h", "i"});
    CHECK(end_of_options(fields) == 14);
}

TEST_CASE("a line that begins as a continuation of nothing does not count", "[config]") {
    const auto services = parse_master_cf(" x unix - n n - - pipe\ny unix - - n - - smtp\n", "m.cf", {});
    REQUIRE(services);
    CHECK(services->size() == 1);
}

TEST_CASE("bad columns are refused with file, line and field", "[config]") {
    struct Row {
        std::string text;
        std::string error;
    };
    for (const Row& row : std::vector<Row>{
             {"smtp inet n -\n", "file m.cf: line 1: bad field count"},
             {"\nsmtp foo n - n - - smtpd\n", "m.cf: line 2: bad transport type: foo"},
             {"smtp inet x - n - - smtpd\n", "m.cf: line 1: field \"private\": bad value: \"x\""},
             {"smtp inet n - n 5x - smtpd\n", "m.cf: line 1: field \"wakeup\": bad value: \"5x\""},
             {"smtp inet n - n - -1 smtpd\n", "m.cf: line 1: field \"process_limit\": bad value: \"-1\""},
             {"smtp inet n - n - - smtpd -o {a=b\n", "file m.cf: line 1: missing '}' in \"{a=b\""},
             {"smtp inet n - n - - smtpd { a }b\n",
              "file m.cf: line 1: syntax error after '}' in \"{ a }b\""},
         })
        CHECK(parse_master_cf(row.text, "m.cf", {}).error() == row.error);
}

TEST_CASE("of two entries for one service the last counts", "[config]") {
    const auto services = parse_master_cf(
        "a unix - - n - - one\nb unix - - n - - two\na unix - - n - - three\na inet n - n - - four\n", "m.cf",
        {});
    REQUIRE(services);
    REQUIRE(services->size() == 3);
    CHECK(services->at(0).command == "three");
    CHECK(services->at(2).command == "four");
}

TEST_CASE("lines are kept as written, in a uniform spelling", "[config]") {
    const auto lines = parse_master_lines("a  unix - - n - -  p -o { b = c d }\n  -oe=f { x  y }\n", "m.cf");
    REQUIRE(lines);
    CHECK(lines->front().fields == std::vector<std::string>{"a", "unix", "-", "-", "n", "-", "-", "p", "-o",
                                                            "{b=c d}", "-o", "e=f", "{x  y}"});
    CHECK(lines->front().last_line == 2);
}
