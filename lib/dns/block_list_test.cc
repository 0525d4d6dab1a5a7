// lib/dns/block_list_test.cc - which answers of a block list count.
#include "lib/dns/block_list.h"

#include <catch2/catch.hpp>

namespace postrider::dns {

TEST_CASE("block list filters match octets, lists and ranges", "[dns]") {
    const auto filter = AnswerFilter::parse("127.0.[0..1].[2;4..7]");
    REQUIRE(filter);
    CHECK(filter->matches("127.0.0.2"));
    CHECK(filter->matches("127.0.1.5"));
    CHECK_FALSE(filter->matches("127.0.0.3"));
    CHECK_FALSE(filter->matches("127.1.0.2"));
    for (const char* bad :
         {"127.0.0", "127.0.0.256", "127.0.0.[2", "127.0.0.[5..2]", "127.0.0.x", "127.0.0.1."})
        CHECK_FALSE(AnswerFilter::parse(bad));
    CHECK(reversed_address("192.0.2.12") == "12.2.0.192");
    CHECK(reversed_address("nonsense").empty());
}

}  // namespace postrider::dns
