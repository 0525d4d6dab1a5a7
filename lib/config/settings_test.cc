// lib/config/settings_test.cc - values of main.cf, and its $ language.
#include "lib/config/settings.h"

#include <catch2/catch.hpp>

#include <cstdlib>

#include "lib/base/fd.h"
#include "lib/config/expand.h"
#include "lib/config/global_parameters.h"
#include "lib/config/known_parameters.h"
#include "lib/config/logical_lines.h"
#include "lib/config/main_cf.h"

using namespace postrider;
using namespace postrider::config;

TEST_CASE("continuation lines are joined, comments and empty lines skipped", "[config]") {
    const auto lines = logical_lines("# head\na = 1,\n   2\n# between\n\n   3\n\nb=4");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].text == "a = 1,   2   3");
    CHECK(lines[0].first_line == 2);
    CHECK(lines[0].last_line == 6);
    CHECK(lines[1].text == "b=4");
    CHECK(lines[1].first_line == 8);
}

TEST_CASE("a line without '=' is refused with file, line and text", "[config]") {
    const auto entries = parse_main_cf("a = 1\nmyorigin\n", "/etc/main.cf");
    REQUIRE_FALSE(entries);
    CHECK(entries.error() == "/etc/main.cf, line 2: missing '=' after attribute name: \"myorigin\"");
    CHECK(parse_assignment("=x").error() == "missing attribute name");
    CHECK(parse_assignment("a b = c").error() == "missing '=' after attribute name");
    CHECK(parse_assignment(" a =  b = c ")->value == "b = c");
}

TEST_CASE("an entry that begins as a continuation of nothing does not count", "[config]") {
    const auto entries = parse_main_cf("  a = 1\nb = 2\n", "/etc/main.cf");
    REQUIRE(entries);
    CHECK(entries->size() == 1);
}

TEST_CASE("the $ language is expanded as Postfix does", "[config]") {
    const Settings settings = Settings::from_text("a = 1\ntwice = $a$a\nempty =\nlong_name = x\n");
    struct Row {
        std::string text;
        std::string expected;
    };
    for (const Row& row : std::vector<Row>{
             {"[$a ${a} $(a) ${ a }]", "[1 1 1 1]"},
             {"$$a", "$a"},
             {"$twice.$undefined|$a.b", "11.|1.b"},
             {"${a?{ x }:{ y }}", " x "},
             {"${a ? {x} : {y}}", "x"},
             {"${a?; $a}", "; 1"},
             {"${empty?x}${empty:{none}}", "none"},
             {"${a:b}", ""},
             {"${undefined?{x}: y z}", " y z"},
             {"${a?}", ""},
             {"${a?{$a$a}}", "11"},
             {"${{$a} == {1} ? {yes} : {no}}", "yes"},
             {"${{$a}=={2}?{yes}}", ""},
             {"${{$a}=={1}}", "true"},
             {"${{1} == { 1 } ? {t} : {f}}", "f"},
             {"${{10} < {9} ? {text} : {number}}", "number"},
             {"${{a} < {b}?{1}:{2}}", "1"},
             {"${{1}=={1}?x:y}", "x:y"},
             {"${{2}=={1}:{x}}", "x"},
             {"${{3.10} >=level {3.9} ? {new} : {old}}", "new"},
             {"${{3.10} >= {3.9} ? {new} : {old}}", "old"},
             {"$(a?b)", "b"},
             {"${domain_to_ascii{x.$a}}", "x.1"},
         })
        CHECK(settings.expand(row.text) == row.expected);
}

TEST_CASE("broken $ language is told apart", "[config]") {
    const auto none = [](std::string_view) -> std::optional<std::string> { return std::nullopt; };
    CHECK(expand_text("[$ a]", none).error() == "empty macro name: \"[$ a]\"");
    CHECK(expand_text("[${}]", none).error() == "empty macro name: \"[${}]\"");
    CHECK(expand_text("[${a", none).error() == "truncated macro reference: \"[${a\"");
    CHECK(expand_text("${a-b}", none).error() == "attribute name syntax error at: \"...a>>>-b\"");
    CHECK(expand_text("${a?{x} y}", none).error() == "\":\" expected at: \"...x}>>>y\"");
    CHECK(expand_text("${{3.x} <level {3}}", none).error() ==
          "malformed compatibility level syntax: \"3.x\"");
    CHECK(expand_text("${{a} === {b}}", none).error() ==
          R"("==" or "!="" or "<"" or "<="" or ">="" or ">" expected at: "...a}>>>=== {b}")");
    CHECK(expand_text("${{a} == b}", none).error() == "\"{expression}\" expected at: \"...{a} ==>>> b\"");
    CHECK(expand_text("${{a} == {b} c}", none).error() == "\"?\" or \":\" expected at: \"...}>>>c\"");
    CHECK(expand_text("${a?{c}:{d} e}", none).error() == "unexpected input at: \"...d}>>>e\"");
    CHECK_FALSE(expand_text("${{a}}", none));
    CHECK_FALSE(expand_text("${{a} ~ {b}}", none));
}

