// commands/postmulti/main.cc - several mail systems on one machine; postmulti(1).
#include <fmt/core.h>
#include <getopt.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "commands/postmulti/instances.h"
#include "commands/postmulti/manage.h"
#include "commands/postmulti/parameters.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/config/main_cf.h"
#include "lib/config/places.h"

namespace postrider::postmulti {

namespace {

enum class Mode { none, list, postfix, command, edit };

struct Options {
    Mode mode = Mode::none;
    Selection selection;
    Change change;
    bool reverse = false;
    std::vector<std::string> arguments;
};

[[noreturn]] void usage() {
    fatal(
        "usage: postmulti -l|-p|-x [-aRv] [-g group] [-i name] [command...] or "
        "postmulti -e action [-i name] [-G group] [-I name] [param=value...]; the actions are init create "
        "import "
        "destroy deport enable disable assign");
}

[[noreturn]] void require_one_mode() {
    fatal("Specify exactly one of '-e', '-l', '-p', '-x'");
}

void choose(Options& options, Mode mode) {
    if (options.mode != Mode::none && options.mode != mode) require_one_mode();
    options.mode = mode;
}

Options parse_options(int argc, char** argv) {
    Options options;
    int option = 0;
    while ((option = getopt(argc, argv, "+ae:g:i:G:I:lpRvx")) > 0) {
        switch (option) {
            case 'a':
                options.selection.all = true;
                break;
            case 'e':
                choose(options, Mode::edit);
                options.change.action = optarg;
                break;
            case 'g':
                options.selection.group = optarg;
                break;
            case 'i':
                options.selection.name = optarg;
                break;
            case 'G':
                options.change.new_group = optarg;
                break;
            case 'I':
                options.change.new_name = optarg;
                break;
            case 'l':
                choose(options, Mode::list);
                break;
            case 'p':
                choose(options, Mode::postfix);
                break;
            case 'R':
                options.reverse = true;
                break;
            case 'v':
                log::set_verbose(log::verbose() + 1);
                break;
            case 'x':
                choose(options, Mode::command);
                break;
            default:
                usage();
        }
    }
    if (options.mode == Mode::none) require_one_mode();
    const Selection& selection = options.selection;
    if ((selection.all ? 1 : 0) + (selection.group.empty() ? 0 : 1) + (selection.name.empty() ? 0 : 1) > 1)
        fatal("Specify no more than one of '-a', '-g', '-i'");
    options.arguments.assign(argv + optind, argv + argc);
    const bool runs = options.mode == Mode::postfix || options.mode == Mode::command;
    if (runs && options.arguments.empty()) fatal("Command required with '-p' or '-x' option");
    if (options.mode == Mode::list && !options.arguments.empty()) fatal("Command not allowed with '-l'");
    options.change.selection = selection;
    if (options.mode != Mode::edit && (!options.change.new_name.empty() || !options.change.new_group.empty()))
        fatal("Cannot assign instance name or group without '-e assign'");
    if (options.reverse && (options.mode == Mode::postfix || options.mode == Mode::edit))
        fatal("The '-p' and '-e' options preclude the use of '-R'");
    return options;
}

bool is_one_of(const Settings& settings, const Parameter<std::string>& list, const std::string& word) {
    const auto words = settings.words(list);
    return std::find(words.begin(), words.end(), word) != words.end();
}

enum class Disabled { included, left_out };

std::vector<const Instance*> selected(const std::vector<Instance>& instances, const Options& options,
                                      bool reverse, Disabled disabled = Disabled::included) {
    std::vector<const Instance*> chosen;
    for (const Instance& one : instances)
        if (options.selection.matches(one) && (one.enabled || disabled == Disabled::included))
            chosen.push_back(&one);
    if (chosen.empty() && options.mode != Mode::list) fatal("No matching instances");
    if (reverse) std::reverse(chosen.begin(), chosen.end());
    return chosen;
}

// What programs that run for an instance are told of it.
void set_environment(const Instance& instance) {
    const Settings& settings = instance.settings;
    setenv("MAIL_CONFIG", instance.directory.c_str(), 1);
    for (const auto* parameter :
         {&config::command_directory, &config::daemon_directory, &config::queue_directory,
          &config::data_directory, &config::multi_instance_name, &config::multi_instance_group})
        setenv(std::string(parameter->name()).c_str(), settings[*parameter].c_str(), 1);
    setenv("config_directory", instance.directory.c_str(), 1);
    setenv("multi_instance_enable", instance.enabled ? "yes" : "no", 1);
    const std::string path =
        fmt::format("{}:{}:/usr/bin:/bin:/usr/sbin:/sbin", settings[config::command_directory],
                    settings[config::daemon_directory]);
    setenv("PATH", path.c_str(), 1);
}

// Runs for each instance; the status is 1 when one failed, but all are run.
template <class ArgumentsFor>
int run_for_each(const std::vector<const Instance*>& instances, ArgumentsFor&& arguments_for) {
    int status = 0;
    for (const Instance* instance : instances) {
        const std::vector<std::string> arguments = arguments_for(*instance);
        set_environment(*instance);
        if (run_program(arguments) != 0) status = 1;
    }
    return status;
}

int run_postfix_command(const std::vector<Instance>& instances, const Options& options) {
    const std::string& command = options.arguments.front();
    const Settings& primary = instances.front().settings;
    const bool starts = is_one_of(primary, postmulti_start_commands, command);
    const bool stops = is_one_of(primary, postmulti_stop_commands, command);
    const bool controls = is_one_of(primary, postmulti_control_commands, command);
    const auto chosen =
        selected(instances, options, stops, stops || controls ? Disabled::left_out : Disabled::included);
    return run_for_each(chosen, [&](const Instance& instance) {
        std::vector<std::string> arguments = {instance.settings[config::command_directory] + "/postfix", "-c",
                                              instance.directory};
        // Compat: of a disabled instance only the configuration is looked at.
        if (starts && !instance.enabled) {
            arguments.emplace_back("check");
            return arguments;
        }
        arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
        return arguments;
    });
}

int run_any_command(const std::vector<Instance>& instances, const Options& options) {
    return run_for_each(selected(instances, options, options.reverse),
                        [&](const Instance&) { return options.arguments; });
}

int list(const std::vector<Instance>& instances, const Options& options) {
    for (const Instance* one : selected(instances, options, options.reverse)) fmt::print("{}", listing(*one));
    return 0;
}

int edit(const std::vector<Instance>& instances, Options& options) {
    for (const std::string& argument : options.arguments) {
        auto parsed = config::parse_assignment(argument);
        if (!parsed) fatal("Malformed parameter setting '{}'", argument);
        options.change.places[parsed->name] = parsed->value;
    }
    apply_change(options.change, instances);
    return 0;
}

int run(int argc, char** argv) {
    config::open_log_early("postmulti", config::LogUser::command);
    Options options = parse_options(argc, argv);
    const std::string directory = config::choose_config_directory();
    Instance primary = load_instance(directory);
    config::open_log(primary.settings, "postmulti", config::LogUser::command);
    const std::vector<Instance> instances = load_instances(std::move(primary));
    switch (options.mode) {
        case Mode::list:
            return list(instances, options);
        case Mode::postfix:
            return run_postfix_command(instances, options);
        case Mode::command:
            return run_any_command(instances, options);
        default:
            return edit(instances, options);
    }
}

}  // namespace

}  // namespace postrider::postmulti

int main(int argc, char** argv) {
    return postrider::postmulti::run(argc, argv);
}
