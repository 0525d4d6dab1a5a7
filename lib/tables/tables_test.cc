// lib/tables/tables_test.cc - each table type by rows of key and value.
#include <catch2/catch.hpp>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/no_descriptors.h"
#include "lib/base/scratch_directory.h"
#include "lib/base/text.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/files/source.h"
#include "lib/tables/match_list.h"
#include "lib/tables/open.h"
#include "lib/tables/types/berkeley.h"
#include "lib/tables/types/query_config.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

// "=value", "-" for not found, "!" for try again.
std::string ask(Table& table, const std::string& key) {
    const LookupResult answer = async::run(table.find(key));
    if (answer.found == Found::try_again) return "!";
    return answer.found == Found::yes ? "=" + answer.value : "-";
}

std::string ask(const std::string& name, const std::string& key, std::string_view main_cf = "") {
    const Settings settings = Settings::from_text(main_cf);
    return ask(*open_table(name, settings), key);
}

}  // namespace

TEST_CASE("A source line is a key and a value", "[tables]") {
    CHECK(parse_key_value("a  b c  ", false).value == "b c");
    CHECK(parse_key_value("\"a b\"@x y", false).key == "\"a b\"@x");
    CHECK(parse_key_value("a\\ b c", false).key == "a\\ b");
    CHECK_FALSE(parse_key_value("lonely", false).problem.empty());
    CHECK_FALSE(parse_key_value("\"open x", false).problem.empty());
    CHECK_FALSE(parse_key_value("caf\xe9 x", true).problem.empty());
    CHECK(parse_key_value("caf\xe9 x", false).problem.empty());
    CHECK_FALSE(parse_key_value("root: me", false).remark.empty());
    CHECK_FALSE(parse_key_value("x\\", false).problem.empty());
}

TEST_CASE("Tables in memory answer fixed keys without regard to case", "[tables]") {
    CHECK(ask("inline:{a=1, {B = 2 words}, {c=3}}", "b") == "=2 words");
    CHECK(ask("inline:{a=1}", "A") == "=1");
    CHECK(ask("inline:{a=1}", "z") == "-");
    CHECK(ask("inline:a=1", "a") == "!");
    CHECK(ask("inline:{a}", "a") == "!");
    CHECK(ask("static:{ two words }", "x") == "=two words");
    CHECK(ask("static:one", "x") == "=one");
    CHECK(ask("fail:reason", "x") == "!");
    CHECK(ask("nosuchtype:x", "x") == "!");
    CHECK(ask("nis:mail.aliases", "x") == "-");
    CHECK(ask("internal:x", "x") == "-");
    setenv("POSTRIDER_TABLES_TEST", "v", 1);
    CHECK(ask("environ:x", "POSTRIDER_TABLES_TEST") == "=v");
    CHECK(ask("unix:passwd.byname", "root").substr(0, 9) == "=root:x:0");
    CHECK(ask("unix:passwd.byname", "no such user") == "-");
    // That is no news of anybody.
    CHECK(without_descriptors([] { return ask("unix:passwd.byname", "no such user"); }) == "!");
    CHECK(ask("unix:group.byname", "root").substr(0, 9) == "=root:x:0");
    CHECK(ask("unix:alias.byname", "root") == "!");
}

TEST_CASE("A texthash table is its source", "[tables]") {
    ScratchDirectory directory;
    const std::string path = directory.write(
        "t", "one 1\ntwo  two words \n# no\nthree\t3\n # not this\n  more\nTWO-UP x\none 2\n");
    CHECK(ask("texthash:" + path, "one") == "=1");
    CHECK(ask("texthash:" + path, "two") == "=two words");
    CHECK(ask("texthash:" + path, "three") == "=3  more");
    CHECK(ask("texthash:" + path, "two-up") == "=x");
    CHECK(ask("texthash:" + path, "#") == "-");
    CHECK(ask("texthash:" + path + ".none", "one") == "!");
}

