// commands/postmulti/manage.cc - making, changing and removing instances (postmulti -e).
#include "commands/postmulti/manage.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::postmulti {

namespace {

const Instance& primary(const std::vector<Instance>& instances) {
    return instances.front();
}

// Runs a command of the suite; fatal when it fails.
void run_command(const Instance& owner, const std::string& command, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), owner.settings[config::command_directory] + "/" + command);
    if (run_program(arguments) != 0) fatal("{} failed", join(arguments, " "));
}

// name=value in the main.cf of a directory.
void set_parameters(const Instance& owner, const std::string& directory,
                    std::vector<std::string> assignments) {
    assignments.insert(assignments.begin(), {"-c", directory, "-e"});
    run_command(owner, "postconf", std::move(assignments));
}

void set_directories(const std::vector<Instance>& instances, const std::vector<std::string>& directories) {
    set_parameters(primary(instances), primary(instances).directory,
                   {"multi_instance_directories = " + join(directories, " ")});
}

std::vector<std::string> other_directories(const std::vector<Instance>& instances) {
    std::vector<std::string> directories;
    for (const Instance& one : instances)
        if (!one.primary) directories.push_back(one.directory);
    return directories;
}

void add_directory(const std::vector<Instance>& instances, const std::string& directory) {
    auto directories = other_directories(instances);
    directories.push_back(directory);
    set_directories(instances, directories);
}

void remove_directory(const std::vector<Instance>& instances, const std::string& directory) {
    auto directories = other_directories(instances);
    directories.erase(std::remove(directories.begin(), directories.end(), directory), directories.end());
    set_directories(instances, directories);
}

void require_managed(const std::vector<Instance>& instances) {
    if (primary(instances).settings[config::multi_instance_wrapper].empty())
        fatal("multi_instance_wrapper is empty, run 'postmulti -e init' first.");
}

bool is_running(const Instance& instance) {
    const std::string path = instance.settings[config::queue_directory] + "/pid/master.pid";
    const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    return file && !lock_file(file.get(), LockMode::shared, LockWait::no);
}

// What is safe in file names, shells and main.cf.
bool is_safe(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        return is_alnum(c) || std::string_view("_-.+@:").find(c) != std::string_view::npos;
    });
}

void require_unused_name(const std::vector<Instance>& instances, const std::string& name) {
    if (!is_safe(name)) fatal("Unsafe characters in new instance name: '{}'", name);
    // Compat: names look like this so that log lines of all instances can be told from other programs'.
    if (name != "-" && !name.starts_with("postfix-")) fatal("New instance name must start with 'postfix-'");
    for (const Instance& one : instances)
        if (one.name == name) fatal("instance name is in use: {}", name);
}

void require_unused_place(const std::vector<Instance>& instances, const Parameter<std::string>& parameter,
                          const std::string& path) {
    for (const Instance& one : instances)
        if (one.settings[parameter] == path)
            fatal("{} {} is used by the instance in {}", parameter.name(), path, one.directory);
}

// The value given on the command line, else a sibling of the primary's place with the name of the new
// instance.
std::string place_of(const Change& change, const std::string& parameter, const std::string& primary_place) {
    const auto given = change.places.find(parameter);
    std::string place =
        given != change.places.end() ? given->second : directory_name(primary_place) + "/" + change.new_name;
    if (!place.starts_with('/')) fatal("{} = {}: not an absolute path", parameter, place);
    return place;
}

void make_configuration_directory(const std::string& directory) {
    if (stat_file(directory + "/main.cf")) fatal("{}/main.cf exists already; use -e import", directory);
    const auto made = make_directory(directory, 0755);
    if (!made) fatal("{}", made.error());
}

// The stock file as it was installed beside the primary's.
void copy_stock_file(const Instance& owner, const std::string& directory, const std::string& name) {
    const std::string source = owner.settings[config::meta_directory] + "/" + name + ".proto";
    const auto content = read_file(source);
    if (!content) fatal("{}", content.error());
    const auto written = replace_file(directory + "/" + name, *content);
    if (!written) fatal("{}", written.error());
}

std::vector<std::string> identity(const Change& change) {
    std::vector<std::string> assignments;
    if (!change.new_name.empty())
        assignments.push_back("multi_instance_name = " + (change.new_name == "-" ? "" : change.new_name));
    if (!change.new_group.empty())
        assignments.push_back("multi_instance_group = " + (change.new_group == "-" ? "" : change.new_group));
    return assignments;
}

void initialize(const Change&, const std::vector<Instance>& instances) {
    set_parameters(
        primary(instances), primary(instances).directory,
        {"multi_instance_wrapper = ${command_directory}/postmulti -p --", "multi_instance_enable = yes"});
}

void create(const Change& change, const std::vector<Instance>& instances) {
    require_managed(instances);
    if ((change.new_name.empty() || change.new_name == "-") && change.places.count("config_directory") == 0)
        fatal("Missing config_directory parameter value");
    if (!change.new_name.empty()) require_unused_name(instances, change.new_name);
    const Instance& model = primary(instances);
    const std::string directory = place_of(change, "config_directory", model.directory);
    const std::string queue = place_of(change, "queue_directory", model.settings[config::queue_directory]);
    const std::string data = place_of(change, "data_directory", model.settings[config::data_directory]);
    require_unused_place(instances, config::queue_directory, queue);
    require_unused_place(instances, config::data_directory, data);
    make_configuration_directory(directory);
    copy_stock_file(model, directory, "main.cf");
    copy_stock_file(model, directory, "master.cf");
    std::vector<std::string> assignments = {"queue_directory = " + queue, "data_directory = " + data,
                                            // Nothing goes in or out before the administrator has set it up.
                                            "master_service_disable = inet",
                                            "authorized_submit_users =", "multi_instance_enable = no"};
    for (std::string& one : identity(change)) assignments.push_back(std::move(one));
    set_parameters(model, directory, std::move(assignments));
    run_command(model, "postfix", {"-c", directory, "set-permissions"});
    add_directory(instances, directory);
}

