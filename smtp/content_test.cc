// smtp/content_test.cc - what is sent as content.
#include "smtp/content.h"

#include <catch2/catch.hpp>

using namespace postrider::smtp;

namespace {

std::string encode(int limit, const std::vector<std::pair<std::string, bool>>& pieces) {
    ContentEncoder encoder(limit);
    std::string out;
    for (const auto& [text, line_ends] : pieces) encoder.add(out, text, line_ends);
    encoder.finish(out);
    return out;
}

}  // namespace

TEST_CASE("dots at the start of a line are doubled", "[smtp]") {
    CHECK(encode(0, {{".", true}, {"..a", true}, {"a.", true}, {"", true}}) == "..\r\n...a\r\na.\r\n\r\n");
    CHECK(encode(0, {{"a", false}, {".b", true}}) == "a.b\r\n");
    CHECK(encode(0, {{"", false}, {".b", true}}) == "..b\r\n");
}

TEST_CASE("long lines are folded at the limit", "[smtp]") {
    CHECK(encode(5, {{"12345", true}}) == "12345\r\n");
    CHECK(encode(5, {{"123456789012", true}}) == "12345\r\n 6789\r\n 012\r\n");
    CHECK(encode(5, {{"1234", false}, {"5678", true}}) == "12345\r\n 678\r\n");
    CHECK(encode(0, {{std::string(5000, 'x'), true}}).size() == 5002);
}

TEST_CASE("a last line without end gets one", "[smtp]") {
    CHECK(encode(0, {{"a", false}}) == "a\r\n");
    CHECK(encode(0, {}) == "");
}

TEST_CASE("no server that drops NULs finds a dot at the start of a line", "[smtp]") {
    const std::string nul(1, '\0');
    CHECK(encode(0, {{nul + ".", true}}) == " .\r\n");
    CHECK(encode(0, {{nul + nul, false}, {".", true}}) == "  .\r\n");
    CHECK(encode(0, {{"." + nul, true}}) == ".." + nul + "\r\n");
    CHECK(encode(0, {{"a" + nul + ".", true}}) == "a" + nul + ".\r\n");
    CHECK(encode(0, {{nul, true}, {".", true}}) == " \r\n..\r\n");
}
