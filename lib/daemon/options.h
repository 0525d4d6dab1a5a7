// lib/daemon/options.h - what master(8) tells a daemon on its command line.
#pragma once

#include <string>
#include <vector>

namespace postrider::daemon {

struct Options {
    std::string service;
    std::string type = "unix";
    std::vector<std::string> overrides;  // "name=value"
    std::vector<std::string> words;
    int listen_count = 1;
    int share = 0;  // clients at once in this process; 0: no limit
    int process_limit = 0;
    bool chroot = false;
    bool unprivileged = false;
    bool on_standard_input = false;
    bool keep_terminal = false;
    bool debugger = false;
};

// Fatal when there is an option that master does not give.
Options parse_options(int argc, char** argv);

}  // namespace postrider::daemon
