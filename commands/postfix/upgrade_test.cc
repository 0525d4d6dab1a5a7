// commands/postfix/upgrade_test.cc - master.cf files of older releases.
#include "commands/postfix/upgrade.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace postrider::postfix {

namespace {

const char* const old_file =
    "smtp      inet  n       -       y       -       -       smtpd\n"
    "pickup    fifo  n       n       n       60      1       pickup\n"
    "cleanup   unix  -       -       n       -       0       cleanup\n"
    "# a comment stays\n"
    "flush     unix  -       -       n       -       -       flush\n"
    "tlsmgr    fifo  -       -       n       300     1       tlsmgr\n"
    "relay     unix  -       -       n       -       -       smtp\n"
    "  -o smtp_helo_timeout=5\n";

bool has(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("columns of an old master.cf are brought up to date, its lines stay in place", "[postfix]") {
    const auto upgraded = upgrade_master(old_file, "master.cf");
    REQUIRE(upgraded);
    CHECK(has(upgraded->text, "pickup    fifo  n       -       n       60      1       pickup"));
    CHECK(has(upgraded->text,
              "cleanup   unix  n       -       n       -       0       cleanup\n# a comment stays"));
    CHECK(has(upgraded->text, "flush     unix  n       -       n       -       -       flush"));
    CHECK(has(upgraded->text, "tlsmgr    unix  -       -       n       300?     1       tlsmgr"));
    CHECK(upgraded->done.front() == "making the pickup service unprivileged");
}

TEST_CASE("services that an old master.cf lacks are added at its end, once", "[postfix]") {
    const auto upgraded = upgrade_master(old_file, "master.cf");
    REQUIRE(upgraded);
    CHECK(has(upgraded->text, "retry     unix  -       -       n       -       -       error"));
    CHECK(has(upgraded->text, "#smtpd     pass  -       -       n       -       -       smtpd"));
    const auto& done = upgraded->done;
    CHECK(std::count(done.begin(), done.end(), "adding missing entry for relay service") == 0);
    CHECK(std::count(done.begin(), done.end(),
                     "adding missing entry for postlog unix-domain datagram service") == 1);
    const auto again = upgrade_master(upgraded->text, "master.cf");
    REQUIRE(again);
    CHECK(again->done.empty());
    CHECK(again->text == upgraded->text);
}

TEST_CASE("postscreen in use is not offered again as a comment", "[postfix]") {
    const auto upgraded =
        upgrade_master("smtp inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd", "master.cf");
    REQUIRE(upgraded);
    CHECK(upgraded->text.find("#smtp ") == std::string::npos);
    CHECK(upgraded->text.find("#smtpd ") == std::string::npos);
    CHECK(has(upgraded->text, "#dnsblog   unix  -       -       n       -       0       dnsblog"));
}

}  // namespace postrider::postfix
