// commands/posttls-finger/main.cc - posttls-finger(1): what a server does in TLS.
#include <unistd.h>

#include <csignal>

#include "commands/posttls-finger/options.h"
#include "commands/posttls-finger/probe.h"
#include "lib/base/log.h"
#include "lib/config/command.h"

using namespace postrider;

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    log::Destination terminal;
    terminal.tag = "posttls-finger";
    terminal.only_stderr = true;
    log::open(terminal);
    const posttls_finger::Options options = posttls_finger::parse_options(argc, argv);
    // Compat: the report is what the command is for, and pipes take it; standard error has wrong usage alone.
    ::dup2(STDOUT_FILENO, STDERR_FILENO);
    Settings settings = config::start_command("posttls-finger");
    // A report for whoever typed the command, not for the mail log.
    log::open(terminal);
    log::set_verbose(options.verbose);
    for (const std::string& entry : options.overrides) {
        const std::size_t equals = entry.find('=');
        if (equals == std::string::npos || equals == 0)
            fatal("-o option value must be name=value: {}", entry);
        settings.set(entry.substr(0, equals), entry.substr(equals + 1));
    }
    posttls_finger::Probe probe(options, settings);
    async::run(probe.run());
    return 0;
}