void import(const Change& change, const std::vector<Instance>& instances) {
    require_managed(instances);
    if ((change.new_name.empty() || change.new_name == "-") && change.places.count("config_directory") == 0)
        fatal("Missing config_directory parameter value");
    if (!change.new_name.empty()) require_unused_name(instances, change.new_name);
    const Instance& model = primary(instances);
    const std::string directory = place_of(change, "config_directory", model.directory);
    const auto settings = Settings::load(directory);
    if (!settings) fatal("{}", settings.error());
    require_unused_place(instances, config::queue_directory, (*settings)[config::queue_directory]);
    require_unused_place(instances, config::data_directory, (*settings)[config::data_directory]);
    std::vector<std::string> assignments = identity(change);
    assignments.emplace_back("multi_instance_enable = no");
    set_parameters(model, directory, std::move(assignments));
    add_directory(instances, directory);
}

const Instance& secondary(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = find_instance(instances, change.instance);
    require_managed(instances);
    if (instance.primary && (change.action == "destroy" || change.action == "deport"))
        fatal("Cannot remove the primary instance");
    if (instance.primary) fatal("-e {}: not for the primary instance", change.action);
    return instance;
}

void require_disabled(const Change& change, const Instance& instance) {
    if (instance.enabled)
        fatal("cannot {} {}: it is enabled; disable it first", change.action, instance.directory);
    if (is_running(instance))
        fatal("cannot {} {}: it is running; stop it first", change.action, instance.directory);
}

void deport(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = secondary(change, instances);
    require_disabled(change, instance);
    remove_directory(instances, instance.directory);
}

void require_no_mail(const Instance& instance) {
    const std::string& queue = instance.settings[config::queue_directory];
    for (const char* name : {"maildrop", "incoming", "active", "deferred", "hold"}) {
        std::error_code ignored;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(queue + "/" + name, ignored))
            if (entry.is_regular_file(ignored))
                fatal("cannot destroy {}: there is mail in {}/{}", instance.directory, queue, name);
    }
}

void remove_tree(const std::string& path) {
    std::error_code problem;
    std::filesystem::remove_all(path, problem);
    if (problem) fatal("remove {}: {}", path, problem.message());
}

void destroy(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = secondary(change, instances);
    require_disabled(change, instance);
    require_no_mail(instance);
    remove_directory(instances, instance.directory);
    remove_tree(instance.settings[config::queue_directory]);
    remove_tree(instance.settings[config::data_directory]);
    for (const char* name : {"/main.cf", "/master.cf"}) ::unlink((instance.directory + name).c_str());
    if (::rmdir(instance.directory.c_str()) != 0)
        log::warning("{} has files of yours and stays", instance.directory);
}

void enable(const Change& change, const std::vector<Instance>& instances) {
    require_managed(instances);
    set_parameters(primary(instances), find_instance(instances, change.instance).directory,
                   {"multi_instance_enable = yes"});
}

void disable(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = secondary(change, instances);
    set_parameters(primary(instances), instance.directory, {"multi_instance_enable = no"});
}

void assign(const Change& change, const std::vector<Instance>& instances) {
    require_managed(instances);
    const Instance& instance = find_instance(instances, change.instance);
    if (!change.new_name.empty() && change.new_name != instance.name)
        require_unused_name(instances, change.new_name);
    const auto assignments = identity(change);
    if (assignments.empty()) fatal("-e assign needs a name (-I) or a group (-G)");
    set_parameters(primary(instances), instance.directory, assignments);
}

struct Action {
    std::string_view name;
    bool needs_instance;
    void (*apply)(const Change&, const std::vector<Instance>&);
};
constexpr Action actions[] = {{"init", false, initialize}, {"create", false, create},
                              {"import", false, import},   {"destroy", true, destroy},
                              {"deport", true, deport},    {"enable", true, enable},
                              {"disable", true, disable},  {"assign", true, assign}};

}  // namespace

void apply_change(const Change& change, const std::vector<Instance>& instances) {
    const auto* action = std::find_if(std::begin(actions), std::end(actions),
                                      [&](const Action& one) { return one.name == change.action; });
    if (action == std::end(actions))
        fatal(
            "Invalid '-e' edit action '{}'. Specify 'create', 'destroy', 'import', 'deport', 'enable', "
            "'disable', 'assign' or 'init'",
            change.action);
    if (action->needs_instance && change.instance.empty()) fatal("Select an instance via '-i name'");
    if (change.action == "init" && !change.places.empty())
        fatal("Parameter overrides not valid with '-e init'");
    if (!is_safe(change.new_group)) fatal("Unsafe characters in '-G {}'", change.new_group);
    action->apply(change, instances);
}

}  // namespace postrider::postmulti
