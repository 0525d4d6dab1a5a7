// lib/mail/header_test.cc
#include "lib/mail/header.h"

#include <catch2/catch.hpp>

#include "lib/mail/date.h"
#include "lib/mail/dsn.h"

using namespace postrider::mail;

TEST_CASE("header lines are told from other lines", "[mail]") {
    const struct {
        const char* line;
        std::size_t length;
    } rows[] = {{"Subject: x", 7}, {"Subject : x", 7}, {"X-A:", 3},
                {": x", 0},        {"no header", 0},   {"", 0},
                {" Folded: x", 0}, {"http://x", 4},    {"From someone Mon", 0}};
    for (const auto& row : rows) CHECK(header_name_length(row.line) == row.length);
    CHECK(split_header("To : a,\n\tb").name == "To");
    CHECK(split_header("To : a,\n\tb").value == "a,\n\tb");
}

TEST_CASE("known headers are found in any case, with the role of their addresses", "[mail]") {
    CHECK(header_info("FROM").role == AddressRole::sender);
    CHECK(header_info("resent-Cc").role == AddressRole::recipient);
    CHECK(header_info("Resent-Cc").resent);
    CHECK(header_info("Subject").id == HeaderId::subject);
    CHECK(header_info("X-From").id == HeaderId::other);
    CHECK(header_info("Resent-Reply-To").role == AddressRole::recipient);
    CHECK_FALSE(header_info("Resent-Reply-To").names_recipients);
    CHECK_FALSE(header_info("Apparently-To").names_recipients);
    CHECK(header_info("MIME-Version").mime);
    for (const char* name : {"To", "Cc", "Bcc", "Resent-To"}) CHECK(header_info(name).names_recipients);
    for (const char* name : {"Content-Type", "MIME-Version", "Received", "Message-Id", "TLS-Required", "To"})
        CHECK(header_info(name).id != HeaderId::other);
}

TEST_CASE("continuation lines start with white space", "[mail]") {
    CHECK(with_continuation_tabs("A: b\nc\n d") == "A: b\n\tc\n d");
    CHECK(unfold("a,\n\tb\n  c") == "a, b c");
}

TEST_CASE("display names beyond ASCII become encoded words", "[mail]") {
    CHECK(encode_display_name("Bob Example", "utf-8") == "Bob Example");
    CHECK(encode_display_name("J. Doe", "utf-8") == "\"J. Doe\"");
    CHECK(encode_display_name("J\xc3\xb6rg X", "utf-8") == "=?utf-8?Q?J=C3=B6rg_X?=");
    CHECK(encode_comment("a (b)", "utf-8") == "a \\(b\\)");
}

TEST_CASE("dates carry the zone as number and name", "[mail]") {
    setenv("TZ", "UTC", 1);
    tzset();
    CHECK(format_date(1795216129) == "Fri, 20 Nov 2026 23:08:49 +0000 (UTC)");
    CHECK(format_date(0) == "Thu, 1 Jan 1970 00:00:00 +0000 (UTC)");
}

TEST_CASE("NOTIFY and RET are read and written", "[mail]") {
    CHECK(parse_notify("success,Delay") == (notify::success | notify::delay));
    CHECK(parse_notify("NEVER") == notify::never);
    CHECK_FALSE(parse_notify("NEVER,SUCCESS"));
    CHECK_FALSE(parse_notify("sometimes"));
    CHECK_FALSE(parse_notify(""));
    CHECK(notify_words(notify::success | notify::delay) == "SUCCESS,DELAY");
    CHECK(parse_ret("hdrs") == ret::headers);
    CHECK_FALSE(parse_ret("some"));
    CHECK(ret_word(ret::full) == "FULL");
    CHECK(original_recipient_for("john smith@x") == "rfc822;john smith@x");
    CHECK(uxtext_encode("gr\xc3\xbc+\xe2\x82\xac \xf0\x9f\x98\x80=\\@x") ==
          "gr\\x{FC}\\x{2B}\\x{20AC}\\x{20}\\x{1F600}\\x{3D}\\x{5C}@x");
    CHECK(original_recipient_for("gr\xc3\xbc\xc3\x9f@x") == "utf-8;gr\xc3\xbc\xc3\x9f@x");
}
