// lib/mail/status_test.cc
#include "lib/mail/status.h"

#include <catch2/catch.hpp>

using namespace postrider::mail;

TEST_CASE("a status code is recognised only at the start and when it is whole", "[mail]") {
    const struct {
        const char* text;
        std::size_t length;
    } rows[] = {{"5.1.1", 5}, {"5.1.1 no", 5}, {"4.123.999 x", 9}, {"3.1.1", 0},
                {"5.1", 0},   {"5.1234.1", 0}, {"5.1.1.1", 0},     {"550 5.1.1", 0},
                {"", 0},      {"5.1.1x", 0},   {"2.0.0\tok", 5}};
    for (const auto& row : rows) CHECK(status_code_length(row.text) == row.length);
    CHECK(is_status_code("4.7.1"));
    CHECK_FALSE(is_status_code("4.7.1 x"));
    CHECK_FALSE(is_status_code(""));
}

TEST_CASE("a text is parted from its status code", "[mail]") {
    CHECK(split_status("5.7.42  special", "5.7.1").status == "5.7.42");
    CHECK(split_status("5.7.42  special", "5.7.1").text == "special");
    CHECK(split_status("not here", "5.7.1").status == "5.7.1");
    CHECK(split_status("not here", "5.7.1").text == "not here");
}
