// commands/postlock/main.cc - runs a command while a mailbox is locked; postlock(1).
#include <fmt/core.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <vector>

#include "commands/postlock/mailbox_lock.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/command.h"
#include "lib/config/command_options.h"
#include "lib/config/log_setup.h"

namespace postrider::postlock {

namespace {

struct Options {
    std::optional<std::string> directory;
    std::optional<std::string> styles;
    std::string mailbox;
    std::vector<char*> command;  // ends with a null pointer
};

[[noreturn]] void usage() {
    fatal("usage: postlock [-c config_dir] [-l lock_style] [-v] folder command...");
}

Options parse_options(int argc, char** argv) {
    Options options;
    config::CommandOptions letters(argc, argv, "l:");
    while (const int option = letters.next()) {
        if (option != 'l') usage();
        options.styles = optarg;
    }
    options.directory = letters.directory();
    if (argc - optind < 2) usage();
    options.mailbox = argv[optind];
    options.command.assign(argv + optind + 1, argv + argc);
    options.command.push_back(nullptr);
    return options;
}

// The exit status of the command.  Signals from the keyboard are left to it: we have a lock to take away.
int run_command(const std::vector<char*>& command) {
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGINT);
    sigaddset(&defaults, SIGQUIT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t pid = 0;
    const int problem = posix_spawnp(&pid, command[0], nullptr, &attributes, command.data(), environ);
    posix_spawnattr_destroy(&attributes);
    if (problem != 0) {
        // Not fatal(): we have a lock to take away.
        log::write(log::Level::fatal, fmt::format("execvp {}: {}", command[0], errno_text(problem)));
        return 1;
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return EX_TEMPFAIL;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int run(int argc, char** argv) {
    log::set_fatal_status(EX_TEMPFAIL);
    config::open_log_early("postlock", config::LogUser::command);
    const Options options = parse_options(argc, argv);
    const Settings settings = config::start_command("postlock", options.directory);
    config::update_environment(settings);
    const std::string styles =
        options.styles ? *options.styles : settings.value_of("mailbox_delivery_lock").value_or("");
    const auto lock = MailboxLock::take(options.mailbox, delivery::parse_mailbox_locks(settings, styles));
    if (!lock) fatal("{}", lock.error());
    return run_command(options.command);
}

}  // namespace

}  // namespace postrider::postlock

int main(int argc, char** argv) {
    return postrider::postlock::run(argc, argv);
}
