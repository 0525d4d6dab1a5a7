// smtp/features_test.cc - what a server offers.
#include "smtp/features.h"

#include <catch2/catch.hpp>

#include "lib/base/text.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

Reply reply_of(std::string_view text) {
    ReplyParser parser;
    for (const std::string_view line : split(text, '\n')) parser.add(line);
    return parser.take();
}

}  // namespace

TEST_CASE("EHLO keywords are read in any case", "[smtp]") {
    const Reply reply = reply_of(
        "250-mx.example.com at your service\n250-pipelining\n250-SIZE 1000\n250-8BITMIME\n250-dsn\n"
        "250-AUTH=PLAIN LOGIN\n250-XFORWARD name ADDR\n250 SMTPUTF8");
    const Features features = parse_features(reply, {});
    CHECK(features.pipelining);
    CHECK(features.size_limit == 1000);
    CHECK(features.eightbit);
    CHECK(features.dsn);
    CHECK(features.smtputf8);
    CHECK(features.auth_mechanisms == std::vector<std::string>{"PLAIN", "LOGIN"});
    CHECK(features.xforward == std::set<std::string>{"ADDR", "NAME"});
    CHECK_FALSE(features.starttls);
    CHECK(server_name(reply) == "mx.example.com");
}

TEST_CASE("a keyword in the first line is the server's name, and discarded ones are not believed", "[smtp]") {
    CHECK_FALSE(parse_features(reply_of("250-PIPELINING\n250 x"), {}).pipelining);
    const auto discarded = parse_keywords("pipelining, silent-discard dsn");
    CHECK(discarded == std::set<std::string>{"DSN", "PIPELINING", "SILENT-DISCARD"});
    CHECK(keyword_list(parse_keywords("dsn size pipelining other")) == "PIPELINING SIZE DSN");
    CHECK_FALSE(parse_features(reply_of("250-x\n250-PIPELINING\n250 DSN"), discarded).dsn);
    for (const char* text : {"SIZE", "SIZE 0", "SIZE abc", "SIZE 99999999999999999999"}) {
        const Features features = parse_features(reply_of("250-x\n250 " + std::string(text)), discarded);
        CHECK(features.size);
        CHECK(features.size_limit == 0);
        CHECK((features.bad_size_limit == "abc") == (text == std::string_view("SIZE abc")));
    }
}