TEST_CASE("Composed tables combine the answers of others", "[tables]") {
    CHECK(ask("unionmap:{static:one,static:two}", "k") == "=one,two");
    CHECK(ask("unionmap:{inline:{k=v},inline:{j=w}}", "j") == "=w");
    CHECK(ask("unionmap:{inline:{k=v},fail:x}", "k") == "!");
    CHECK(ask("unionmap:{inline:{k=v}}", "z") == "-");
    CHECK(ask("pipemap:{inline:{a=b},inline:{b=c}}", "a") == "=c");
    CHECK(ask("pipemap:{inline:{a=b},inline:{x=c}}", "a") == "-");
    CHECK(ask("pipemap:{}", "a") == "!");
    CHECK(ask("randmap:{only}", "k") == "=only");
    CHECK(ask("debug:inline:{a=b}", "a") == "=b");
    CHECK(ask("proxy:inline:{a=b}", "a") == "=b");
    CHECK(ask("proxy:nosuchtype:x", "a") == "!");
}

TEST_CASE("A regexp table answers with its first matching rule", "[tables]") {
    ScratchDirectory directory;
    const std::string table = "regexp:" + directory.write("re", R"(
/^abc$/            plain
/^(.*)-(.*)@x$/    $2 and ${1}
/CaseFold/         folded
/^exact$/i         exact only
!/example/         not an example
if /^example/
/1$/               one
!/2$/              neither
endif
/./                rest
)");
    CHECK(ask(table, "abc") == "=plain");
    CHECK(ask(table, "a-b@x") == "=b and a");
    CHECK(ask(table, "xcasefoldx") == "=folded");
    CHECK(ask(table, "EXACT") == "=not an example");
    CHECK(ask(table, "example1") == "=one");
    CHECK(ask(table, "example3") == "=neither");
    CHECK(ask(table, "example2") == "=rest");
}

