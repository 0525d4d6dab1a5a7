// lib/base/run_program.h - other programs, run to their end.
#pragma once

#include <string>
#include <vector>

namespace postrider {

// Runs a program (found in PATH without a slash) and waits.  Its exit status, 127 when it cannot be run, 128
// + n when signal n ended it.
int run_program(const std::vector<std::string>& arguments);
// Becomes the program; fatal when it cannot be run.
[[noreturn]] void become_program(const std::vector<std::string>& arguments);

}  // namespace postrider