TEST_CASE("the names in a text are found in all its branches", "[config]") {
    const auto scanned = scan_names("$a.${b?{$c}:$(d)} $$e ${{$f} == {x} ? {${ g }}} $h ${i?{$j}k} $l");
    CHECK(scanned.names == std::vector<std::string>{"a", "b", "c", "d", "f", "g", "h", "i"});
    CHECK(scanned.problem == "\":\" expected at: \"...$j}>>>k\"");
}

TEST_CASE("answers of a lookup are literal, values of main.cf are not", "[config]") {
    const Settings settings = Settings::from_text("a = $b\nb = 1\n");
    CHECK(settings.expand("$user $a", [](std::string_view name) -> std::optional<std::string> {
        if (name == "user") return "$a${";
        return std::nullopt;
    }) == "$a${ 1");
}

TEST_CASE("times take the unit of the default when they have none", "[config]") {
    CHECK(parse_time("5", 'd')->count() == 5 * 86400);
    CHECK(parse_time("5m", 'd')->count() == 300);
    CHECK(parse_time("2W", 's')->count() == 2 * 7 * 86400);
    CHECK_FALSE(parse_time("", 's'));
    CHECK_FALSE(parse_time("5x", 's'));
    CHECK_FALSE(parse_time("-5", 's'));
    CHECK_FALSE(parse_time("1.5h", 's'));
    CHECK_FALSE(parse_time("99999999999", 's'));
}

TEST_CASE("compatibility levels compare by their parts", "[config]") {
    CHECK(*parse_compatibility_level("3.10") > *parse_compatibility_level("3.9"));
    CHECK(*parse_compatibility_level("3") == *parse_compatibility_level("3.0.0"));
    CHECK(parse_compatibility_level("99"));
    for (const char* bad : {"", "x", "3.", ".3", "3.1.2.4", "-1"})
        CHECK_FALSE(parse_compatibility_level(bad));
}

TEST_CASE("values are read with their types and defaults", "[config]") {
    Settings settings = Settings::from_text(
        "max_idle = 2m\nhash_queue_depth = 3\nsoft_bounce = YES\n"
        "myhostname = mail.example.com\ninet_interfaces = 127.0.0.1, { a b }\n");
    CHECK(settings[max_idle].count() == 120);
    CHECK(settings[hash_queue_depth] == 3);
    CHECK(settings[soft_bounce]);
    CHECK(settings[message_size_limit] == 10240000);
    CHECK(settings[mydomain] == "example.com");
    CHECK(settings[mydestination] == "mail.example.com, localhost.example.com, localhost");
    CHECK(settings[local_transport] == "local:mail.example.com");
    CHECK(settings.words(inet_interfaces) == std::vector<std::string>{"127.0.0.1", "{ a b }"});
    settings.set("max_idle", "7");
    CHECK(settings[max_idle].count() == 7);
    CHECK(settings.value_of("no_such_name") == std::nullopt);
}

TEST_CASE("myorigin may name a file with the domain in its first line", "[config]") {
    char path[] = "/tmp/postrider-origin-XXXXXX";
    const Fd file(mkstemp(path));
    REQUIRE(write_all(file.get(), " example.org \nmore\n", 19));
    const Settings settings = Settings::from_text("myorigin = " + std::string(path));
    CHECK(settings[myorigin] == "example.org");
    ::unlink(path);
}

TEST_CASE("a transport's own parameter wins over the default for all", "[config]") {
    const Settings settings = Settings::from_text("slow_process = 1\nslow_idle = 3m\n");
    CHECK(settings.per_transport("slow", "process", default_process_limit) == 1);
    CHECK(settings.per_transport("fast", "process", default_process_limit) == 100);
    CHECK(settings.per_transport("slow", "idle", max_idle).count() == 180);
}

TEST_CASE("the known parameters are sorted and complete", "[config]") {
    const auto known = known_parameters();
    CHECK(known.size() > 880);
    for (std::size_t i = 1; i < known.size(); ++i) CHECK(known[i - 1].name < known[i].name);
    REQUIRE(find_parameter("smtpd_timeout") != nullptr);
    CHECK(is_honoured("queue_directory"));
    CHECK_FALSE(is_honoured("fault_injection_code"));
}

TEST_CASE("mynetworks follows interfaces and style", "[config]") {
    const Settings local = Settings::from_text(
        "inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n"
        "mynetworks_style = host\n");
    CHECK(local[mynetworks] == "127.0.0.1/32");
    const Settings wide = Settings::from_text(
        "inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n"
        "mynetworks_style = class\n");
    CHECK(wide[mynetworks] == "127.0.0.0/8");
}

TEST_CASE("networks are cut to the length of their prefix", "[config]") {
    CHECK(network_of({"192.0.2.77", false, 24}, 24) == "192.0.2.0/24");
    CHECK(network_of({"10.1.2.3", false, 24}, 32) == "10.1.2.3/32");
    CHECK(network_of({"fd00::1:2", true, 64}, 64) == "[fd00::]/64");
    CHECK(network_of({"10.255.2.3", false, 24}, 11) == "10.224.0.0/11");
}
