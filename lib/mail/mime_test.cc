// lib/mail/mime_test.cc
#include "lib/mail/mime.h"

#include <catch2/catch.hpp>

#include "lib/base/text.h"

using namespace postrider;
using namespace postrider::mail;

namespace {

std::string show(const std::vector<MimeEvent>& events) {
    static constexpr const char* classes[] = {"P", "M", "N"};
    std::string out;
    for (const MimeEvent& event : events) {
        const std::string text = replace_all(event.text, "\n", "|");
        const std::string header_class = classes[static_cast<int>(event.header_class)];
        switch (event.kind) {
            case MimeEvent::Kind::header:
                out += header_class + " " + text + "\n";
                break;
            case MimeEvent::Kind::end_of_headers:
                out += header_class + ".\n";
                break;
            case MimeEvent::Kind::body:
                out += "> " + text + (event.line_ends ? "\n" : "~\n");
                break;
            case MimeEvent::Kind::flaw:
                out += "! " + std::string(mime_flaw_text(event.flaw)) + "\n";
                break;
        }
    }
    return out;
}

std::string parse(std::string_view message, const MimeOptions& options = {}) {
    MimeParser parser(options);
    std::string out;
    for (std::string_view line : split(message, '\n')) out += show(parser.feed(line));
    return out + show(parser.finish());
}

}  // namespace

TEST_CASE("headers come folded, then their end, then the body", "[mail]") {
    CHECK(parse("A: b\n c\nD: e\n\nbody\n more") == "P A: b| c\nP D: e\nP.\n> \n> body\n>  more\n");
    CHECK(parse("") == "P.\n> \n");
}

TEST_CASE("text right after the header gets an empty line", "[mail]") {
    CHECK(parse("A: b\nno header\nmore") ==
          "P A: b\n! message header is not followed by an empty line\nP.\n> \n> no header\n> more\n");
}

TEST_CASE("parts of a multipart have headers", "[mail]") {
    CHECK(parse("Content-Type: multipart/mixed; boundary=\"b1\"\n\npre\n--b1\nX: "
                "y\n\ntext\n--b1\n\n--b1--\nafter") ==
          "P Content-Type: multipart/mixed; boundary=\"b1\"\nP.\n> \n> pre\n> --b1\nM X: y\nM.\n> \n> "
          "text\n> --b1\n"
          "M.\n> \n> --b1--\n> after\n");
}

TEST_CASE("an enclosed message has nested headers", "[mail]") {
    CHECK(
        parse("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: "
              "in\n\nx\n"
              "--b--") ==
        "P Content-Type: multipart/mixed; boundary=b\nP.\n> \n> --b\nM Content-Type: message/rfc822\nM.\n> \n"
        "N Subject: in\nN.\n> \n> x\n> --b--\n");
    const MimeOptions opaque{.parse_body = false};
    CHECK(parse("Content-Type: message/rfc822\n\nSubject: in\n\nx", opaque) ==
          "P Content-Type: message/rfc822\nP.\n> \n> Subject: in\n> \n> x\n");
}

TEST_CASE("nesting two levels beyond the limit is reported once", "[mail]") {
    const auto nested = [](int levels) {
        std::string message;
        for (int i = 0; i < levels; ++i) {
            const std::string name = "b" + std::to_string(i);
            message += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
        }
        return message;
    };
    const MimeOptions options{.nesting_limit = 2, .report_nesting = true};
    CHECK(parse(nested(4), options).find('!') == std::string::npos);
    const std::string out = parse(nested(6), options);
    const std::size_t first = out.find("! MIME nesting exceeds safety limit");
    CHECK(first != std::string::npos);
    CHECK(out.find('!', first + 1) == std::string::npos);
    // Messages in messages are no levels: only a boundary can end them.
    std::string layers;
    for (int i = 0; i < 9; ++i) layers += "Content-Type: message/rfc822\n\n";
    CHECK(parse(layers, options).find('!') == std::string::npos);
}

TEST_CASE("every boundary that a message names is one", "[mail]") {
    CHECK(parse("Content-Type: multipart/mixed; boundary=a; boundary=\"b c\"; x=y\n\n--b c\nX: 1\n\n--a\nX: "
                "2\n\n")
              .find("M X: 1\nM.\n> \n> --a\nM X: 2\n") != std::string::npos);
    // What a comment follows is cut there, and an empty one is found in every such line.
    CHECK(parse("Content-Type: multipart/mixed; boundary=a(c)b\n\n--aZ\nX: 1\n\n").find("M X: 1\n") !=
          std::string::npos);
    CHECK(parse("Content-Type: multipart/mixed; boundary=\"\"\n\n--Z\nX: 1\n\n").find("M X: 1\n") !=
          std::string::npos);
    CHECK(parse("Content-Type: multipart/mixed boundary=a\n\n--a\nX: 1\n\n").find("M X: 1\n") ==
          std::string::npos);
}

TEST_CASE("a part of unknown type has the default one", "[mail]") {
    CHECK(parse("Content-Type: multipart/digest; boundary=a\n\n--a\nContent-Type: x/y\n\nS: 1\n\n")
              .find("N S: 1\n") != std::string::npos);
    CHECK(parse("Content-Type: multipart/digest; boundary=a\n\n--a\nContent-Type: text/x\n\nS: 1\n\n")
              .find("N S: 1\n") == std::string::npos);
}

