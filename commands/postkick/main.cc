// commands/postkick/main.cc - wakes a service; postkick(1).
#include <fmt/core.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/command.h"
#include "lib/config/command_options.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/ipc/client.h"

namespace postrider::postkick {

namespace {

[[noreturn]] void usage() {
    fatal("usage: postkick [-c config_dir] [-v] class service request");
}

int run(int argc, char** argv) {
    config::open_log_early("postkick", config::LogUser::command);
    config::CommandOptions options(argc, argv, "");
    const bool known = options.next() == 0;
    const std::vector<std::string> words = options.words();
    if (!known || words.size() != 3) usage();
    const Settings settings = config::start_command("postkick", options.directory());
    config::update_environment(settings);
    const std::string& queue = settings[config::queue_directory];
    if (::chdir(queue.c_str()) != 0) fatal("chdir {}: {}", queue, errno_text());
    // A receiver that hangs up early has heard what it needs.
    ::signal(SIGPIPE, SIG_IGN);
    // A listener that does not answer must not hold us.
    ::alarm(static_cast<unsigned>(settings[config::trigger_timeout].count()));
    const std::string path = fmt::format("{}/{}", words[0], words[1]);
    const auto status = stat_file(path);
    if (!status) {
        log::warning("unable to look up {}: {}", path, errno_text());
    } else if (!S_ISSOCK(status->st_mode) && !S_ISFIFO(status->st_mode)) {
        log::warning("{} is not a socket or a fifo", path);
    } else {
        const auto sent = ipc::send_trigger(path, words[2]);
        if (sent) return 0;
        // Compat: a FIFO that nobody reads is told of below.
        if (S_ISSOCK(status->st_mode)) log::warning("{}", sent.error());
    }
    log::warning("Cannot contact class {} service {} - perhaps the mail system is down", words[0], words[1]);
    return 1;
}

}  // namespace

}  // namespace postrider::postkick

int main(int argc, char** argv) {
    return postrider::postkick::run(argc, argv);
}
