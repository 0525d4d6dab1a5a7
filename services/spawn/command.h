// services/spawn/command.h - the command of a spawn(8) service.
#pragma once

#include <string>
#include <vector>

#include "lib/base/result.h"

namespace postrider::spawn {

// What stands behind the program in master.cf: user=name[:group] argv=command argument ...
struct CommandLine {
    std::string user;
    std::string group;                   // empty: the user's own
    std::vector<std::string> arguments;  // argv
};
// The error is fatal to the service: the line of master.cf is wrong.
Result<CommandLine> parse_command_line(const std::vector<std::string>& words);

}  // namespace postrider::spawn
