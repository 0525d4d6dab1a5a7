// commands/postfix/main.cc - starts, stops and looks after the mail system; postfix(1).
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/postfix/check/check.h"
#include "commands/postfix/control.h"
#include "commands/postfix/explain/explain.h"
#include "commands/postfix/instance.h"
#include "commands/postfix/layout.h"
#include "commands/postfix/non_bdb.h"
#include "commands/postfix/rotate.h"
#include "commands/postfix/tls.h"
#include "commands/postfix/trace/trace.h"
#include "commands/postfix/upgrade.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"
#include "lib/config/checks.h"
#include "lib/config/command_options.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/config/places.h"

namespace postrider::postfix {

namespace {

int set_all_permissions(const Instance& instance) {
    set_permissions(instance);
    return 0;
}

int create_missing_directories(const Instance& instance) {
    create_missing(instance);
    return 0;
}

int upgrade_all(const Instance& instance) {
    set_permissions(instance);
    return upgrade_configuration(instance);
}

// What nobody but the administrator knows, as far as main.cf does not say it yet.
int remind_of_first_steps(const Instance& instance) {
    std::vector<std::string> open;
    for (const std::string_view name : {"myorigin", "mydestination", "mynetworks"})
        if (!instance.settings.explicit_value(name)) open.emplace_back(name);
    if (open.empty()) return 0;
    fmt::print(
        "\n    Warning: you still need to set {} in {}/main.cf.\n\n    man 5 postconf tells what they "
        "mean.\n\n",
        join(open, ", "), instance.directory);
    return 0;
}

struct Command {
    std::string_view name;
    int (*run)(const Instance& instance);
};
constexpr Command commands[] = {
    {"start", start},
    {"start-fg", start_in_foreground},
    {"stop", stop},
    {"quick-stop", stop},
    {"drain", stop},
    {"quick-start", start},
    {"abort", abort_now},
    {"flush", flush},
    {"reload", reload},
    {"status", status},
    {"set-permissions", set_all_permissions},
    {"create-missing", create_missing_directories},
    {"upgrade-configuration", upgrade_configuration},
    {"logrotate", rotate_log},
};

// What else post-install(1) is asked for, by package scripts.
constexpr Command installing_commands[] = {
    {"set-permissions", set_all_permissions},
    {"upgrade-permissions", set_all_permissions},
    {"create-missing", create_missing_directories},
    {"upgrade-configuration", upgrade_configuration},
    {"upgrade-source", upgrade_all},
    {"upgrade-package", upgrade_all},
    {"first-install-reminder", remind_of_first_steps},
};

// Those that have options of their own.
struct CommandWithOptions {
    std::string_view name;
    int (*run)(const Instance& instance, const std::vector<std::string>& options);
};
constexpr CommandWithOptions commands_with_options[] = {
    {"check", check::run}, {"explain", explain::run}, {"non-bdb", manage_non_bdb},
    {"tls", manage_tls},   {"trace", trace::run},
};

const CommandWithOptions* find_command_with_options(std::string_view name) {
    for (const CommandWithOptions& command : commands_with_options)
        if (command.name == name) return &command;
    return nullptr;
}

const Command* find_command(std::string_view name) {
    for (const Command& command : commands)
        if (command.name == name) return &command;
    return nullptr;
}

// Those of post-install(1) make the users and groups others insist on, or come before.
const Command* find_installing_command(std::string_view name) {
    for (const Command& command : installing_commands)
        if (command.name == name) return &command;
    return nullptr;
}

// What post-install(1) may be told to change.
constexpr std::string_view installation_parameters[] = {
    "command_directory", "daemon_directory",  "data_directory", "html_directory",  "mail_owner",
    "mailq_path",        "manpage_directory", "meta_directory", "newaliases_path", "queue_directory",
    "readme_directory",  "sample_directory",  "sendmail_path",  "setgid_group",    "shlib_directory",
};

// Compat: such a command may be followed by others and by name=value, which main.cf shall say from now on.
struct Installing {
    explicit Installing(const std::vector<std::string>& words) {
        for (const std::string& word : words) {
            const Command* command = find_installing_command(word);
            const std::size_t equals = word.find('=');
            if (command != nullptr) {
                commands.push_back(command);
            } else if (equals == std::string::npos) {
                fatal("usage: postfix {} [name=value] ...; not \"{}\"", words.front(), word);
            } else {
                assign(word.substr(0, equals), word.substr(equals + 1));
            }
        }
    }

