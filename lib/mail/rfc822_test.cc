// lib/mail/rfc822_test.cc
#include "lib/mail/rfc822.h"

#include <catch2/catch.hpp>

#include "lib/mail/header.h"

using namespace postrider::mail;
using List = std::vector<std::string>;

TEST_CASE("addresses are found in lists as people write them", "[mail]") {
    const struct {
        const char* text;
        List addresses;
    } rows[] = {
        {"joe@example.com", {"joe@example.com"}},
        {"a@x, b@y,c@z", {"a@x", "b@y", "c@z"}},
        {"Joe Doe <joe@x>", {"joe@x"}},
        {"\"Doe, Joe\" <joe@x>, ann", {"joe@x", "ann"}},
        {"joe@x (Joe, the one)", {"joe@x"}},
        {"(in front) joe@x", {"joe@x"}},
        {"undisclosed-recipients:;", {}},
        {"Friends: a@x, B <b@y>;, c@z", {"a@x", "b@y", "c@z"}},
        {"<@a,@b:joe@x>", {"@a,@b:joe@x"}},
        {"@a:joe@x", {"@a:joe@x"}},
        {"<joe@x>>", {"joe@x>"}},
        {"Joe joe>", {"Joejoe"}},
        {"a: b", {"a:b"}},
        {"a: b;", {"b"}},
        {"<a> b", {"a", "b"}},
        {"a@b\\@c", {"a@b@c"}},
        {"\"john smith\"@x", {"john smith@x"}},
        {"john smith@x", {"john", "smith@x"}},
        {"a@x b@y (two) c", {"a@x", "b@y", "c"}},
        {"<>", {}},
        {", ,a,", {"a"}},
        {"<a@x> <b@y>", {"a@x", "b@y"}},
        {"<a@x, b@y", {"<a@x", "b@y"}},
        {"joe @ x . org", {"joe@x.org"}},
        {"user@[1.2.3.4]", {"user@[1.2.3.4]"}},
        {"a (open comment", {"a"}},
        {"\"open string", {"open string"}},
        {"", {}},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(addresses_in(row.text) == row.addresses);
    }
}

TEST_CASE("a list is written back with phrases and comments", "[mail]") {
    const struct {
        const char* text;
        const char* written;
    } rows[] = {
        {"Joe  Doe   <joe@x>", "Joe Doe <joe@x>"},
        {"a@x ,b@y", "a@x, b@y"},
        {"\"Doe, \\\"J\\\"\" <joe@x> (home)", "\"Doe, \\\"J\\\"\" <joe@x>(home)"},
        {"undisclosed-recipients:;", "undisclosed-recipients: ;"},
        {"a; b", "a;, b"},
        {"a,", "a, "},
        {"\"a\" . \"b c\" @ d", "\"a.b c\"@d"},
        {"a (open", "a (open"},
        {"joe@x\n (Joe)", "joe@x (Joe)"},
        {"<joe@x>", "<joe@x>"},
        {"Joe<joe@x>", "Joe <joe@x>"},
        {"(in front) joe@x", "joe@x (in front)"},
        {"a@x (one) b@y", "a@x, b@y (one)"},
    };
    for (const auto& row : rows) CHECK(parse_address_list(row.text).text() == row.written);
}

TEST_CASE("a replaced address is quoted as needed", "[mail]") {
    AddressList list = parse_address_list("Joe <joe@x>, old@y (c)");
    const List replacements = {"joe doe@new", "new@y"};
    std::size_t at = 0;
    for (ListItem& item : list.items)
        if (item.is_address) item.set_address(replacements[at++]);
    CHECK(list.text() == "Joe <\"joe doe\"@new>, new@y (c)");
}

TEST_CASE("an address is known as it was written", "[mail]") {
    const AddressList list = parse_address_list("<@relay.test:\"joe\"@x>");
    CHECK(list.items.at(1).address() == "@relay.test:joe@x");
    CHECK(list.items.at(1).external() == "@relay.test:\"joe\"@x");
}

TEST_CASE("the token limit cuts a list and says so", "[mail]") {
    const AddressList list = parse_address_list("a, b, c, d", 3);
    CHECK(list.truncated);
    CHECK(list.text() == "a, b");
    CHECK_FALSE(parse_address_list("a, b", 3).truncated);
}

TEST_CASE("lists are folded at commas before column 70", "[mail]") {
    List addresses;
    std::string text;
    for (int i = 10; i < 20; ++i)
        text += (text.empty() ? "user" : ", user") + std::to_string(i) + "@example.net";
    const std::string folded = fold_pieces("To: ", parse_address_list(text).pieces());
    std::size_t begin = 0, lines = 0;
    while (begin < folded.size()) {
        const std::size_t end = std::min(folded.find('\n', begin), folded.size());
        CHECK(end - begin <= 71);
        begin = end + 1;
        ++lines;
    }
    CHECK(lines == 4);
    CHECK(unfold(folded) == "To: " + text);
}

TEST_CASE("phrases are quoted only when they hold special characters", "[mail]") {
    CHECK(quote_phrase("Joe Doe") == "Joe Doe");
    CHECK(quote_phrase("Full N. Ame") == "\"Full N. Ame\"");
    CHECK(quote_phrase("a\"b") == "\"a\\\"b\"");
}
