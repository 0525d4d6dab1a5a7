// lib/tables/types/entry_set_test.cc
#include "lib/tables/types/entry_set.h"

#include <catch2/catch.hpp>
#include <string>

using namespace postrider::tables;

TEST_CASE("an entry set finds what was put into it, and the first value stays unless it is replaced",
          "[tables]") {
    EntrySet set;
    CHECK(set.find("a") == nullptr);
    for (int i = 0; i < 5000; ++i) CHECK(set.put("key" + std::to_string(i), std::to_string(i), false));
    CHECK_FALSE(set.put("key7", "other", false));
    CHECK(set.find("key7")->value == "7");
    CHECK(set.put("key7", "other", true));
    CHECK(set.find("key7")->value == "other");
    CHECK(set.put("", "", false));
    CHECK(set.find("")->value.empty());
    const std::string big(3 << 20, 'x');
    CHECK(set.put("big", big, false));
    CHECK(set.put("after", "big", false));
    CHECK(set.find("big")->value == big);
    CHECK(set.find("after")->value == "big");
    CHECK(set.find("key4999")->value == "4999");
    CHECK(set.find("key5000") == nullptr);
    CHECK(set.size() == 5003);
    EntrySet moved = std::move(set);
    CHECK(moved.find("key12")->value == "12");
    CHECK(moved.release_entries().front().key == "key0");
}
