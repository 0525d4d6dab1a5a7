// lib/mail/address_test.cc
#include "lib/mail/address.h"

#include <catch2/catch.hpp>

using namespace postrider::mail;

TEST_CASE("addresses are quoted where they must be and come back", "[mail]") {
    const struct {
        const char* internal;
        const char* external;
    } rows[] = {
        {"", ""},
        {"joe@example.com", "joe@example.com"},
        {"john smith@example.com", "\"john smith\"@example.com"},
        {"a.b.c@d", "a.b.c@d"},
        {"a..b@d", "\"a..b\"@d"},
        {".a@d", "\".a\"@d"},
        {"a@b@d", "\"a@b\"@d"},
        {"say \"hi\"@d", "\"say \\\"hi\\\"\"@d"},
        {"back\\slash@d", "\"back\\\\slash\"@d"},
        {"@d", "\"\"@d"},
        {"local", "local"},
        {"two words", "\"two words\""},
        {"u%host@d", "u%host@d"},
        {"gr\xc3\xbc\xc3\x9f@d", "gr\xc3\xbc\xc3\x9f@d"},
        {"user@[1.2.3.4]", "user@[1.2.3.4]"},
    };
    for (const auto& row : rows) {
        CHECK(quote_address(row.internal) == row.external);
        CHECK(unquote_address(row.external) == row.internal);
    }
}

TEST_CASE("the last @ parts user and domain", "[mail]") {
    CHECK(split_address("a@b@c").local == "a@b");
    CHECK(split_address("a@b@c").domain == "c");
    CHECK_FALSE(split_address("a").has_domain);
    CHECK(split_address("a@").has_domain);
}

TEST_CASE("extensions are split off, except from reserved names", "[mail]") {
    const ExtensionRules rules{.delimiters = "+-"};
    const struct {
        const char* local;
        const char* user;
        const char* extension;  // null: not split
    } rows[] = {
        {"joe+tag", "joe", "tag"},
        {"joe-tag+x", "joe", "tag+x"},
        {"joe", "joe", nullptr},
        {"+tag", "+tag", nullptr},
        {"joe+", "joe", ""},
        {"PostMaster", "PostMaster", nullptr},
        {"owner-list", "owner-list", nullptr},
        {"list-request", "list-request", nullptr},
        {"double-bounce", "double-bounce", nullptr},
    };
    for (const auto& row : rows) {
        const ExtensionSplit got = split_extension(row.local, rules);
        CHECK(got.user == row.user);
        CHECK(got.extension.has_value() == (row.extension != nullptr));
        if (row.extension) CHECK(*got.extension == row.extension);
    }
    CHECK(split_extension("owner-list", {.delimiters = "-", .owner_request_special = false}).user == "owner");
    CHECK(split_extension("owner-list", {.delimiters = "+"}).user == "owner-list");
}

TEST_CASE("paths are read as the envelope commands write them", "[mail]") {
    const struct {
        const char* text;
        const char* loose;  // null: no address
        const char* strict;
        const char* rest;
    } rows[] = {
        {"<a@b>", "a@b", "a@b", ""},
        {"<>", "", "", ""},
        {"<a@b> SIZE=100 BODY=8BITMIME", "a@b", "a@b", "SIZE=100 BODY=8BITMIME"},
        {"<\"john smith\"@b> X", "john smith@b", "john smith@b", "X"},
        {"<\"a>b\"@c>", "a>b@c", "a>b@c", ""},
        {"<@x,@y:joe@z>", "joe@z", "joe@z", ""},
        {"a@b SIZE=1", "a@b", nullptr, "SIZE=1"},
        {"<a@b", "<a@b", nullptr, ""},
        {"<a@b>SIZE=1", "a@b", nullptr, "SIZE=1"},
        {"<a@b, c@d>", nullptr, nullptr, ""},
        {"", nullptr, nullptr, ""},
        {"<user@[IPv6:::1]>", "user@[IPv6:::1]", "user@[IPv6:::1]", ""},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        const auto loose = parse_path(row.text, false);
        CHECK(loose.has_value() == (row.loose != nullptr));
        if (loose && row.loose) {
            CHECK(loose->address == row.loose);
            CHECK(loose->rest == row.rest);
        }
        const auto strict = parse_path(row.text, true);
        CHECK(strict.has_value() == (row.strict != nullptr));
        if (strict && row.strict) CHECK(strict->address == row.strict);
    }
}

TEST_CASE("host names and address literals are told from other text", "[mail]") {
    for (const char* good :
         {"localhost", "mx.example.com", "a-b.c", "a_b.c", "3com.com", "gr\xc3\xbc\xc3\x9f.de"})
        CHECK(is_valid_hostname(good));
    for (const char* bad :
         {"", ".", "a.", ".a", "a..b", "-a.b", "a-.b", "1.2.3.4", "a b", "a/b", "[1.2.3.4]"})
        CHECK_FALSE(is_valid_hostname(bad));
    CHECK_FALSE(is_valid_hostname(std::string(64, 'a') + ".b"));
    CHECK(is_valid_hostname(std::string(63, 'a') + ".b"));
    for (const char* good : {"[127.0.0.1]", "[IPv6:::1]", "[ipv6:2001:db8::1]"})
        CHECK(is_address_literal(good));
    for (const char* bad : {"127.0.0.1", "[1.2.3]", "[::1]", "[", "[]", "[x]"})
        CHECK_FALSE(is_address_literal(bad));
    CHECK(is_valid_ip("::ffff:1.2.3.4"));
    CHECK_FALSE(is_valid_ip("1.2.3.256"));
}

TEST_CASE("international names convert both ways and fold", "[mail]") {
    CHECK(domain_to_ascii("b\xc3\xbc"
                          "cher.example") == "xn--bcher-kva.example");
    CHECK(domain_to_utf8("xn--bcher-kva.example") ==
          "b\xc3\xbc"
          "cher.example");
    CHECK(domain_to_ascii("Plain.Example") == "Plain.Example");
    CHECK_FALSE(domain_to_ascii("bad\xff.example"));
    CHECK(casefold("B\xc3\x9c"
                   "CHER") ==
          "b\xc3\xbc"
          "cher");
    CHECK(casefold("ABC\xff") == "abc\xff");
}
