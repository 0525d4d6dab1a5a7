// services/qmqpd/request_test.cc - netstrings of QMQP clients.
#include "services/qmqpd/request.h"

#include <catch2/catch.hpp>

#include "lib/base/netstring.h"

using namespace postrider;
using namespace postrider::qmqpd;

TEST_CASE("A QMQP request is taken apart", "[qmqpd]") {
    const auto request = parse_request("3:a,b,1:s,2:r1,0:,");
    REQUIRE(request);
    CHECK(request->message == "a,b");
    CHECK(request->sender == "s");
    REQUIRE(request->recipients.size() == 2);
    CHECK(request->recipients[1].empty());
    for (const char* bad : {"", "3:abc", "3:abc,", "3:abc,1:s", "3:abc;1:s,", "x:abc,", ":a,", "-1:a,1:s,",
                            "99999999999999999999:a,1:s,", "3:abc,1:s,5:r,"})
        CHECK_FALSE(parse_request(bad));
}

TEST_CASE("A netstring length is known as soon as its colon is there", "[qmqpd]") {
    CHECK_FALSE(parse_netstring_length("", 10));
    CHECK_FALSE(parse_netstring_length("1", 10));
    CHECK(parse_netstring_length("10:", 10)->length == 10);
    CHECK(parse_netstring_length("10:x", 10)->header == 3);
    CHECK(parse_netstring_length("11", 10)->broken);
    CHECK(parse_netstring_length("hello", 10)->broken);
    CHECK(parse_netstring_length(":", 10)->broken);
}