TEST_CASE("a header line ends at a NUL", "[mail]") {
    CHECK(parse(std::string("A: b\0c\n d\0e\n\nf", 14)) == "P A: b| d\nP.\n> \n> f\n");
}

TEST_CASE("what strict settings forbid is reported", "[mail]") {
    MimeOptions options;
    options.report_8bit_in_header = true;
    options.report_8bit_in_7bit_body = true;
    options.report_encoding_domain = true;
    CHECK(parse("S: caf\xc3\xa9\n\nx", options).find("8-bit data in message header") != std::string::npos);
    CHECK(parse("S: x\n\ncaf\xc3\xa9", options).find("8-bit data in message body") != std::string::npos);
    CHECK(parse("Content-Transfer-Encoding: 8bit\n\ncaf\xc3\xa9", options).find("!") == std::string::npos);
    CHECK(parse("Content-Type: multipart/mixed; boundary=x\nContent-Transfer-Encoding: base64\n\nx", options)
              .find("encoding domain") != std::string::npos);
    // The first word counts; what claims to be encoded is not looked at.
    CHECK(parse("Content-Transfer-Encoding: (c) 8BIT; x\n\ncaf\xc3\xa9", options).find("!") ==
          std::string::npos);
    CHECK(parse("Content-Transfer-Encoding: base64\n\ncaf\xc3\xa9", options).find("!") == std::string::npos);
    CHECK(parse("Content-Transfer-Encoding: 8bit/x\n\ncaf\xc3\xa9", options).find("!") != std::string::npos);
    CHECK(parse("Content-Type: message/global\nContent-Transfer-Encoding: base64\n\nx", options).find("!") ==
          std::string::npos);
}

TEST_CASE("8-bit parts become quoted-printable for a 7-bit world", "[mail]") {
    const MimeOptions options{.to_7bit = true};
    CHECK(parse("Content-Type: text/plain\nContent-Transfer-Encoding: 8bit\n\ncaf\xc3\xa9 = 1 \nplain",
                options) ==
          "P Content-Type: text/plain\nP Content-Transfer-Encoding: quoted-printable\nP.\n> \n"
          "> caf=C3=A9 =3D 1=20\n> plain\n");
    CHECK(parse("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: 8bit\n\n--b\n"
                "Content-Transfer-Encoding: 8bit\n\n\xc3\xa9\n--b--",
                options) ==
          "P Content-Type: multipart/mixed; boundary=b\nP Content-Transfer-Encoding: 7bit\nP.\n> \n> --b\n"
          "M Content-Transfer-Encoding: quoted-printable\nM.\n> \n> =C3=A9\n> --b--\n");
    CHECK(parse("Content-Transfer-Encoding: base64\n\nabc", options) ==
          "P Content-Transfer-Encoding: base64\nP.\n> \n> abc\n");
}

TEST_CASE("converted lines stay within 76 characters and lose nothing", "[mail]") {
    const MimeOptions options{.to_7bit = true};
    const std::string out = parse("Content-Transfer-Encoding: 8bit\n\n" + std::string(300, '\xe9'), options);
    std::size_t bytes = 0;
    for (std::string_view line : split(out, '\n')) {
        CHECK(line.size() <= 2 + 76);
        for (std::size_t at = 0; (at = line.find("=E9", at)) != std::string_view::npos; at += 3) ++bytes;
    }
    CHECK(bytes == 300);
}

TEST_CASE("of a header beyond the size limit the line counts that begins within it", "[mail]") {
    const MimeOptions options{.header_size_limit = 20};
    CHECK(parse("X: 0123456789\n 012345678901\n tail\nY: z\n\n", options) ==
          "P X: 0123456789| 012345678901\nP Y: z\nP.\n> \n> \n");
    CHECK(parse("Content-Type : text/plain\n\n", MimeOptions{}) ==
          "P Content-Type: text/plain\nP.\n> \n> \n");
}

TEST_CASE("the first Content-Type counts, encoded messages are looked into", "[mail]") {
    CHECK(parse("Content-Type: multipart/mixed; boundary=a\nContent-Type: multipart/mixed; "
                "boundary=b\n\n--a\nX: 1\n\n",
                MimeOptions{})
              .find("M X: 1") != std::string::npos);
    CHECK(parse("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nX: 1\n\n", MimeOptions{})
              .find("N X: 1") != std::string::npos);
    const MimeOptions strict{.report_encoding_domain = true};
    CHECK(parse("Content-Type: message/partial\nContent-Transfer-Encoding: 8bit\n\n", strict).find("8bit") !=
          std::string::npos);
}

TEST_CASE("long lines in pieces stay pieces", "[mail]") {
    MimeParser parser(MimeOptions{});
    CHECK(show(parser.feed("")) == "P.\n> \n");
    CHECK(show(parser.feed("abc", false)) == "> abc~\n");
    CHECK(show(parser.feed("--def", true)) == "> --def\n");
    CHECK(parser.passes_through());
}
