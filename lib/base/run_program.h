// lib/base/run_program.h - other programs, run to their end.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/result.h"

namespace postrider {

struct ProgramUser {
    uid_t user;
    gid_t group;
};

// A program, found in PATH when its name has no slash, and how it is run.
struct Program {
    std::vector<std::string> arguments;
    std::optional<std::chrono::seconds> time_limit;  // then it is killed
    std::optional<ProgramUser> user;                 // whose rights it has, if not ours; for root
    // So many bytes of what it says on standard output, or on standard error, are kept; 0: it uses ours. When
    // its output is kept its input is empty.
    std::size_t output_limit = 0;
    std::size_t errors_limit = 0;
};

struct Ended {
    // As a shell has it: 127 when it could not be run, 128 + n when signal n ended it.
    int status = 127;
    bool in_time = true;
    std::string output;
    std::string errors;
};

// Runs it and waits.  Blocks; may run on any thread.
Ended run_to_end(const Program& program);
// The exit status of a program that uses our standard descriptors and may take any time.
int run_program(const std::vector<std::string>& arguments);
// What a program says on its standard output.  The error: it could not be run, was too slow or did not end
// with status 0; what it says on standard error goes where ours goes.
Result<std::string> output_of_program(const std::vector<std::string>& arguments,
                                      std::chrono::seconds time_limit, std::size_t size_limit);
// Becomes the program; fatal when it cannot be run.
[[noreturn]] void become_program(const std::vector<std::string>& arguments);

}  // namespace postrider
