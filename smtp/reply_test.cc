// smtp/reply_test.cc - replies of servers.
#include "smtp/reply.h"

#include <catch2/catch.hpp>

#include "lib/base/text.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

Reply parse(std::string_view text) {
    ReplyParser parser;
    for (const std::string_view line : split(text, '\n'))
        if (parser.add(line)) break;
    return parser.take();
}

}  // namespace

TEST_CASE("replies are taken apart into code, status and text", "[smtp]") {
    struct Row {
        const char* text;
        int code;
        const char* status;
        const char* joined;
    };
    const Row rows[] = {
        {"250 2.0.0 Ok: queued as X", 250, "2.0.0", "250 2.0.0 Ok: queued as X"},
        {"250", 250, "2.0.0", "250"},
        {"550 nobody", 550, "5.0.0", "550 nobody"},
        {"550-5.1.1 first\n550 5.1.1 second", 550, "5.1.1", "550-5.1.1 first 550 5.1.1 second"},
        {"450 5.1.1 mixed up", 450, "4.0.0", "450 5.1.1 mixed up"},
        {"421 4.3.2", 421, "4.3.2", "421 4.3.2"},
        {"354 go ahead", 354, "", "354 go ahead"},
        {"550 5.1.1-not a status", 550, "5.0.0", "550 5.1.1-not a status"},
        {"HTTP/1.0 400 Bad\n250 ok", 250, "2.0.0", "HTTP/1.0 400 Bad 250 ok"},
        {"2500 too long\n550 no", 550, "5.0.0", "2500 too long 550 no"},
        {"999 no such class", 999, "", "999 no such class"},
        {"\n\n550 no", 550, "5.0.0", "550 no"},
        {"250-a\njunk\n250 b", 250, "2.0.0", "250-a junk 250 b"},
        {"250 bell\x07", 250, "2.0.0", "250 bell?"},
        {"552 5.1.1\rcr", 552, "5.0.0", "552 5.1.1?cr"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const Reply reply = parse(row.text);
        CHECK(reply.code == row.code);
        CHECK(reply.status == row.status);
        CHECK(reply.text() == row.joined);
    }
}

TEST_CASE("a server that talks without end fills no memory", "[smtp]") {
    ReplyParser parser;
    for (int i = 0; i < 100000; ++i) parser.add("250-" + std::string(500, 'x'));
    REQUIRE(parser.add("250 done"));
    CHECK(parser.take().text().size() < 60000);
}

TEST_CASE("a server that never speaks SMTP is given up", "[smtp]") {
    ReplyParser parser;
    int lines = 1;
    while (!parser.add("hello there")) ++lines;
    CHECK(lines == 101);
    CHECK(parser.last_was_foreign());
    const Reply reply = parser.take();
    CHECK(reply.code == 0);
    CHECK(reply.status == "4.5.0");
}

TEST_CASE("a reply may be taken for one of another class", "[smtp]") {
    const Reply reply = with_class(parse("554 5.3.2 go away"), 4);
    CHECK(reply.code == 454);
    CHECK(reply.status == "4.3.2");
    CHECK(reply.text() == "554 5.3.2 go away");
}
