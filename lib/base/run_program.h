// lib/base/run_program.h - other programs, run to their end.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "lib/base/result.h"

namespace postrider {

// Runs a program (found in PATH without a slash) and waits.  Its exit status, 127 when it cannot be run, 128
// + n when signal n ended it.
int run_program(const std::vector<std::string>& arguments);
// What a program says on its standard output, at most `size_limit` bytes of it.  It is killed at the time
// limit. The error: it could not be run, was too slow or did not end with status 0.  Blocks; may run on any
// thread.
Result<std::string> output_of_program(const std::vector<std::string>& arguments,
                                      std::chrono::seconds time_limit, std::size_t size_limit);
// Becomes the program; fatal when it cannot be run.
[[noreturn]] void become_program(const std::vector<std::string>& arguments);

}  // namespace postrider
