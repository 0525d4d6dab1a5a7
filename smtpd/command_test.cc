// smtpd/command_test.cc - command lines taken apart.
#include "smtpd/command.h"

#include <catch2/catch.hpp>

#include "lib/base/text.h"
#include "smtpd/reply.h"
#include "smtpd/statistics.h"

using namespace postrider;
using namespace postrider::smtpd;
using Problem = PathCommand::Problem;

TEST_CASE("a command is its verb and its arguments", "[smtpd]") {
    const auto command = parse_command("  mail  FROM:<a@b>  SIZE=1 ");
    REQUIRE(command);
    CHECK(command->verb == "MAIL");
    CHECK(command->arguments == "FROM:<a@b>  SIZE=1");
    CHECK_FALSE(parse_command(" \t"));
    CHECK_FALSE(parse_command(""));
}

TEST_CASE("paths end at their bracket or at white space", "[smtpd]") {
    struct Row {
        const char* arguments;
        Problem problem;
        const char* path;
        const char* options;
    };
    const Row rows[] = {
        {"FROM:<a@b>", Problem::none, "<a@b>", ""},
        {"from: <a@b> SIZE=1 X", Problem::none, "<a@b>", "SIZE=1,X"},
        {"FROM:a@b SIZE=1", Problem::none, "a@b", "SIZE=1"},
        {"FROM:<\"a b>\"@c> X", Problem::none, "<\"a b>\"@c>", "X"},
        {"FROM:<a\\>b@c> X", Problem::none, "<a\\>b@c>", "X"},
        {"FROM:<>", Problem::none, "<>", ""},
        {"FROM:Bob <b@c>", Problem::none, "Bob", "<b@c>"},
        {"FROM:<a@b", Problem::address, "<a@b", ""},
        {"FROM:<\"a@b>", Problem::address, "<\"a@b>", ""},
        {"FROM", Problem::syntax, "", ""},
        {"FROM:", Problem::syntax, "", ""},
        {"FROM <a@b>", Problem::syntax, "", ""},
        {"TO:<a@b>", Problem::syntax, "", ""},
    };
    for (const Row& row : rows) {
        INFO(row.arguments);
        const PathCommand parsed = parse_path_command(row.arguments, "FROM");
        CHECK(parsed.problem == row.problem);
        CHECK(parsed.path == row.path);
        CHECK(join(parsed.options, ",") == row.options);
    }
}

TEST_CASE("ESMTP parameters have a keyword and perhaps a value", "[smtpd]") {
    CHECK(parse_option("size=12").keyword == "SIZE");
    CHECK(parse_option("size=12").value == "12");
    CHECK(parse_option("RET=").value == "");
    CHECK_FALSE(parse_option("SMTPUTF8").value);
}

TEST_CASE("ORCPT has a type and an xtext address", "[smtpd]") {
    CHECK(parse_original_recipient("rfc822;a+2Bb@c") == "rfc822;a+b@c");
    CHECK(parse_original_recipient("rfc822;a+0Ab") == "rfc822;a?b");
    CHECK_FALSE(parse_original_recipient("a@b"));
    CHECK_FALSE(parse_original_recipient(";a@b"));
    CHECK_FALSE(parse_original_recipient("rfc822;a+zz"));
    CHECK(parse_original_recipient("utf-8;a\\x{E9}+b") == "utf-8;a\xc3\xa9+b");
    for (const char* bad : {"utf-8;a\\x{zz}", "utf-8;a\\x{E9", "utf-8;a\\x{110000}", "utf-8;\\x{123456789}"})
        CHECK_FALSE(parse_original_recipient(bad));
    CHECK(parse_original_recipient("utf-8;a\\x{}b") == "utf-8;a");
    CHECK(parse_original_recipient("utf-8;a\\x{d800}") == "utf-8;a???");
    CHECK(parse_original_recipient("utf-8;a\\b+zz=c") == "utf-8;a\\b+zz=c");
}

TEST_CASE("replies print on one line or several and are never too long", "[smtpd]") {
    CHECK(Reply(250, "2.1.0", "Ok").wire() == "250 2.1.0 Ok\r\n");
    CHECK(Reply(250, "", "mx\nSIZE 1\nDSN").wire() == "250-mx\r\n250-SIZE 1\r\n250 DSN\r\n");
    CHECK(Reply(554, "5.7.1", "a\x01z").line() == "554 5.7.1 a\x01z");
    CHECK(Reply(554, "5.7.1", "a\x01z").wire() == "554 5.7.1 a z\r\n");
    CHECK(Reply(250, "", std::string(1000, 'x')).wire().size() == 512);
    const Reply parsed = Reply::parse("450 4.7.9 come back");
    CHECK(parsed.code() == 450);
    CHECK(parsed.status() == "4.7.9");
    CHECK(parsed.text() == "come back");
    CHECK(Reply::parse("nonsense").line() == "450 4.7.1 Service unavailable");
    Reply soft(550, "5.1.1", "x");
    soft.soften();
    CHECK(soft.line() == "450 4.1.1 x");
}

TEST_CASE("the disconnect line counts in the order log readers know", "[smtpd]") {
    Statistics statistics;
    CHECK(statistics.text() == " commands=0/0");
    for (const Verb verb : {Verb::quit, Verb::unknown, Verb::rcpt, Verb::mail, Verb::ehlo})
        statistics.started(verb);
    for (const Verb verb : {Verb::quit, Verb::mail, Verb::ehlo}) statistics.succeeded(verb);
    CHECK(statistics.text() == " ehlo=1 mail=1 rcpt=0/1 quit=1 unknown=0/1 commands=3/5");
}
