// commands/postfix/instance.cc - the mail system that postfix(1) works on.
#include "commands/postfix/instance.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"
#include "lib/config/command.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"

namespace postrider::postfix {

std::string Instance::daemon(const std::string& program) const {
    return settings[config::daemon_directory] + "/" + program;
}

std::string Instance::command(const std::string& program) const {
    return settings[config::command_directory] + "/" + program;
}

Instance open_instance(const std::string& directory) {
    auto settings = Settings::load(directory);
    if (!settings) fatal("{}", settings.error());
    Instance instance;
    instance.settings = std::move(*settings);
    instance.directory = directory;
    instance.queue = instance.settings[config::queue_directory];
    // Compat: log readers know "the Postfix mail system", whatever mail_name is.
    instance.name = "Postfix";
    instance.privileged = geteuid() == 0;
    config::open_log(instance.settings, "postfix-script", config::LogUser::command);
    config::clean_environment(instance.settings);
    setenv("MAIL_CONFIG", directory.c_str(), 1);
    return instance;
}

void edit_main_cf(const Instance& instance, const std::vector<std::string>& assignments) {
    std::vector<std::string> command = {instance.command("postconf"), "-c", instance.directory, "-e"};
    command.insert(command.end(), assignments.begin(), assignments.end());
    if (run_program(command) != 0) fatal("error changing {}/main.cf", instance.directory);
}

bool is_running(const Instance& instance) {
    const Fd file(::open(instance.lock_path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    return file && !lock_file(file.get(), LockMode::shared, LockWait::no);
}

std::optional<pid_t> master_pid(const Instance& instance) {
    const auto content = read_file(instance.lock_path());
    if (!content) return std::nullopt;
    const auto number = parse_int(trim(*content));
    if (!number || *number < 1) return std::nullopt;
    return static_cast<pid_t>(*number);
}

}  // namespace postrider::postfix