TEST_CASE("Bad rules of expression tables are skipped", "[tables]") {
    ScratchDirectory directory;
    for (const std::string type : {"regexp:", "pcre:"}) {
        const std::string table = type + directory.write("bad", R"(
/^c$/zz foo
/(/ q
!/x/ $1
foo bar
/y/ $3
/z/ a$
/w/ ${1
/v/ $1x
endif
/nodelim x
/^(last)$/ $(1) $$5
if /unclosed/
)");
        for (const char* key : {"c", "y", "z", "w", "v"}) CHECK(ask(table, key) == "-");
        CHECK(ask(table, "last") == "=last $5");
    }
}

TEST_CASE("A pcre table knows Perl's expressions", "[tables]") {
    ScratchDirectory directory;
    const std::string table = "pcre:" + directory.write("pcre", R"(
/^user(\d+)@(\w+)\.test$/          id=$1 at $2
/^dollar$/                         cost $$5
if !/nothing/
/^in-if-(?<n>a|b)$/                named $1
endif
/^a.b$/                            dotall
/^(x)|(y)$/                        [$1$2]
)");
    CHECK(ask(table, "user42@host.test") == "=id=42 at host");
    CHECK(ask(table, "dollar") == "=cost $5");
    CHECK(ask(table, "in-if-b") == "=named b");
    CHECK(ask(table, "a\nb") == "=dotall");
    CHECK(ask(table, "y") == "=[y]");
    CHECK(ask(table, "\xff") == "-");
    CHECK(ask("pcre:{{/^a$/ one}, {/^b/i two}}", "A") == "=one");
    CHECK(ask("pcre:{{/^a$/ one}, {/^b/i two}}", "B") == "-");
    CHECK(ask("pcre:{ /x/ y", "x") == "!");
}

TEST_CASE("A cidr table knows networks", "[tables]") {
    ScratchDirectory directory;
    const std::string table = "cidr:" + directory.write("cidr", R"(
192.0.2.0/24        net
192.0.2.128/25      never reached
10.0.0.1            host
2001:db8::/32       six
[2001:db9::]/32     brackets
192.0.2.1/24        host bits
1.2.3.4/33          too long
01.2.3.4            octal
10.9.9.9
::ffff:1.2.3.4      mapped
if 172.16.0.0/16
172.16.0.0/24       inner
endif
!172.16.0.0/12      not private
172.16.0.0/12       private
)");
    CHECK(ask(table, "192.0.2.200") == "=net");
    CHECK(ask(table, "10.0.0.1") == "=host");
    CHECK(ask(table, "2001:db8:1::5") == "=six");
    CHECK(ask(table, "2001:db9:1::5") == "=brackets");
    CHECK(ask(table, "::ffff:1.2.3.4") == "=mapped");
    CHECK(ask(table, "172.16.0.9") == "=inner");
    CHECK(ask(table, "172.20.1.1") == "=private");
    CHECK(ask(table, "198.51.100.1") == "=not private");
    CHECK(ask(table, "hello") == "-");
    CHECK(ask(table, "") == "-");
}

TEST_CASE("A Berkeley DB table is found with and without trailing NUL", "[tables]") {
    ScratchDirectory directory;
    const std::string path = directory.path() + "/t";
    for (const bool with_nul : {true, false}) {
        const std::string end(with_nul ? 1 : 0, '\0');
        {
            auto file = BerkeleyFile::open(path + ".db", BerkeleyKind::hash, BerkeleyFile::Mode::change, true,
                                           1 << 16);
            REQUIRE(file);
            CHECK(*file->put("key" + end, "value" + end, false));
            CHECK_FALSE(*file->put("key" + end, "other" + end, false));
        }
        CHECK(ask("hash:" + path, "KEY") == "=value");
        CHECK(ask("hash:" + path, "none") == "-");
        CHECK(ask("btree:" + path, "key") == "!");
        REQUIRE(unlink((path + ".db").c_str()) == 0);
    }
    CHECK(ask("hash:" + path, "key") == "!");
}

TEST_CASE("A Berkeley DB table that is replaced is opened again", "[tables]") {
    ScratchDirectory directory;
    const std::string path = directory.path() + "/t";
    const auto build = [&](const std::string& name, const std::string& key) {
        auto file = BerkeleyFile::open(name, BerkeleyKind::hash, BerkeleyFile::Mode::change, true, 1 << 16);
        REQUIRE(file);
        CHECK(*file->put(key + '\0', "v" + std::string(1, '\0'), false));
    };
    build(path + ".db", "one");
    const Settings settings = Settings::from_text("");
    const TablePtr table = open_table("hash:" + path, settings);
    CHECK(ask(*table, "one") == "=v");
    build(path + ".new", "two");
    REQUIRE(rename((path + ".new").c_str(), (path + ".db").c_str()) == 0);
    CHECK(ask(*table, "two") == "=v");
    CHECK(ask(*table, "one") == "-");
    // What cannot be opened again, as from a jail, answers as before.
    REQUIRE(unlink((path + ".db").c_str()) == 0);
    CHECK(ask(*table, "nothing") == "-");
    CHECK(ask(*table, "two") == "=v");
    build(path + ".db", "three");
    CHECK(ask(*table, "three") == "=v");
    // What was rewritten in place is not to be believed, whatever it says now.
    REQUIRE(truncate((path + ".db").c_str(), 100) == 0);
    CHECK(ask(*table, "other") == "!");
}

TEST_CASE("Keys of an address come in the default order", "[tables]") {
    const Settings settings = Settings::from_text("recipient_delimiter = +\n");
    AddressRules rules;
    rules.extension = extension_rules(settings);
    rules.is_local_domain = [](std::string domain) -> Task<Match> {
        co_return domain == "local.test" ? Match::yes : Match::no;
    };
    const auto find = [&](const std::string& tables, const std::string& address) {
        const TableList list(tables, settings);
        const AddressResult answer = async::run(find_address(list, address, rules));
        return answer.found == Found::try_again ? "!" : answer.value + "|" + answer.extension;
    };
    CHECK(find("inline:{u+x@d=a, u@d=b, @d=c}", "u+x@d") == "a|");
    CHECK(find("inline:{u@d=b, @d=c}", "u+x@d") == "b|+x");
    CHECK(find("inline:{u=b, @d=c}", "u+x@d") == "c|");
    CHECK(find("inline:{u+x=a, u=b, @local.test=c}", "u+x@local.test") == "a|");
    CHECK(find("inline:{u=b, @local.test=c}", "u+x@local.test") == "b|+x");
    CHECK(find("inline:{@local.test=c}", "u@local.test") == "c|");
    CHECK(find("inline:{z=c}", "u@local.test") == "|");
    CHECK(find("inline:{@d=c} inline:{u@d=b}", "u@d") == "b|");
    CHECK(find("regexp:{{/^u@d$/ part}}", "u+x@d") == "|");
    CHECK(find("fail:x", "u@d") == "!");
    CHECK(find("inline:{{\"a b\"@d=quoted}}", "a b@d") == "quoted|");
}

TEST_CASE("Parents of a domain", "[tables]") {
    CHECK(parent_domains("a.b.c", ParentStyle::bare) == std::vector<std::string>{"b.c", "c"});
    CHECK(parent_domains("a.b.c", ParentStyle::dotted) == std::vector<std::string>{".b.c", ".c"});
    CHECK(parent_domains("a", ParentStyle::bare).empty());
    CHECK(parent_domains("", ParentStyle::bare).empty());
}

TEST_CASE("Lists of hosts and networks", "[tables]") {
    ScratchDirectory directory;
    const std::string file =
        directory.write("more", "# comment\nfile.test\n 198.51.100.0/24\n!no.file.test\n");
    const Settings settings =
        Settings::from_text("parent_domain_matches_subdomains = mynetworks, relay_domains\n");
    const auto match = [&](std::string_view parameter, ListKind kind, const std::string& value,
                           const std::string& name, const std::string& address) {
        const MatchList list(parameter, value, kind, settings);
        switch (async::run(list.matches(name, address))) {
            case Match::yes:
                return "yes";
            case Match::no:
                return "no";
            case Match::try_again:
                break;
        }
        return "again";
    };
    struct Row {
        std::string value, name, address, answer;
    };
    const Row hosts[] = {
        {"192.0.2.0/24", "x.test", "192.0.2.9", "yes"},
        {"192.0.2.0/24", "x.test", "192.0.3.9", "no"},
        {"!192.0.2.9, 192.0.2.0/24", "", "192.0.2.9", "no"},
        {"[2001:db8::]/32 [::1]", "", "2001:db8::7", "yes"},
        {"[2001:db8::]/32 [::1]", "", "::1", "yes"},
        {"example.test", "host.example.test", "192.0.2.1", "yes"},
        {"example.test", "hostexample.test", "192.0.2.1", "no"},
        {"example.test", "EXAMPLE.test", "192.0.2.1", "yes"},
        {"inline:{example.test=x}", "host.example.test", "192.0.2.1", "yes"},
        {"inline:{192.0.2.1=x}", "host.example.test", "192.0.2.1", "yes"},
        {"cidr:{{192.0.2.0/24 x}}", "host.example.test", "192.0.2.1", "yes"},
        {"fail:x", "a", "192.0.2.1", "again"},
        {"192.0.2.1 fail:x", "a", "192.0.2.1", "yes"},
        {"192.0.2.1/24", "a", "192.0.2.1", "again"},
        {file, "a.file.test", "", "yes"},
        {file, "a", "198.51.100.3", "yes"},
        {"!" + file, "file.test", "", "no"},
        {directory.path() + "/none", "file.test", "", "again"},
        {"", "file.test", "192.0.2.1", "no"},
    };
    for (const Row& row : hosts) {
        INFO(row.value << " " << row.name << " " << row.address);
        CHECK(match("mynetworks", ListKind::hosts, row.value, row.name, row.address) == row.answer);
    }
    const Row strings[] = {
        {"a.test, B.test", "b.TEST", "", "yes"},
        {"test", "a.test", "", "no"},
        {"inline:{test=x}", "a.test", "", "no"},
    };
    for (const Row& row : strings)
        CHECK(match("mydestination", ListKind::strings, row.value, row.name, "") == row.answer);
    const Row dotted[] = {
        {".test", "a.test", "", "yes"},
        {"test", "a.test", "", "no"},
        {"inline:{.test=x}", "a.test", "", "yes"},
    };
    for (const Row& row : dotted)
        CHECK(match("other", ListKind::domains, row.value, row.name, "") == row.answer);
}

TEST_CASE("Templates of queries and results", "[tables]") {
    const auto doubled = [](const std::string& text) { return replace_all(text, "'", "''"); };
    const auto expand = [&](std::string_view text, const std::string& value, const std::string& key) {
        return expand_template(text, value, key, doubled).value_or("none");
    };
    CHECK(expand("a='%s'", "o'x@d.e", "o'x@d.e") == "a='o''x@d.e'");
    CHECK(expand("%u|%d|%%|%1|%2", "u@d.e", "u@d.e") == "u|d.e|%|e|d");
    CHECK(expand("%d", "u", "u") == "none");
    CHECK(expand("%u", "@d.e", "@d.e") == "none");
    CHECK(expand("%u", "u", "u") == "u");
    CHECK(expand("%3", "u@d.e", "u@d.e") == "none");
    CHECK(expand("<%s> %U %D", "v@w", "u@d") == "<v@w> u d");
}
