// lib/base/text_test.cc
#include "lib/base/text.h"

#include <catch2/catch.hpp>

using namespace postrider;

TEST_CASE("words in braces stay together", "[base]") {
    const auto words = split_words_with_braces("a, { b  {c d} } e");
    CHECK(words == std::vector<std::string>{"a", "{ b  {c d} }", "e"});
}

TEST_CASE("base64 goes both ways and refuses broken text", "[base]") {
    for (const char* text : {"", "a", "ab", "abc", "abcd\xff"})
        CHECK(base64_decode(base64_encode(text)) == std::string(text));
    CHECK(base64_encode("foobar") == "Zm9vYmFy");
    CHECK_FALSE(base64_decode("Zm9"));
    CHECK_FALSE(base64_decode("Zm=v"));
    CHECK_FALSE(base64_decode("!m9v"));
}

TEST_CASE("xtext goes both ways", "[base]") {
    CHECK(xtext_encode("a+b=c d") == "a+2Bb+3Dc+20d");
    CHECK(xtext_decode("a+2Bb") == "a+b");
    CHECK_FALSE(xtext_decode("a+2"));
    CHECK_FALSE(xtext_decode("a+zz"));
}

TEST_CASE("UTF-8 is judged strictly", "[base]") {
    CHECK(is_valid_utf8("gr\xc3\xbc\xc3\x9f"));
    CHECK_FALSE(is_valid_utf8("\xc0\xaf"));
    CHECK_FALSE(is_valid_utf8("\xed\xa0\x80"));
    CHECK_FALSE(is_valid_utf8("\xe2\x82"));
}

TEST_CASE("numbers fill the whole text", "[base]") {
    CHECK(parse_int("-12") == -12);
    CHECK_FALSE(parse_int("12x"));
    CHECK_FALSE(parse_int(""));
    CHECK_FALSE(parse_int("99999999999999999999"));
}

TEST_CASE("what is printed is printable and good UTF-8", "[base]") {
    CHECK(printable("a\tb\x7f") == "a?b?");
    CHECK(printable("caf\xc3\xa9 \xf0\x9f\x98\x80") == "caf\xc3\xa9 \xf0\x9f\x98\x80");
    CHECK(printable("caf\xe9 \xe2\x82 \xc0\x80 \xed\xa0\x80 \xff") == "caf? ?? ?? ??? ?");
    CHECK(printable("caf\xc3\xa9", '?', true) == "caf??");
}
