// lib/base/run_program_test.cc - tests of programs run to their end.
#include "lib/base/run_program.h"

#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace postrider;
using namespace std::chrono_literals;

namespace {

Program shell(const std::string& command) {
    Program program;
    program.arguments = {"/bin/sh", "-c", command};
    return program;
}

}  // namespace

TEST_CASE("a program ends with its status, its signal, or 127 when there is none", "[run_program]") {
    CHECK(run_program({"/bin/sh", "-c", "exit 3"}) == 3);
    CHECK(run_program({"/bin/sh", "-c", "kill -9 $$"}) == 128 + SIGKILL);
    CHECK(run_program({"/nonexistent/program"}) == 127);
}

TEST_CASE("what a program says on both streams is kept apart", "[run_program]") {
    Program program = shell("echo one; echo two >&2; cat; exit 4");
    program.output_limit = 100;
    program.errors_limit = 100;
    const Ended ended = run_to_end(program);
    CHECK(ended.status == 4);
    CHECK(ended.output == "one\n");
    CHECK(ended.errors == "two\n");
}

TEST_CASE("a program that says more than is kept is not waited for", "[run_program]") {
    Program program = shell("exec yes line");
    program.output_limit = 10;
    program.time_limit = 60s;
    const Ended ended = run_to_end(program);
    CHECK(ended.in_time);
    CHECK(ended.output == "line\nline\n");
    CHECK(ended.status != 0);
}

TEST_CASE("a program is killed at its time limit, silent or not", "[run_program]") {
    Program program = shell("exec sleep 60");
    program.time_limit = 0s;
    CHECK_FALSE(run_to_end(program).in_time);
    program.output_limit = 10;
    const Ended ended = run_to_end(program);
    CHECK_FALSE(ended.in_time);
    CHECK(ended.status == 128 + SIGKILL);
    const auto text = output_of_program({"/bin/sh", "-c", "exec sleep 60"}, 0s, 10);
    REQUIRE_FALSE(text);
    CHECK(text.error() == "/bin/sh: timed out");
}

TEST_CASE("root runs a program with the rights of another user", "[run_program]") {
    if (::geteuid() != 0) return;
    Program program = shell("id -u; id -g; id -G");
    program.user = ProgramUser{65534, 65533};
    program.output_limit = 100;
    const Ended ended = run_to_end(program);
    CHECK(ended.status == 0);
    CHECK(ended.output == "65534\n65533\n65533\n");
}
