// local/destination_test.cc - the entries of aliases(5), .forward and :include: lists.
#include "local/destination.h"

#include <catch2/catch.hpp>

using namespace postrider::local;

namespace {

std::string parsed(std::string_view line) {
    std::string out;
    for (const Destination& one : parse_destinations(line)) {
        constexpr std::string_view letters[] = {"address", "mailbox", "file", "home", "command", "include"};
        if (!out.empty()) out += ' ';
        out += letters[static_cast<std::size_t>(one.kind)];
        out += '<' + one.text + '>';
    }
    return out;
}

}  // namespace

TEST_CASE("Destinations of a list", "[local]") {
    struct Row {
        std::string line, result;
    };
    const Row rows[] = {
        {"bob", "address<bob>"},
        {"alice, bob,carol@x.test", "address<alice> address<bob> address<carol@x.test>"},
        {"\"|cat > /tmp/x, y\"", "command<cat > /tmp/x, y>"},
        {"|/bin/prog", "command</bin/prog>"},
        {"\"|sh -c \\\"a b\\\"\", bob", "command<sh -c \"a b\"> address<bob>"},
        {"| /bin/prog, x", "command</bin/prog> address<x>"},
        {"|cat > /x", "command<cat> file</x>"},
        {"\"| /bin/prog\"", "command< /bin/prog>"},
        {"|\"cat > /x\" bob", "command<cat > /x> address<bob>"},
        {"\"|cat > /x\"bob", "command<cat > /x> address<bob>"},
        {"|cat;x", "command<cat> address<x>"},
        {"|cat<x", "command<cat<x>"},
        {"|a\\ b", "command<a b>"},
        {"/a(b)c", "file</a> address<c>"},
        {"/a:b, /a@b", "file</a:b> file</a@b>"},
        {"/a>b", "file</a> address<b>"},
        {"(c) |true, <\"|true\">", "command<true> command<true>"},
        {"g: bob, \"|true\", carol;, dave", "address<bob> command<true> address<carol> address<dave>"},
        {"vacation: bob", "address<vacation:bob>"},
        {"/box bob", "file</box> address<bob>"},
        {"alice bob", "address<alice> address<bob>"},
        {"alice # x", "address<alice> address<#> address<x>"},
        {":include:\"/a b\"", "include</a b>"},
        {"/var/mail/box, /dir/", "file</var/mail/box> file</dir/>"},
        {"\"/with space/x\"", "file</with space/x>"},
        {":include:/etc/list", "include</etc/list>"},
        {"\":include:/etc/list\"", "include</etc/list>"},
        {"\\erin, far@x.test", "address<erin> address<far@x.test>"},
        {"\"\\\\erin\", \\\\bob", "mailbox<erin> mailbox<bob>"},
        {"\\ erin", "address< erin>"},
        {"~/box", "home</box>"},
        {"\"john smith\"@x.test", "address<john smith@x.test>"},
        {"Full Name <a@b>, (comment) c", "address<a@b> address<c>"},
        {"", ""},
        {",, ,", ""},
        {"\"", "address<>"},
        {"\"\"", "address<>"},
        {"<>", ""},
        {"(open, comment", ""},
    };
    for (const Row& row : rows) {
        INFO(row.line);
        CHECK(parsed(row.line) == row.result);
    }
}

TEST_CASE("Every line of a list file is a list", "[local]") {
    const auto count = [](std::string_view content) { return parse_list_file(content, 40).size(); };
    CHECK(count("# a comment\nalice\nbob, \"carol\"\n  dave\n") == 4);
    CHECK(count("alice\n# x, y\n\n\nbob") == 2);
    CHECK(count("  # not, in the first column\n") == 6);
    CHECK(count("\"open\nbob\n") == 2);
    CHECK(count("") == 0);
    CHECK(count("# only\n\n") == 0);
    // Too long a line is several.
    const std::string letters(40, 'x');
    CHECK(count(letters + "\n") == 1);
    CHECK(count(letters + "y\n") == 2);
    CHECK(count(letters + "y") == 2);
    CHECK(count(letters + letters + letters + ", z\nbob\n") == 5);
}
