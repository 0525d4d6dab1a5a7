// services/spawn/command_test.cc - lines of master.cf that name spawn(8).
#include "services/spawn/command.h"

#include <catch2/catch.hpp>

using postrider::spawn::parse_command_line;

TEST_CASE("A spawn service has a user and a command", "[spawn]") {
    const auto line = parse_command_line({"user=nobody:nogroup", "argv=/bin/x", "-a", "user=b"});
    REQUIRE(line);
    CHECK(line->user == "nobody");
    CHECK(line->group == "nogroup");
    CHECK(line->arguments == std::vector<std::string>{"/bin/x", "-a", "user=b"});
    CHECK_FALSE(parse_command_line({"argv=/bin/x"}));
    CHECK_FALSE(parse_command_line({"user=nobody"}));
    CHECK(parse_command_line({"USER=nobody", "ARGV=/bin/x"}));
    CHECK_FALSE(parse_command_line({"flags=x", "user=nobody", "argv=/bin/x"}));
}
