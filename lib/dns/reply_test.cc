// lib/dns/reply_test.cc - parsing of answers.
#include "lib/dns/reply.h"

#include <catch2/catch.hpp>
#include <random>

using namespace postrider;
using namespace postrider::dns;
using namespace std::string_literals;

namespace {

// Header of a reply with one question and `answers` records, and the question "a.test" of type MX.
std::string reply_head(int answers, unsigned flags = 0x8180) {
    std::string out = "\x12\x34"s;
    out += static_cast<char>(flags >> 8U);
    out += static_cast<char>(flags & 0xffU);
    out += "\0\1\0"s;
    out += static_cast<char>(answers);
    out += "\0\0\0\0"s;
    return out + "\1a\4test\0\0\x0f\0\1"s;
}

}  // namespace

TEST_CASE("a query asks for recursion, and for AD and DO when DNSSEC matters", "[dns]") {
    CHECK(*build_query("a.test", Type::mx, 0x1234, false) ==
          "\x12\x34\1\0\0\1\0\0\0\0\0\1\1a\4test\0\0\x0f\0\1"
          "\0\0\x29\x10\0\0\0\0\0\0\0"s);
    CHECK(*build_query("a.test.", Type::tlsa, 0x1234, true) ==
          "\x12\x34\1\x20\0\1\0\0\0\0\0\1\1a\4test\0\0\x34\0\1"
          "\0\0\x29\x10\0\0\0\x80\0\0\0"s);
}

TEST_CASE("names that do not fit the wire form make no query", "[dns]") {
    CHECK_FALSE(build_query("a..test", Type::a, 1, false));
    CHECK_FALSE(build_query(std::string(64, 'a') + ".test", Type::a, 1, false));
    std::string deep;
    for (int i = 0; i < 128; ++i) deep += "a.";
    CHECK_FALSE(build_query(deep + "test", Type::a, 1, false));
}

TEST_CASE("an MX record with a compressed name is read", "[dns]") {
    const std::string bytes = reply_head(1) + "\xc0\x0c\0\x0f\0\1\0\0\x0e\x10\0\x07\0\x0a\2mx\xc0\x0c"s;
    const auto reply = parse_reply(bytes);
    REQUIRE(reply);
    REQUIRE(reply->records.size() == 1);
    CHECK(record_text(reply->records[0]) == "a.test. 3600 IN MX 10 mx.a.test.");
    CHECK_FALSE(reply->authentic);
}

TEST_CASE("TLSA and TXT records are read to the end of their data", "[dns]") {
    const auto tlsa = parse_reply(reply_head(1, 0x81a0) + "\xc0\x0c\0\x34\0\1\0\0\0\1\0\x05\3\1\1\xab\xcd"s);
    REQUIRE(tlsa);
    CHECK(tlsa->authentic);
    CHECK(record_text(tlsa->records.at(0)) == "a.test. 1 IN TLSA 3 1 1 ABCD");
    const auto text = parse_reply(reply_head(1) + "\xc0\x0c\0\x10\0\1\0\0\0\1\0\x06\2ab\2cd"s);
    REQUIRE(text);
    CHECK(text->records.at(0).data == "abcd");
}

TEST_CASE("broken replies are refused or lose their broken records", "[dns]") {
    CHECK_FALSE(parse_reply(""));
    CHECK_FALSE(parse_reply("\x12\x34\x81\x80"));
    CHECK_FALSE(parse_reply(reply_head(0, 0x0100)));        // a query
    CHECK_FALSE(parse_reply(reply_head(0).substr(0, 16)));  // the question ends early
    CHECK(parse_reply(reply_head(2))->malformed_record);    // records announced, none there
    const std::string loop = reply_head(1) + "\xc0\x17\0\x0f\0\1\0\0\0\1\0\2\0\1"s;
    CHECK(parse_reply(loop)->malformed_record);
    const std::string short_a = reply_head(1) + "\xc0\x0c\0\1\0\1\0\0\0\1\0\3\1\2\3"s;
    CHECK(parse_reply(short_a)->malformed_record);
    CHECK(parse_reply(short_a)->records.empty());
}

TEST_CASE("bytes that are no host name are escaped and not usable", "[dns]") {
    const auto reply = parse_reply(reply_head(1) + "\xc0\x0c\0\x05\0\1\0\0\0\1\0\x07\3a.\n\1b\0"s);
    REQUIRE(reply);
    CHECK(reply->records.at(0).target == "a\\.\\010.b");
    CHECK_FALSE(is_usable_name(reply->records.at(0).target));
    for (const char* name : {"", "a..b", "-a.b", "a-.b", "a b", ".a"}) CHECK_FALSE(is_usable_name(name));
    for (const char* name : {"a", "_dmarc.a-b.c", "1.2.3.4"}) CHECK(is_usable_name(name));
}

TEST_CASE("any bytes end without harm", "[dns]") {
    std::mt19937 numbers(1);
    const std::string good = reply_head(2) + "\xc0\x0c\0\x0f\0\1\0\0\x0e\x10\0\x07\0\x0a\2mx\xc0\x0c"s +
                             "\xc0\x0c\0\x10\0\1\0\0\0\1\0\x06\2ab\2cd"s;
    for (int round = 0; round < 20000; ++round) {
        std::string bytes = good;
        for (int change = 0; change < 4; ++change)
            bytes[numbers() % bytes.size()] = static_cast<char>(numbers());
        bytes.resize(numbers() % (bytes.size() + 1));
        const auto reply = parse_reply(bytes);
        if (reply) CHECK(reply->records.size() <= record_limit);
    }
}
