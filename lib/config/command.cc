// lib/config/command.cc - what every command does before its own work.
#include "lib/config/command.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "lib/base/log.h"
#include "lib/config/checks.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/config/main_cf.h"
#include "lib/config/master_cf.h"
#include "lib/config/places.h"
#include "lib/config/source_parameters.h"
#include "lib/config/sources.h"

namespace postrider::config {

bool runs_for_a_stranger() {
    if (::getuid() == 0 && ::geteuid() == 0) return false;
    return ::getuid() != ::geteuid() || ::getgid() != ::getegid();
}

Settings start_command(std::string_view process, const std::optional<std::string>& directory) {
    open_log_early(process, LogUser::command);
    const std::string chosen = choose_config_directory(directory);
    if (runs_for_a_stranger()) {
        const Result<void> trusted = check_config_directory(chosen);
        if (!trusted) fatal("{}", trusted.error());
    }
    ::setenv("MAIL_CONFIG", chosen.c_str(), 1);
    Result<Settings> settings = Settings::load(chosen);
    if (!settings) fatal("{}", settings.error());
    check_global_parameters(*settings);
    open_log(*settings, process, LogUser::command);
    return std::move(*settings);
}

namespace {

// The items of import_environment: "NAME", "NAME=value", "{ NAME = value with spaces }".
struct Imported {
    std::string name;
    std::optional<std::string> value;  // unset: the one it has
};

std::vector<Imported> imported_variables(const Settings& settings) {
    std::vector<Imported> found;
    for (std::string word : settings.words(import_environment)) {
        if (const std::string problem = strip_braces(word); !problem.empty())
            fatal("import_environment: {}", problem);
        Imported one;
        if (word.find('=') != std::string::npos) {
            auto pair = parse_assignment(word);
            if (!pair) fatal("import_environment: {}", pair.error());
            one.name = std::move(pair->name);
            one.value = std::move(pair->value);
        } else {
            one.name = std::move(word);
        }
        found.push_back(std::move(one));
    }
    return found;
}

}  // namespace

void update_environment(const Settings& settings) {
    for (const Imported& one : imported_variables(settings))
        if (one.value) ::setenv(one.name.c_str(), one.value->c_str(), 1);
}

void clean_environment(const Settings& settings) {
    std::vector<std::pair<std::string, std::string>> kept;
    for (const Imported& one : imported_variables(settings)) {
        if (one.value)
            kept.emplace_back(one.name, *one.value);
        else if (const char* value = std::getenv(one.name.c_str()))
            kept.emplace_back(one.name, value);
    }
    if (settings[environment_overlay] && !runs_for_a_stranger())
        for (auto& variable : overlay_variables()) kept.push_back(std::move(variable));
    if (::clearenv() != 0) fatal("cannot clean the environment");
    for (const auto& [name, value] : kept) ::setenv(name.c_str(), value.c_str(), 1);
    ::setenv("PATH", "/usr/bin:/bin:/usr/sbin:/sbin", 1);
}

void occupy_standard_descriptors() {
    int fd = 0;
    do {
        fd = ::open("/dev/null", O_RDWR);
        if (fd < 0) std::_Exit(1);
    } while (fd <= 2);
    ::close(fd);
}

}  // namespace postrider::config