    void assign(const std::string& name, const std::string& value) {
        const auto* const end = std::end(installation_parameters);
        if (std::find(std::begin(installation_parameters), end, name) == end)
            log::warning("{} is no parameter of the installation", name);
        else
            assignments[name] = value;
    }

    int run(const Instance& instance) const {
        std::vector<std::string> changes;
        for (const auto& [name, value] : assignments)
            if (instance.settings.value_of(name) != value)
                changes.push_back(fmt::format("{} = {}", name, value));
        if (changes.empty()) return run_all(instance);
        edit_main_cf(instance, changes);
        return run_all(open_instance(instance.directory));
    }

    int run_all(const Instance& instance) const {
        for (const Command* const command : commands)
            if (const int status = command->run(instance); status != 0) return status;
        return 0;
    }

    std::vector<const Command*> commands;
    std::map<std::string, std::string> assignments;
};

// "start (or start-fg, stop ...)", as postfix-script tells it.
std::string command_names() {
    std::vector<std::string> others;
    for (const Command& command : commands) others.emplace_back(command.name);
    for (const CommandWithOptions& command : commands_with_options) others.emplace_back(command.name);
    const std::string first = others.front();
    others.erase(others.begin());
    return fmt::format("{} (or {})", first, join(others, ", "));
}

[[noreturn]] void usage() {
    fatal("usage: postfix [-c config_dir] [-Dv] command; commands: {}", command_names());
}

// With several instances and none chosen, the command is for all of them: multi_instance_wrapper does it.
void leave_to_wrapper(const Instance& instance, const std::vector<std::string>& words) {
    std::vector<std::string> wrapper = instance.settings.words(config::multi_instance_wrapper);
    if (wrapper.empty() || instance.settings.words(config::multi_instance_directories).empty()) return;
    unsetenv("MAIL_CONFIG");
    wrapper.insert(wrapper.end(), words.begin(), words.end());
    become_program(wrapper);
}

int run(int argc, char** argv) {
    config::open_log_early("postfix", config::LogUser::command);
    config::CommandOptions options(argc, argv, "D");
    while (const int option = options.next()) {
        if (option != 'D') usage();
        setenv("MAIL_DEBUG", "", 1);
    }
    const std::optional<std::string>& directory = options.directory();
    if (directory && !directory->starts_with('/')) fatal("-c requires absolute pathname");
    // `postfix post-install create-missing`, as package scripts call it.
    std::vector<std::string> words = options.words();
    const bool installs = !words.empty() && words.front() == "post-install";
    if (installs) words.erase(words.begin());
    if (words.empty()) words.emplace_back();
    const Command* command = find_command(words.front());
    const Command* installer = find_installing_command(words.front());
    const CommandWithOptions* with_options = installs ? nullptr : find_command_with_options(words.front());
    if (command == nullptr && with_options == nullptr && !installs) {
        open_instance(config::choose_config_directory(directory));  // for its log
        fatal("unknown command: '{}'. Usage: postfix {}", words.front(), command_names());
    }
    if (words.front() == "logrotate" && words.size() > 1) fatal("usage postfix logrotate (no arguments)");
    std::optional<Installing> installing;
    if (installs || (command != nullptr && installer != nullptr)) installing.emplace(words);
    const bool chosen = directory || std::getenv("MAIL_CONFIG") != nullptr;
    const Instance instance = open_instance(config::choose_config_directory(directory));
    // `check` tells of all bad values, and is fatal of the first only then.
    const bool checks = with_options != nullptr && with_options->run == check::run;
    if (!checks && !installing) config::check_global_parameters(instance.settings);
    if (!chosen) leave_to_wrapper(instance, words);
    if (with_options != nullptr) {
        words.erase(words.begin());
        return with_options->run(instance, words);
    }
    return installing ? installing->run(instance) : command->run(instance);
}

}  // namespace

}  // namespace postrider::postfix

int main(int argc, char** argv) {
    return postrider::postfix::run(argc, argv);
}
