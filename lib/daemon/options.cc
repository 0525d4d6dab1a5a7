// lib/daemon/options.cc - what master(8) tells a daemon on its command line.
#include "lib/daemon/options.h"

#include <getopt.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::daemon {

Options parse_options(int argc, char** argv) {
    Options options;
    options.service = base_name(argv[0]);
    opterr = 0;
    int option = 0;
    while ((option = getopt(argc, argv, "+cdDi:L:m:n:o:P:s:St:uvVz")) != -1) {
        const std::string value = optarg != nullptr ? optarg : "";
        switch (option) {
            case 'c':
                options.chroot = true;
                break;
            case 'd':
                options.keep_terminal = true;
                break;
            case 'D':
                options.debugger = true;
                break;
            case 'i':
                options.overrides.push_back("max_idle=" + value);
                break;
            case 'L':
                options.share = static_cast<int>(parse_int(value).value_or(0));
                break;
            case 'm':
                options.overrides.push_back("max_use=" + value);
                break;
            case 'n':
                options.service = value;
                break;
            case 'o':
                options.overrides.push_back(value);
                break;
            case 'P':
                options.process_limit = static_cast<int>(parse_int(value).value_or(0));
                break;
            case 's':
                options.listen_count = static_cast<int>(parse_int(value).value_or(1));
                break;
            case 'S':
                options.on_standard_input = true;
                break;
            case 't':
                options.type = value;
                break;
            case 'u':
                options.unprivileged = true;
                break;
            case 'v':
                log::set_verbose(log::verbose() + 1);
                break;
            case 'V':
                break;
            case 'z':
                break;
            default:
                fatal("unknown option -{}; daemons are started by master(8) only", static_cast<char>(optopt));
        }
    }
    for (int i = optind; i < argc; ++i) options.words.emplace_back(argv[i]);
    return options;
}

}  // namespace postrider::daemon
