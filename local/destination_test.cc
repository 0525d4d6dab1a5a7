// local/destination_test.cc - the entries of aliases(5), .forward and :include: lists.
#include "local/destination.h"

#include <catch2/catch.hpp>

#include "local/read_list.h"

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
        {"/var/mail/box, /dir/", "file</var/mail/box> file</dir/>"},
        {"\"/with space/x\"", "file</with space/x>"},
        {":include:/etc/list", "include</etc/list>"},
        {"\":include:/etc/list\"", "include</etc/list>"},
        {"\\erin, far@x.test", "mailbox<erin> address<far@x.test>"},
        {"~/box", "home</box>"},
        {"\"john smith\"@x.test", "address<john smith@x.test>"},
        {"Full Name <a@b>, (comment) c", "address<a@b> address<c>"},
        {"", ""},
        {",, ,", ""},
        {"\"", ""},
        {"\"\"", ""},
        {"(open, comment", ""},
    };
    for (const Row& row : rows) {
        INFO(row.line);
        CHECK(parsed(row.line) == row.result);
    }
}

TEST_CASE("A list file is one list", "[local]") {
    CHECK(list_text("# a comment\nalice\nbob, \"carol\"\n  dave\n") == "alice,bob, \"carol\"  dave");
    CHECK(list_text("").empty());
    CHECK(list_text("# only\n\n").empty());
}
