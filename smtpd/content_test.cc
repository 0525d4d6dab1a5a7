// smtpd/content_test.cc - the content decoder, byte by byte and in one piece.
#include "smtpd/content.h"

#include <catch2/catch.hpp>

using namespace postrider::smtpd;

namespace {

struct Decoded {
    std::string text;  // lines ended by '|', pieces by '+'
    std::string left;  // what was not used
    bool ended = false;
    bool bare = false;
    std::int64_t size = 0;
};

Decoded decode(std::string_view input, std::size_t step, LineEnds ends = LineEnds::strict,
               std::size_t limit = 2048, ContentDecoder::Framing framing = ContentDecoder::Framing::dots) {
    Decoded result;
    ContentDecoder decoder(framing, ends, limit, [&result](std::string_view text, bool whole) {
        result.text += std::string(text) + (whole ? "|" : "+");
    });
    std::size_t at = 0;
    while (at < input.size() && !decoder.ended()) at += decoder.feed(input.substr(at, step));
    if (framing == ContentDecoder::Framing::counted) decoder.finish();
    result.left = input.substr(at);
    result.ended = decoder.ended();
    result.bare = decoder.saw_bare_newline();
    result.size = decoder.size();
    return result;
}

}  // namespace

TEST_CASE("lines come out whole however the bytes arrive", "[smtpd]") {
    for (const std::size_t step : {1U, 2U, 3U, 7U, 1000U}) {
        const Decoded d = decode("A: b\r\n\r\n..dot\r\nx\ry\r\nz\r\r\n.\r\nQUIT\r\n", step);
        CHECK(d.text == "A: b||.dot|x\ry|z|");
        CHECK(d.left == "QUIT\r\n");
        CHECK(d.ended);
        CHECK_FALSE(d.bare);
        CHECK(d.size == 6 + 2 + 6 + 5 + 3);
    }
}

TEST_CASE("no sequence but CRLF.CRLF ends the message when line ends are strict", "[smtpd]") {
    for (const char* middle : {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\r\n.\r\r\n",
                               "\r\r\n.\n", "\n\r.\r\n", "\r\n\0.\r\n"}) {
        for (const std::size_t step : {1U, 1000U}) {
            const Decoded d = decode(std::string("x") + middle + "RCPT TO:<x>\r\n.\r\n", step);
            INFO(middle);
            CHECK(d.ended);
            CHECK(d.left.empty());
            CHECK(d.text.find("RCPT TO:<x>") != std::string::npos);
        }
    }
    CHECK(decode("one\n.\r\ntwo\r\n.\r\n", 1).text == "one|two|");
}

TEST_CASE("a lone newline ends lines and messages when line ends are lenient", "[smtpd]") {
    const Decoded d = decode("a\n.\nrest", 4, LineEnds::lenient);
    CHECK(d.text == "a|");
    CHECK(d.bare);
    CHECK(d.ended);
}

TEST_CASE("long lines come in pieces and no line is kept whole", "[smtpd]") {
    for (const std::size_t step : {1U, 5U, 1000U}) {
        CHECK(decode("0123456789abcdef\r\n.\r\n", step, LineEnds::strict, 4).text == "0123+4567+89ab+cdef|");
        CHECK(decode("..23456789\r\n.\r\n", step, LineEnds::strict, 4).ended);
    }
}

TEST_CASE("returns before a line's end belong to it, however long the line is", "[smtpd]") {
    for (const std::size_t step : {1U, 2U, 5U, 1000U}) {
        CHECK(decode("ab\r\r\r\n.\r\n", step).text == "ab|");
        CHECK(decode("abcdefgh\r\r\r\r\n.\r\n", step, LineEnds::strict, 5).text == "abcde+fgh\r\r+|");
        CHECK(decode("..bcdefgh\r\r\r\r\n.\r\n", step, LineEnds::strict, 5).text == ".bcd+efgh\r+|");
    }
}

TEST_CASE("mailbox lines and white space at the start cannot become part of our header", "[smtpd]") {
    CHECK(decode("From x\r\n>From y\r\nA: b\r\nFrom z\r\n.\r\n", 3).text ==
          "X-Mailbox-Line: From x|X-Mailbox-Line: >From y|A: b|From z|");
    CHECK(decode("from x\r\n.\r\n", 3).text == "from x|");
    CHECK(decode(" x\r\n.\r\n", 3).text == "| x|");
}

TEST_CASE("counted content has no dots and may end anywhere", "[smtpd]") {
    const Decoded d =
        decode("a\r\n.\r\n..b\r\nend", 2, LineEnds::strict, 2048, ContentDecoder::Framing::counted);
    CHECK(d.text == "a|.|..b|end|");
}

TEST_CASE("a dot between line ends of any two other kinds neither ends a message nor stays in it",
          "[smtpd]") {
    using namespace std::string_literals;
    const std::string ends[] = {"\r"s,     "\n"s,     "\r\n"s, "\r\0\n"s, "\r\n\0"s,
                                "\0\r\n"s, "\r\r\n"s, "\n\r"s, "\r\n\r"s};
    for (const std::string& before : ends) {
        for (const std::string& after : ends) {
            const std::string text = "a" + before + "." + after + "b\r\n.\r\nNOOP\r\n";
            const std::size_t real_end = text.find("\r\n.\r\n");
            for (const std::size_t step : {1U, 2U, 1000U}) {
                INFO(step);
                const Decoded d = decode(text, step);
                CHECK(d.ended);
                CHECK(d.left == text.substr(real_end + 5));
                CHECK(d.text.find("|.|") == std::string::npos);
            }
            const Decoded counted = decode(text, 3, LineEnds::strict, 2048, ContentDecoder::Framing::counted);
            CHECK(counted.left.empty());
        }
    }
}
