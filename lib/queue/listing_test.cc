// lib/queue/listing_test.cc - the queue listing and its protocol.
#include "lib/queue/listing.h"

#include <catch2/catch.hpp>

#include "lib/queue/bounce_log.h"
#include "lib/queue/queue_file.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::queue;

namespace {
std::string put_message(const Spool& spool, std::string_view sender) {
    Result<QueueFile> file = QueueFile::create(spool, Queue::deferred);
    REQUIRE(file);
    file->write(RecordType::time, "1795217929 175618");
    file->write(RecordType::sender, sender);
    file->write(RecordType::original_recipient, "first@x");
    file->write(RecordType::recipient, "one@x");
    file->write(RecordType::recipient, "two words@x");
    file->write(RecordType::message, "");
    file->write(RecordType::text, "hello");
    file->write(RecordType::extracted, "");
    file->write(RecordType::end, "");
    REQUIRE(file->commit_now());
    return file->id();
}
std::string with_bars(std::string text) {
    for (char& c : text)
        if (c == '\0') c = '|';
    return text;
}
}  // namespace

TEST_CASE("A message is listed with the reasons of its recipients", "[queue]") {
    TestSpool spool;
    const std::string id = put_message(*spool, "");
    LogEntry entry;
    entry.recipient = "one@x";
    entry.original_recipient = "first@x";
    entry.offset = 31;
    entry.reason = "busy";
    REQUIRE(append_log(*spool, Queue::defer, id, entry, OldLine::yes));
    QueueLister lister(*spool, "MAILER-DAEMON");
    const auto message = lister.next();
    REQUIRE(message);
    CHECK(message->queue_name == "deferred");
    CHECK(message->sender == "MAILER-DAEMON");
    CHECK(message->time == 1795217929);
    CHECK(message->next_attempt == spool->stat(Queue::deferred, id)->st_mtime);
    REQUIRE(message->recipients.size() >= 2);
    CHECK(message->recipients[0].reason == "busy");
    CHECK(message->recipients[0].log_class == "defer");
    CHECK(message->recipients[0].original == "first@x");
    CHECK(message->recipients.back().address == "\"two words\"@x");
    CHECK(message->recipients.back().reason.empty());
    CHECK_FALSE(lister.next());
}

TEST_CASE("A recipient logged without the place of its record is listed once", "[queue]") {
    TestSpool spool;
    const std::string id = put_message(*spool, "");
    LogEntry entry;  // as local(8) writes it for a recipient it delivers in parts
    entry.recipient = "One@x";
    entry.reason = "busy";
    REQUIRE(append_log(*spool, Queue::defer, id, entry, OldLine::yes));
    QueueLister lister(*spool, "MAILER-DAEMON");
    const auto message = lister.next();
    REQUIRE(message);
    REQUIRE(message->recipients.size() == 2);
    CHECK(message->recipients[0].reason == "busy");
    CHECK(message->recipients[1].address == "\"two words\"@x");
}

TEST_CASE("The listing travels in the attributes that exporters know", "[queue]") {
    ListedMessage message;
    message.queue_name = "hold";
    message.queue_id = "ABC123";
    message.time = 5;
    message.size = 6;
    message.sender = "s@x";
    message.recipients.resize(1);
    message.recipients[0].address = "r@x";
    const std::string bytes = listing_greeting() + encode_message(message) + listing_end();
    CHECK(with_bars(bytes) ==
          "protocol|mail_queue_list_protocol||queue_name|hold|queue_id|ABC123|time|5|size|6|forced_expire|0|"
          "sender|s@x|"
          "original_recipient||recipient|r@x|log_class||reason|||"
          "|");
    message.next_attempt = 7;
    CHECK(with_bars(encode_message(message)).find("|sender|s@x|next_attempt_time|7|original_recipient|") !=
          std::string::npos);
    ListingParser parser;
    ListedMessage read;
    for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
        parser.add(bytes.substr(i, 1));
        if (parser.next(read) == ListingParser::Next::message) break;
    }
    CHECK(read.queue_id == "ABC123");
    REQUIRE(read.recipients.size() == 1);
    CHECK(read.recipients[0].address == "r@x");
    parser.add(std::string(1, '\0'));
    CHECK(parser.next(read) == ListingParser::Next::end);
}

TEST_CASE("Listings of older releases and foreign bytes are understood or refused", "[queue]") {
    using namespace std::string_literals;
    const std::string old_list =
        "protocol\0mail_queue_list_protocol\0\0queue_id\0A1\0sender\0s\0recipient\0a\0reason\0r\0"
        "recipient\0b\0reason\0\0\0"s;
    ListingParser parser;
    parser.add(old_list);
    ListedMessage message;
    REQUIRE(parser.next(message) == ListingParser::Next::message);
    REQUIRE(message.recipients.size() == 2);
    CHECK(message.recipients[0].reason == "r");
    CHECK(message.recipients[1].address == "b");
    ListingParser foreign;
    foreign.add("protocol\0other\0\0"s);
    CHECK(foreign.next(message) == ListingParser::Next::broken);
}
