// commands/postfix/trace/story_test.cc
#include "commands/postfix/trace/story.h"

#include <catch2/catch.hpp>

namespace postrider::postfix::trace {

namespace {

Log a_day() {
    Log log;
    for (const char* line : {
             "Nov 20 10:00:00 mx postfix/smtpd[11]: connect from a[192.0.2.1]",
             "Nov 20 10:00:00 mx postfix/smtpd[11]: connect from b[192.0.2.2]",
             "Nov 20 10:00:01 mx postfix/smtpd[11]: AAAAA1: client=a[192.0.2.1]",
             "Nov 20 10:00:01 mx postfix/cleanup[12]: AAAAA1: message-id=<one@a>",
             "Nov 20 10:00:01 mx postfix/smtpd[11]: BBBBB1: client=b[192.0.2.2]",
             "Nov 20 10:00:02 mx postfix/qmgr[13]: AAAAA1: from=<s@a>, size=300, nrcpt=1 (queue active)",
             "Nov 20 10:00:02 mx postfix/smtpd[11]: disconnect from b[192.0.2.2] ehlo=1 quit=1 commands=2",
             "Nov 20 10:00:02 mx postfix/smtpd[11]: disconnect from a[192.0.2.1] ehlo=1 quit=1 commands=2",
             "Nov 20 10:00:03 mx postfix/smtp[14]: AAAAA1: to=<r@c>, relay=c[192.0.2.3]:25, delay=1, "
             "delays=0/0/0/1, "
             "dsn=5.1.1, status=bounced (host c[192.0.2.3] said: 550 no)",
             "Nov 20 10:00:03 mx postfix/bounce[15]: AAAAA1: sender non-delivery notification: CCCCC1",
             "Nov 20 10:00:03 mx postfix/qmgr[13]: AAAAA1: removed",
             "Nov 20 10:00:04 mx postfix/smtp[14]: CCCCC1: to=<s@a>, relay=a[192.0.2.1]:25, delay=1, "
             "delays=0/0/0/1, "
             "dsn=2.0.0, status=sent (250 ok: queued as DDDDD1)",
             "Nov 20 10:00:05 mx sshd[1]: nothing of ours",
         })
        log.add(line);
    return log;
}

}  // namespace

TEST_CASE("a message is found by queue ID, message ID and address", "[trace]") {
    const Log log = a_day();
    CHECK(log.find("AAAAA1") == std::set<std::string>{"AAAAA1"});
    CHECK(log.find("<one@a>") == std::set<std::string>{"AAAAA1"});
    CHECK(log.find("r@c") == std::set<std::string>{"AAAAA1"});
    CHECK(log.find("s@a") == std::set<std::string>{"AAAAA1", "CCCCC1"});
    CHECK(log.find("nobody@nowhere").empty());
}

TEST_CASE("what a message leads to belongs to its story, what left the machine does not", "[trace]") {
    const Log log = a_day();
    CHECK(log.follow({"AAAAA1"}) == std::set<std::string>{"AAAAA1", "CCCCC1"});
    CHECK(log.follow({"CCCCC1"}) == std::set<std::string>{"AAAAA1", "CCCCC1"});
}

TEST_CASE("of the sessions of one process only the message's own is told", "[trace]") {
    const Log log = a_day();
    const auto story = log.lines_of(log.follow({"AAAAA1"}), "AAAAA1");
    int sessions = 0;
    for (const StoryLine& line : story) {
        CHECK(line.line.text.find("b[192.0.2.2]") == std::string::npos);
        if (line.event.kind == "connect" || line.event.kind == "disconnect") ++sessions;
    }
    CHECK(sessions == 2);
    CHECK(outcomes(story, "AAAAA1") == std::vector<std::pair<std::string, std::string>>{
                                           {"r@c", "bounced (host c[192.0.2.3] said: 550 no)"}});
}

TEST_CASE("a content filter's second hop tells whom the message came from at first", "[trace]") {
    Log log;
    for (const char* line :
         {"Nov 20 10:00:00 mx postfix/smtpd[11]: AAAAA1: client=a[192.0.2.1]",
          "Nov 20 10:00:01 mx postfix/smtpd[11]: AAAAA1: reject: RCPT from a[192.0.2.1]: 454 4.7.1 no",
          "Nov 20 10:00:02 mx postfix/after/smtpd[12]: BBBBB1: client=localhost[127.0.0.1], "
          "orig_queue_id=AAAAA1, orig_client=a[192.0.2.1]"})
        log.add(line);
    const auto story = log.lines_of(log.follow({"BBBBB1"}), "BBBBB1");
    REQUIRE(story.size() == 3);
    CHECK(in_words(story[0]) == "received from a[192.0.2.1]");
    CHECK(in_words(story[1]) == "reject: RCPT from a[192.0.2.1]: 454 4.7.1 no");
    CHECK(in_words(story[2]) ==
          "received from localhost[127.0.0.1], which had it from a[192.0.2.1] as AAAAA1");
}

TEST_CASE("lines of three forms are read", "[trace]") {
    CHECK(parse_line("2026-11-20T10:00:00.1+01:00 mx postfix/submission/smtpd[7]: x")->program == "smtpd");
    const auto json = parse_line(
        R"({"time": "t", "host": "h", "service": "postfix/qmgr", "pid": 7, "level": "info", "text": "a\"b: removed"})");
    REQUIRE(json);
    CHECK(json->text == "a\"b: removed");
    CHECK(json->pid == "7");
    CHECK_FALSE(parse_line("Nov 20 10:00:00 mx sshd[1]: hello"));
    CHECK_FALSE(parse_line("rubbish"));
}

}  // namespace postrider::postfix::trace
