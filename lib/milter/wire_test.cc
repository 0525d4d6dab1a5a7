// lib/milter/wire_test.cc
#include "lib/milter/wire.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::milter;
using namespace std::string_literals;

namespace {

std::string numbers(std::initializer_list<std::uint32_t> values) {
    std::string bytes;
    for (const std::uint32_t value : values)
        for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift & 255));
    return bytes;
}

}  // namespace

TEST_CASE("a packet is its length, a letter and data", "[milter]") {
    CHECK(packet('c', "") == "\0\0\0\1c"s);
    CHECK(packet('M', "<a@b>\0"s) == "\0\0\0\7M<a@b>\0"s);
    CHECK(packet_length("\0\0\0\7"s) == 7U);
    CHECK_FALSE(packet_length("\0\0\0\0"s));
    CHECK_FALSE(packet_length("\0\0\1"s));
    CHECK_FALSE(packet_length("\xff\xff\xff\xff"));
}

TEST_CASE("each protocol version has its mask, and no others exist", "[milter]") {
    CHECK(terms_of_version(2)->protocol == 0x7fU);
    CHECK(terms_of_version(3)->protocol == 0x17fU);
    CHECK(terms_of_version(4)->protocol == 0x37fU);
    CHECK(terms_of_version(6)->protocol == 0x1fffffU);
    CHECK_FALSE(terms_of_version(5));
    CHECK_FALSE(knows(*terms_of_version(2), Stage::data));
    CHECK(knows(*terms_of_version(4), Stage::data));
    CHECK_FALSE(knows(*terms_of_version(2), Stage::unknown));
}

TEST_CASE("a filter agrees to some of what was offered", "[milter]") {
    const Terms offer = *terms_of_version(6);
    const auto agreed = parse_agreement(numbers({6, 0x11, 0x100020}), offer);
    REQUIRE(agreed.ok());
    CHECK(agreed->terms.actions == 0x11);
    CHECK(declines(agreed->terms, Stage::header));
    CHECK_FALSE(declines(agreed->terms, Stage::body));
    CHECK_FALSE(agreed->sets_macros);
    CHECK_FALSE(parse_agreement(numbers({6, 0}), offer).ok());
    CHECK_FALSE(parse_agreement(numbers({7, 0, 0}), offer).ok());
    CHECK_FALSE(parse_agreement(numbers({6, 0x200, 0}), offer).ok());
}

TEST_CASE("a filter may choose its macros; stages it does not name have none", "[milter]") {
    const Terms offer = *terms_of_version(6);
    const std::string data =
        numbers({6, 0x1ff, 0}) + numbers({2}) + "i {auth_type}\0"s + numbers({5}) + "i\0"s;
    const auto agreed = parse_agreement(data, offer);
    REQUIRE(agreed.ok());
    CHECK(agreed->sets_macros);
    CHECK(agreed->macros[static_cast<std::size_t>(MacroStage::mail)] ==
          std::vector<std::string>{"i", "{auth_type}"});
    CHECK(agreed->macros[static_cast<std::size_t>(MacroStage::end_of_message)] ==
          std::vector<std::string>{"i"});
    CHECK(agreed->macros[static_cast<std::size_t>(MacroStage::connect)].empty());
    CHECK_FALSE(parse_agreement(numbers({6, 0, 0, 9}) + "i\0"s, offer).ok());
    CHECK_FALSE(parse_agreement(numbers({6, 0, 0, 1}) + "i", offer).ok());
}

TEST_CASE("body chunks are as large as was agreed", "[milter]") {
    Terms terms;
    CHECK(chunk_size(terms) == 65535U);
    terms.protocol = protocol::data_256k;
    CHECK(chunk_size(terms) == 262143U);
    terms.protocol = protocol::data_1m;
    CHECK(chunk_size(terms) == 1048575U);
}

TEST_CASE("replies of filters become replies of ours", "[milter]") {
    struct Row {
        std::string text, reply;
    };
    const Row rows[] = {
        {"550 5.7.1 no thanks", "550 5.7.1 no thanks"},
        {"452 later", "452 later"},
        {"550", ""},
        {"554-5.7.1 one\r\n554-5.7.1 two\r\n554 5.7.1 three", "554 5.7.1 one\ntwo\nthree"},
        {"550 5.7.1 100%% sure %s", "550 5.7.1 100% sure s"},
        {"550 5.7.1 bell \a", "550 5.7.1 bell ?"},
        {"250 2.0.0 fine", ""},
        {"550 4.7.1 unlike", ""},
        {"5x0 no", ""},
        {"550x no", ""},
        {"", ""},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(parse_reply(row.text).value_or("") == row.reply);
    }
}

TEST_CASE("answers and wishes are understood", "[milter]") {
    using Kind = Response::Kind;
    CHECK(parse_response('a', "")->kind == Kind::accept);
    CHECK(parse_response('4', "")->kind == Kind::shutdown);
    CHECK(parse_response('y', "hello\0"s)->kind == Kind::bad_reply);
    CHECK(parse_response('h', "X A:\0value\0"s)->name == "X A:");
    CHECK(parse_response('y', "550 5.7.1 no\0"s)->text == "550 5.7.1 no");
    const auto added = parse_response('h', "X-A\0one\r\n two\0"s);
    CHECK((added->kind == Kind::add_header && added->name == "X-A" && added->text == "one\n two"));
    const auto changed = parse_response('m', numbers({2}) + "X-A\0\0"s);
    CHECK((changed->kind == Kind::change_header && changed->index == 2 && changed->text.empty()));
    const auto inserted = parse_response('i', numbers({0}) + "X-A\0b\0"s);
    CHECK((inserted->kind == Kind::insert_header && inserted->index == 0 && inserted->text == "b"));
    const auto recipient = parse_response('2', "<a@b>\0NOTIFY=NEVER\0"s);
    CHECK((recipient->kind == Kind::add_recipient && recipient->text == "<a@b>" &&
           recipient->arguments == "NOTIFY=NEVER"));
    CHECK(parse_response('e', "<a@b>\0"s)->arguments.empty());
    CHECK(parse_response('b', "x\0y"s)->text == "x\0y"s);
    CHECK(is_wish(Kind::quarantine));
    CHECK_FALSE(is_wish(Kind::progress));
}

TEST_CASE("malformed answers are errors", "[milter]") {
    const std::pair<char, std::string> rows[] = {
        {'Z', ""},         {'\0', ""},         {'y', "550 no end"},
        {'Y', "hello\0"s}, {'h', "X-A\0"s},    {'h', "X-A\0value"s},
        {'m', "\0\0"s},    {'i', "\0\0\0\1"s}, {'h', "X\nY\0value\0"s},
        {'+', "<a@b>"},    {'e', ""},          {'2', "<a@b>\0X"s},
    };
    for (const auto& [letter, data] : rows) {
        INFO(letter << " " << data);
        CHECK_FALSE(parse_response(letter, data).ok());
    }
}

TEST_CASE("a NUL cannot smuggle another word in", "[milter]") {
    CHECK(words_data({"X-A\0Subject"s, "b"}) == "X-A\0b\0"s);
}

TEST_CASE("the arguments of a connection", "[milter]") {
    CHECK(connect_data("mail.test", "192.0.2.1", false, 258) == "mail.test\0"s + "4\1\2" + "192.0.2.1\0"s);
    CHECK(connect_data("[x]", "2001:db8::1", true, 0) == "[x]\0"s + "6\0\0"s + "2001:db8::1\0"s);
    CHECK(connect_data("localhost", "", false, 0) == "localhost\0U"s);
}
