// lib/tables/plugins/plugins_test.cc - what plug-ins do without their servers.
#include <catch2/catch.hpp>

#include "lib/tables/plugins/ldap/text.h"
#include "lib/tables/plugins/mongodb/text.h"
#include "lib/tables/plugins/sql_query.h"

using namespace postrider::tables::plugin;
using Given = std::map<std::string, std::string>;

TEST_CASE("Options say what is wrong with them", "[tables]") {
    const Options options(
        Given{{"n", "7"}, {"bad", "7x"}, {"low", "-1"}, {"y", "yes"}, {"list", "a, b\tc,"}});
    CHECK(options.number("n", 1) == 7);
    CHECK(options.number("none", 1) == 1);
    CHECK_THROWS_AS(options.number("bad", 1), BadOption);
    CHECK_THROWS_AS(options.number("low", 1), BadOption);
    CHECK(options.flag("y", false));
    CHECK_THROWS_AS(options.flag("n", false), BadOption);
    CHECK(options.words("list") == std::vector<std::string>{"a", "b", "c"});
    CHECK(options.words("none", "x y") == std::vector<std::string>{"x", "y"});
}

TEST_CASE("An SQL query is given, or made from old parameters", "[tables]") {
    CHECK(sql_query(Options(Given{{"query", "Q"}, {"table", "t"}})) == "Q");
    CHECK(sql_query(Options(Given{{"select_function", "f"}})) == "SELECT f('%s')");
    CHECK(sql_query(Options(Given{{"select_field", "v"},
                                  {"table", "t"},
                                  {"where_field", "k"},
                                  {"additional_conditions", "AND x = 1"}})) ==
          "SELECT v FROM t WHERE k = '%s' AND x = 1");
    CHECK_THROWS_AS(sql_query(Options(Given{{"select_field", "v"}})), BadOption);
}

TEST_CASE("Server addresses in their forms", "[tables]") {
    const auto parts = [](const char* text) {
        const ServerAddress address(text);
        return address.path + "|" + address.host + "|" + address.port;
    };
    CHECK(parts("unix:/run/x.sock") == "/run/x.sock||");
    CHECK(parts("inet:db.example:3307") == "|db.example|3307");
    CHECK(parts("db.example") == "|db.example|");
    CHECK(parts("[::1]:99") == "|::1|99");
    CHECK(parts("inet:[::1]") == "|::1|");
    CHECK(parts("::1") == "|::1|");
    CHECK(parts("inet:") == "||");
}

TEST_CASE("LDAP filters and names are safe from what a key holds", "[tables]") {
    CHECK(quote_filter("a*(b)\\c") == "a\\2a\\28b\\29\\5cc");
    CHECK(quote_filter(std::string("a\0b", 3)) == "a\\00b");
    CHECK(quote_filter("b\xc3\xbc@x") == "b\xc3\xbc@x");
    CHECK(quote_name(" a,b+c=d ") == "\\ a\\,b\\+c\\=d\\ ");
    CHECK(quote_name("#x#") == "\\#x#");
}

TEST_CASE("MongoDB's JSON is safe from what a key holds", "[tables]") {
    CHECK(quote_json("a\"b\\c\n") == "a\\\"b\\\\c\\u000a");
    CHECK(projection_of({"mail", "a.b"}) == R"({"_id": 0, "mail": 1, "a.b": 1})");
}

TEST_CASE("LDAP servers become URIs", "[tables]") {
    CHECK(ldap_uris({"ldaps://a", "b", "c:99", "[::1]"}, "389") ==
          std::vector<std::string>{"ldaps://a", "ldap://b:389", "ldap://c:99", "ldap://[::1]:389"});
}

TEST_CASE("Which LDAP attributes count depends on the entry", "[tables]") {
    const Attributes a(Options(Given{{"result_attribute", "mail, alias"},
                                     {"special_result_attribute", "member"},
                                     {"leaf_result_attribute", "drop"},
                                     {"terminal_result_attribute", "final, mail"}}));
    CHECK(a.names == std::vector<std::string>{"final", "mail", "drop", "alias", "member"});
    const auto counted = [&](bool terminal, bool leaf) {
        std::string names;
        for (std::size_t i = 0; i < a.names.size(); ++i)
            if (Attributes::counts(a.kinds[i], terminal, leaf)) names += a.names[i] + " ";
        return names;
    };
    CHECK(counted(true, false) == "final mail ");
    CHECK(counted(false, true) == "final mail drop alias member ");
    CHECK(counted(false, false) == "final mail alias member ");
}

TEST_CASE("An LDAP server's name of an attribute is found whatever its case", "[tables]") {
    const Attributes attributes(
        Options(Given{{"result_attribute", "mail"}, {"special_result_attribute", "memberURL"}}));
    CHECK(attributes.kind_of("Mail") == Attributes::Kind::normal);
    CHECK(attributes.kind_of("memberurl") == Attributes::Kind::special);
    CHECK(!attributes.kind_of("cn"));
}

TEST_CASE("A parameter that needs text, and a list that needs a word", "[tables]") {
    const Options options(Given{{"dbname", ""}, {"hosts", ""}});
    CHECK_THROWS_WITH(options.needed("dbname"), "bad string length 0 < 1: dbname =");
    CHECK(options.needed("dbname", 0).empty());
    CHECK(options.some_words("hosts", "localhost") == std::vector<std::string>{"localhost"});
    CHECK_THROWS_WITH(Options(Given{{"max_try", "0"}}).number("max_try", 2, 1),
                      "invalid max_try parameter value 0 < 1");
}
