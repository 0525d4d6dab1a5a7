// master/spawn.h - starting a daemon process.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::master {

struct SpawnRequest {
    std::string program;                   // absolute path
    std::vector<std::string> arguments;    // argv, [0] included
    std::vector<std::string> environment;  // "name=value"
    int channel = -1;                      // becomes descriptor 3
    std::vector<int> sockets;              // become descriptors 4, 5, ...
};

// Starts the program with descriptors 0 to 2 on /dev/null (2 stays in the foreground) and nothing else open.
Result<pid_t> spawn(const SpawnRequest& request);

// The variables of import_environment.
std::vector<std::string> child_environment(const Settings& settings);

}  // namespace postrider::master
