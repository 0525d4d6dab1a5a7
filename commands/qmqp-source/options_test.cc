// commands/qmqp-source/options_test.cc - what qmqp-source(1) sends.
#include "commands/qmqp-source/options.h"

#include <catch2/catch.hpp>

#include "lib/base/netstring.h"

using namespace postrider;
using namespace postrider::qmqp_source;

TEST_CASE("A request is message, sender and recipients, each with its length", "[qmqp-source]") {
    Options options;
    options.sender = "s@x";
    options.recipient = "r@x";
    options.recipients = 2;
    options.length = 300;
    const std::string text = request_text(options, 1);
    std::string_view outer = text;
    auto inner = take_netstring(outer);
    REQUIRE(inner);
    CHECK(outer.empty());
    const auto message = take_netstring(*inner);
    REQUIRE(message);
    CHECK(message->size() == 300);
    CHECK(message->starts_with("From: <s@x>\nTo: <r@x>\nDate: "));
    CHECK(message->ends_with("\n"));
    CHECK(take_netstring(*inner).value_or("") == "s@x");
    CHECK(take_netstring(*inner).value_or("") == "0r@x");
    CHECK(take_netstring(*inner).value_or("") == "1r@x");
    CHECK(inner->empty());
    options.sender = "";
    CHECK(request_text(options, 1).find(",0:,") != std::string::npos);
}

TEST_CASE("A netstring is taken in whole or not at all", "[base]") {
    for (const char* bad : {"", "5", "5:", "5:abc,", "3:abc", "3:abc;", "x:abc,", ":abc,", "-1:,"}) {
        std::string_view bytes = bad;
        INFO(bad);
        CHECK_FALSE(take_netstring(bytes));
        CHECK(bytes == bad);
    }
    std::string_view bytes = "3:a,b,0:,x";
    CHECK(take_netstring(bytes).value_or("?") == "a,b");
    CHECK(take_netstring(bytes).value_or("?").empty());
    CHECK(bytes == "x");
}
