// lib/queue/queue_id_test.cc - queue IDs both ways, records, and hash directories.
#include "lib/queue/queue_id.h"

#include <catch2/catch.hpp>

#include "lib/queue/record.h"
#include "lib/queue/spool.h"

using namespace postrider::queue;

TEST_CASE("A short queue ID is microseconds and inode in hexadecimal", "[queue]") {
    CHECK(make_queue_id(IdForm::short_form, 0, 0x2AE02, 0xA8A922) == "2AE02A8A922");
    CHECK(make_queue_id(IdForm::short_form, 0, 0x12, 1) == "000121");
    const auto parts = parse_queue_id("2AE02A8A922");
    REQUIRE(parts);
    CHECK(parts->form == IdForm::short_form);
    CHECK(parts->microseconds == 0x2AE02);
    CHECK(parts->inode == 0xA8A922);
}

TEST_CASE("A long queue ID is read back as it was made", "[queue]") {
    const std::string id = make_queue_id(IdForm::long_form, 1795217929, 175618, 11053346);
    CHECK(id.size() >= 12);
    CHECK(id[10] == 'z');
    CHECK(id.find_first_of("AEIOUaeiou") == std::string::npos);
    const auto parts = parse_queue_id(id);
    REQUIRE(parts);
    CHECK(parts->form == IdForm::long_form);
    CHECK(parts->seconds == 1795217929);
    CHECK(parts->microseconds == 175618);
    CHECK(parts->inode == 11053346);
}

TEST_CASE("Microseconds zero and a z inside the time do not confuse a long ID", "[queue]") {
    // 51 is the digit 'z', which the inode's base 51 never has.
    const std::string id = make_queue_id(IdForm::long_form, 51, 51, 50);
    CHECK(id == "00000z000zzy");
    const auto parts = parse_queue_id(id);
    REQUIRE(parts);
    CHECK(parts->seconds == 51);
    CHECK(parts->inode == 50);
}

TEST_CASE("Names that are no queue IDs", "[queue]") {
    CHECK_FALSE(is_queue_id(""));
    CHECK_FALSE(is_queue_id("123456.789"));
    CHECK_FALSE(is_queue_id("../etc"));
    CHECK_FALSE(is_queue_id("A#FIX"));
    CHECK_FALSE(is_queue_id(std::string(256, 'A')));
    CHECK(is_queue_id(std::string(255, 'A')));
    CHECK(is_queue_id("example_com"));
    CHECK_FALSE(parse_queue_id("12345"));
    CHECK_FALSE(parse_queue_id("hello"));
    CHECK_FALSE(parse_queue_id("00000000FFFFFFFFFFFFFFFFFFFFFFFFF"));
    CHECK_FALSE(parse_queue_id("AEIOUAEIOUzAEI"));
}

TEST_CASE("Both forms hash by their microseconds", "[queue]") {
    Spool::Layout layout;
    layout.hashed = {"DEFERRED", "maildrop"};
    layout.depth = 2;
    const Spool spool(layout);
    CHECK(spool.path(Queue::deferred, "2AE02A8A922") == "deferred/2/A/2AE02A8A922");
    const std::string id = make_queue_id(IdForm::long_form, 1795217929, 0x2AE02, 11053346);
    CHECK(spool.path(Queue::deferred, id) == "deferred/2/A/" + id);
    CHECK(spool.path(Queue::deferred, "X") == "deferred/X/_/X");
    CHECK(spool.path(Queue::incoming, "2AE02A8A922") == "incoming/2AE02A8A922");
    CHECK(spool.path(Queue::maildrop, "2AE02A8A922") == "maildrop/2AE02A8A922");
}

TEST_CASE("Queue names and queues are one to one", "[queue]") {
    CHECK(parse_queue_name("hold") == Queue::hold);
    CHECK(queue_name(Queue::corrupt) == "corrupt");
    CHECK_FALSE(parse_queue_name("pid"));
}

TEST_CASE("Records of any length are read back", "[queue]") {
    for (const std::size_t length : {0U, 1U, 127U, 128U, 16383U, 16384U, 300000U}) {
        std::string bytes;
        append_record(bytes, RecordType::text, std::string(length, 'x'));
        RecordType type{};
        std::string_view data;
        CHECK(parse_record(bytes, type, data) == static_cast<long>(bytes.size()));
        CHECK(type == RecordType::text);
        CHECK(data.size() == length);
        for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, bytes.size() - 1})
            CHECK(parse_record(std::string_view(bytes).substr(0, cut), type, data) == 0);
    }
}

TEST_CASE("A record length of more than four bytes is broken", "[queue]") {
    RecordType type{};
    std::string_view data;
    CHECK(parse_record("N\xff\xff\xff\xff\x01", type, data) == -1);
    CHECK(parse_record("N\xff\xff\xff\xff", type, data) == -1);
    CHECK(parse_record("N\xff\xff\xff", type, data) == 0);
}

TEST_CASE("Named attributes are trimmed and have a name and a value", "[queue]") {
    const auto attribute = parse_named_attribute("encoding = 8bit=x");
    REQUIRE(attribute);
    CHECK(attribute->name == "encoding");
    CHECK(attribute->value == "8bit=x");
    CHECK_FALSE(parse_named_attribute("encoding"));
    CHECK_FALSE(parse_named_attribute("encoding="));
    CHECK_FALSE(parse_named_attribute("=x"));
}
