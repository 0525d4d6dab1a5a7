// lib/config/command_options.cc - the options of a command, with those that every command has.
#include "lib/config/command_options.h"

#include <getopt.h>

#include <cstring>

#include "lib/base/log.h"

namespace postrider::config {

void use_short_name(int argc, char** argv) {
    if (argc < 1) return;
    char* const slash = std::strrchr(argv[0], '/');
    if (slash != nullptr && slash[1] != '\0') argv[0] = slash + 1;
}

CommandOptions::CommandOptions(int argc, char** argv, const std::string& letters)
    : argc_(argc), argv_(argv), letters_("+c:v" + letters) {
    use_short_name(argc, argv);
}

int CommandOptions::next() {
    for (;;) {
        const int letter = ::getopt(argc_, argv_, letters_.c_str());
        if (letter == 'c') {
            directory_ = optarg;
        } else if (letter == 'v') {
            log::set_verbose(log::verbose() + 1);
        } else {
            return letter > 0 ? letter : 0;
        }
    }
}

std::vector<std::string> CommandOptions::words() const {
    return std::vector<std::string>(argv_ + optind, argv_ + argc_);
}

}  // namespace postrider::config
