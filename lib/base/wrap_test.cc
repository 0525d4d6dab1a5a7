// lib/base/wrap_test.cc
#include "lib/base/wrap.h"

#include <catch2/catch.hpp>

namespace postrider {

TEST_CASE("Long text is wrapped at white space", "[base]") {
    CHECK(wrap("aaa bbb ccc", 7, 2) == std::vector<std::string>{"aaa bbb", "  ccc"});
    CHECK(wrap("aaaaaaaaaa bbb", 7, 2) == std::vector<std::string>{"aaaaaaaaaa", "  bbb"});
    CHECK(wrap("aaa bbbbbbbbbb ccc", 7, 2) == std::vector<std::string>{"aaa", "  bbbbbbbbbb", "  ccc"});
    CHECK(wrap("", 7, 2) == std::vector<std::string>{""});
    CHECK(wrap("aaa  ", 7, 2) == std::vector<std::string>{"aaa"});
}

}  // namespace postrider
