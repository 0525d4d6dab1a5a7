// lib/config/places.cc - the directories and paths fixed at build, and the choice of the configuration
// directory.
#include "lib/config/places.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/config/settings.h"

namespace postrider::config {

namespace places {

std::string config_directory() {
    return POSTRIDER_CONFIG_DIRECTORY;
}
std::string daemon_directory() {
    return POSTRIDER_DAEMON_DIRECTORY;
}
std::string command_directory() {
    return POSTRIDER_COMMAND_DIRECTORY;
}
std::string queue_directory() {
    return POSTRIDER_QUEUE_DIRECTORY;
}
std::string data_directory() {
    return POSTRIDER_DATA_DIRECTORY;
}
std::string meta_directory() {
    return POSTRIDER_CONFIG_DIRECTORY;
}
std::string shlib_directory() {
    return POSTRIDER_SHLIB_DIRECTORY;
}
std::string manpage_directory() {
    return POSTRIDER_MANPAGE_DIRECTORY;
}
std::string sendmail_path() {
    return POSTRIDER_SENDMAIL_PATH;
}
std::string mailq_path() {
    return POSTRIDER_MAILQ_PATH;
}
std::string newaliases_path() {
    return POSTRIDER_NEWALIASES_PATH;
}

}  // namespace places

std::string choose_config_directory(const std::optional<std::string>& option) {
    if (option) return *option;
    const char* from_environment = std::getenv("MAIL_CONFIG");
    if (from_environment != nullptr && *from_environment != '\0') return from_environment;
    return places::config_directory();
}

Result<void> check_config_directory(const std::string& directory) {
    const std::string trusted = places::config_directory();
    if (directory == trusted) return {};
    const auto settings = Settings::load(trusted);
    if (!settings) return Error{settings.error()};
    for (const auto* list : {&alternate_config_directories, &multi_instance_directories}) {
        const auto listed = settings->words(*list);
        if (std::find(listed.begin(), listed.end(), directory) != listed.end()) return {};
    }
    log::error("unauthorized configuration directory name: {}", directory);
    return Error{fmt::format(
        "specify \"alternate_config_directories = {0}\" or \"multi_instance_directories = {0}\" in "
        "{1}/main.cf",
        directory, trusted)};
}

}  // namespace postrider::config
