// lib/mail/ehlo_keywords_test.cc - the words of parameters, and the lines of a reply.
#include "lib/mail/ehlo_keywords.h"

#include <catch2/catch.hpp>

using namespace postrider::mail;

TEST_CASE("EHLO keywords to leave out are named in any case, XVERP as VERP", "[mail][ehlo]") {
    CHECK(parse_ehlo_keywords("dsn, Size 8BITMIME") ==
          (extension::dsn | extension::size | extension::eight_bit_mime));
    CHECK(parse_ehlo_keywords("verp") == extension::verp);
    CHECK(parse_ehlo_keywords("xverp foo") == 0);
    CHECK(parse_ehlo_keywords("silent-discard") == extension::silent_discard);
}

TEST_CASE("EHLO lines come in the order of Postfix, with what stands behind the name", "[mail][ehlo]") {
    const auto line_of = [](unsigned bit) -> std::string {
        return bit == extension::size ? "SIZE 1000" : "";
    };
    const unsigned offered = extension::chunking | extension::size | extension::pipelining | extension::verp;
    CHECK(ehlo_lines(offered, line_of) ==
          std::vector<std::string>{"PIPELINING", "SIZE 1000", "XVERP", "CHUNKING"});
    CHECK(ehlo_lines(0, line_of).empty());
}
