// lib/queue/bounce_log_test.cc - entries of the bounce, defer and trace logs.
#include "lib/queue/bounce_log.h"

#include <catch2/catch.hpp>

#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::queue;

namespace {
LogEntry sample() {
    LogEntry entry;
    entry.recipient = "john smith@example.com";
    entry.original_recipient = "js@example.com";
    entry.offset = 345;
    entry.dsn_orig_rcpt = "rfc822;js@example.com";
    entry.notify = 6;
    entry.status = "4.4.1";
    entry.action = "delayed";
    entry.diagnostic_type = "smtp";
    entry.diagnostic_text = "451 4.4.1 busy";
    entry.remote_mta_type = "dns";
    entry.remote_mta = "mx.example.com";
    entry.reason = "host mx.example.com said: 451 4.4.1 busy";
    return entry;
}
}  // namespace

TEST_CASE("A log entry has the lines other programs read", "[queue]") {
    CHECK(format_log_entry(sample(), OldLine::yes) ==
          "\n<\"john smith\"@example.com>: host mx.example.com said: 451 4.4.1 busy\n"
          "recipient=\"john smith\"@example.com\noriginal_recipient=js@example.com\noffset=345\n"
          "dsn_orig_rcpt=rfc822;js@example.com\nnotify_flags=6\nstatus=4.4.1\naction=delayed\n"
          "diag_type=smtp\ndiag_text=451 4.4.1 busy\nmta_type=dns\nmta_mname=mx.example.com\n"
          "reason=host mx.example.com said: 451 4.4.1 busy\n\n");
}

TEST_CASE("Log entries are read back as they were appended", "[queue]") {
    TestSpool spool;
    CHECK(read_log(*spool, Queue::defer, "ABCDEF12")->empty());
    LogEntry second;
    second.status = "4.0.0";
    second.action = "delayed";
    second.reason = "text\nreason=forged";
    REQUIRE(append_log(*spool, Queue::defer, "ABCDEF12", sample(), OldLine::yes));
    REQUIRE(append_log(*spool, Queue::defer, "ABCDEF12", second, OldLine::no));
    const Result<std::vector<LogEntry>> entries = read_log(*spool, Queue::defer, "ABCDEF12");
    REQUIRE(entries);
    REQUIRE(entries->size() == 2);
    const LogEntry& first = entries->front();
    CHECK(first.recipient == "john smith@example.com");
    CHECK(first.original_recipient == "js@example.com");
    CHECK(first.offset == 345);
    CHECK(first.notify == 6);
    CHECK(first.remote_mta == "mx.example.com");
    CHECK(first.reason == "host mx.example.com said: 451 4.4.1 busy");
    CHECK(entries->back().recipient.empty());
    CHECK(entries->back().reason == "text?reason=forged");
}

TEST_CASE("Logs of old releases and broken ones are read with defaults", "[queue]") {
    const auto old_log = parse_log("\n<a@b>: it did not work\n\n<c@d>: nor this\n", Queue::bounce);
    REQUIRE(old_log.size() == 2);
    CHECK(old_log[0].recipient == "a@b");
    CHECK(old_log[0].reason == "it did not work");
    CHECK(old_log[0].status == "5.0.0");
    CHECK(old_log[0].action == "failed");
    CHECK(old_log[1].recipient == "c@d");

    const auto broken = parse_log("\nstatus=4.1.1\nwhat=ever\n\n\n\ngarbage\n", Queue::defer);
    REQUIRE(broken.size() == 2);
    CHECK(broken[0].recipient == "(recipient address unavailable)");
    CHECK(broken[0].reason == "(description unavailable)");
    CHECK(broken[0].status == "4.1.1");
    CHECK(broken[0].action == "delayed");
    CHECK(broken[1].status == "4.0.0");
    CHECK(parse_log("", Queue::defer).empty());
}

TEST_CASE("A retired log has no entries, and the next one is written over them", "[queue]") {
    TestSpool spool;
    LogEntry entry;
    entry.recipient = "anna@example.com";
    entry.reason = std::string(200, 'x');
    REQUIRE(append_log(*spool, Queue::defer, "ABC1", entry, OldLine::yes));
    REQUIRE(append_log(*spool, Queue::defer, "ABC1", entry, OldLine::yes));
    CHECK(read_log(*spool, Queue::defer, "ABC1")->size() == 2);
    retire_log(*spool, Queue::defer, "ABC1");
    CHECK(read_log(*spool, Queue::defer, "ABC1")->empty());
    const auto inode = [&] { return spool->stat(Queue::defer, "ABC1")->st_ino; };
    const ino_t before = inode();
    entry.reason = "short";
    REQUIRE(append_log(*spool, Queue::defer, "ABC1", entry, OldLine::yes));
    const auto read = read_log(*spool, Queue::defer, "ABC1");
    REQUIRE(read->size() == 1);
    CHECK(read->front().reason == "short");
    CHECK(inode() == before);
    REQUIRE(append_log(*spool, Queue::defer, "ABC1", entry, OldLine::yes));
    CHECK(read_log(*spool, Queue::defer, "ABC1")->size() == 2);
    retire_log(*spool, Queue::defer, "NOTHERE");
    CHECK_FALSE(spool->stat(Queue::defer, "NOTHERE"));
}
