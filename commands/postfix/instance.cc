// commands/postfix/instance.cc - the mail system that postfix(1) works on.
#include "commands/postfix/instance.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"

namespace postrider::postfix {

namespace {

// Keeps what is named, sets what is named with a value, and forgets everything else.
void clean_environment(const std::vector<std::string>& words) {
    std::vector<std::pair<std::string, std::string>> kept;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals != std::string::npos)
            kept.emplace_back(word.substr(0, equals), word.substr(equals + 1));
        else if (const char* value = std::getenv(word.c_str()))
            kept.emplace_back(word, value);
    }
    clearenv();
    for (const auto& [name, value] : kept) setenv(name.c_str(), value.c_str(), 1);
    setenv("PATH", "/usr/bin:/bin:/usr/sbin:/sbin", 1);
}

}  // namespace

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
    instance.name = instance.settings[config::mail_name];
    instance.privileged = geteuid() == 0;
    config::open_log(instance.settings, "postfix-script", config::LogUser::command);
    clean_environment(instance.settings.words(config::import_environment));
    setenv("MAIL_CONFIG", directory.c_str(), 1);
    return instance;
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
