// commands/postmulti/manage.cc - making, changing and removing instances (postmulti -e).
#include "commands/postmulti/manage.h"

#include <fcntl.h>
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

// A new instance goes before the first secondary one that was chosen, else to the end.
std::size_t place_among_others(const std::vector<Instance>& instances, const Selection& selection) {
    std::size_t place = 0;
    for (std::size_t i = 1; i < instances.size(); ++i, ++place)
        if (selection.given() && selection.matches(instances[i])) return place;
    if (!selection.name.empty() || !selection.group.empty()) fatal("No matching secondary instances");
    return place;
}

void add_directory(const std::vector<Instance>& instances, const Change& change,
                   const std::string& directory) {
    auto directories = other_directories(instances);
    const std::size_t place = place_among_others(instances, change.selection);
    directories.insert(directories.begin() + static_cast<std::ptrdiff_t>(place), directory);
    set_directories(instances, directories);
}

void remove_directory(const std::vector<Instance>& instances, const std::string& directory) {
    auto directories = other_directories(instances);
    directories.erase(std::remove(directories.begin(), directories.end(), directory), directories.end());
    set_directories(instances, directories);
}

void require_managed(const std::vector<Instance>& instances) {
    const Settings& settings = primary(instances).settings;
    if (settings[config::multi_instance_wrapper].empty())
        fatal("multi_instance_wrapper is empty, run 'postmulti -e init' first.");
    if (!settings[config::multi_instance_enable])
        fatal("multi_instance_enable!=yes, run 'postmulti -e init' first.");
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

void require_good_name(const std::string& name) {
    if (!is_safe(name)) fatal("Unsafe characters in new instance name: '{}'", name);
    // Compat: names look like this so that log lines of all instances can be told from other programs'.
    if (name != "-" && !name.starts_with("postfix-")) fatal("New instance name must start with 'postfix-'");
}

// The value given on the command line, else a sibling of the primary's place with the name of the new
// instance.
std::string place_of(const Change& change, const std::string& parameter, const std::string& primary_place) {
    const auto given = change.places.find(parameter);
    return given != change.places.end() ? given->second
                                        : directory_name(primary_place) + "/" + change.new_name;
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

// What -I and -G say: "-" stands for no name and no group.
std::string meant_by(const std::string& word) {
    return word == "-" ? "" : word;
}

bool names_nothing(const std::string& word) {
    return meant_by(word).empty();
}

std::vector<std::string> identity(const Change& change) {
    std::vector<std::string> assignments;
    if (!change.new_name.empty()) assignments.push_back("multi_instance_name = " + meant_by(change.new_name));
    if (!change.new_group.empty())
        assignments.push_back("multi_instance_group = " + meant_by(change.new_group));
    return assignments;
}

void initialize(const Change&, const std::vector<Instance>& instances) {
    set_parameters(
        primary(instances), primary(instances).directory,
        {"multi_instance_wrapper = ${command_directory}/postmulti -p --", "multi_instance_enable = yes"});
}

// Where the configuration of a new instance is to be, after a look at what was asked for.
std::string new_directory(const Change& change, const std::vector<Instance>& instances) {
    if (names_nothing(change.new_name) && change.places.count("config_directory") == 0)
        fatal("Missing config_directory parameter value");
    const std::string directory = place_of(change, "config_directory", primary(instances).directory);
    for (const Instance& one : instances)
        if (one.directory == directory)
            fatal("new config_directory={} is already in use by instance {}, config_directory={}", directory,
                  one.directory, one.directory);
    (void)place_among_others(instances, change.selection);
    return directory;
}

void create(const Change& change, const std::vector<Instance>& instances) {
    const Instance& model = primary(instances);
    Instance made = load_instance(model.directory);
    made.directory = new_directory(change, instances);
    made.name = meant_by(change.new_name);
    const std::string queue = place_of(change, "queue_directory", model.settings[config::queue_directory]);
    const std::string data = place_of(change, "data_directory", model.settings[config::data_directory]);
    made.settings.set("queue_directory", queue);
    made.settings.set("data_directory", data);
    require_no_conflict(instances, made);
    require_managed(instances);
    make_configuration_directory(made.directory);
    copy_stock_file(model, made.directory, "main.cf");
    copy_stock_file(model, made.directory, "master.cf");
    std::vector<std::string> assignments = {"queue_directory = " + queue, "data_directory = " + data,
                                            // Nothing goes in or out before the administrator has set it up.
                                            "master_service_disable = inet", "authorized_submit_users ="};
    if (!made.name.empty()) assignments.push_back("multi_instance_name = " + made.name);
    if (!names_nothing(change.new_group)) assignments.push_back("multi_instance_group = " + change.new_group);
    set_parameters(model, made.directory, std::move(assignments));
    run_command(model, "postfix", {"-c", made.directory, "set-permissions"});
    add_directory(instances, change, made.directory);
}

void import(const Change& change, const std::vector<Instance>& instances) {
    const std::string directory = new_directory(change, instances);
    Instance found = load_instance(directory);
    if (!change.new_name.empty()) found.name = meant_by(change.new_name);
    require_no_conflict(instances, found);
    require_managed(instances);
    if (auto assignments = identity(change); !assignments.empty())
        set_parameters(primary(instances), directory, std::move(assignments));
    add_directory(instances, change, directory);
}

const Instance& chosen(const Change& change, const std::vector<Instance>& instances) {
    return find_instance(instances, change.selection.name);
}

// The one to be taken out of the list: neither the primary, nor in use.
const Instance& removable(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = chosen(change, instances);
    if (instance.primary) fatal("Cannot remove the primary instance");
    if (instance.enabled) fatal("Cannot remove enabled instances");
    require_managed(instances);
    if (is_running(instance))
        fatal("cannot {} {}: it is running; stop it first", change.action, instance.directory);
    return instance;
}

void deport(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = removable(change, instances);
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
    const Instance& instance = removable(change, instances);
    require_no_mail(instance);
    remove_directory(instances, instance.directory);
    remove_tree(instance.settings[config::queue_directory]);
    remove_tree(instance.settings[config::data_directory]);
    for (const char* name : {"/main.cf", "/master.cf"}) ::unlink((instance.directory + name).c_str());
    if (::rmdir(instance.directory.c_str()) != 0)
        log::warning("{}: please verify contents and remove by hand", instance.directory);
}

void enable(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = chosen(change, instances);
    require_managed(instances);
    set_parameters(primary(instances), instance.directory, {"multi_instance_enable = yes"});
}

void disable(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = chosen(change, instances);
    require_managed(instances);
    set_parameters(primary(instances), instance.directory, {"multi_instance_enable = no"});
}

void assign(const Change& change, const std::vector<Instance>& instances) {
    const Instance& instance = chosen(change, instances);
    Instance renamed = load_instance(instance.directory);
    if (!change.new_name.empty()) renamed.name = meant_by(change.new_name);
    require_no_conflict(instances, renamed);
    require_managed(instances);
    set_parameters(primary(instances), instance.directory, identity(change));
}

enum class Needs { nothing, instance };
enum class Takes { nothing, identity };

struct Action {
    std::string_view name;
    Needs needs;
    Takes takes;
    std::string_view places;  // parameters that the command line can set
    void (*apply)(const Change&, const std::vector<Instance>&);
};
constexpr Action actions[] = {
    {"init", Needs::nothing, Takes::nothing, "", initialize},
    {"create", Needs::nothing, Takes::identity, "config_directory queue_directory data_directory", create},
    {"import", Needs::nothing, Takes::identity, "config_directory", import},
    {"destroy", Needs::instance, Takes::nothing, "", destroy},
    {"deport", Needs::instance, Takes::nothing, "", deport},
    {"enable", Needs::instance, Takes::nothing, "", enable},
    {"disable", Needs::instance, Takes::nothing, "", disable},
    {"assign", Needs::instance, Takes::identity, "", assign}};

void require_good_place(const Action& action, const std::string& name, const std::string& value) {
    const auto allowed = split_words(action.places);
    if (allowed.empty()) fatal("Parameter overrides not valid with '-e {}'", action.name);
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
        fatal("Parameter '{}' not valid with action {}", name, action.name);
    if (!value.starts_with('/')) fatal("Parameter setting '{}' is not an absolute path", name);
}

}  // namespace

void apply_change(const Change& change, const std::vector<Instance>& instances) {
    const auto* action = std::find_if(std::begin(actions), std::end(actions),
                                      [&](const Action& one) { return one.name == change.action; });
    if (action == std::end(actions))
        fatal(
            "Invalid '-e' edit action '{}'. Specify 'create', 'destroy', 'import', 'deport', 'enable', "
            "'disable', 'assign' or 'init'",
            change.action);
    const bool has_identity = !change.new_name.empty() || !change.new_group.empty();
    if (action->takes == Takes::nothing && has_identity)
        fatal("Cannot assign instance name or group with '-e {}'", action->name);
    if (action->needs == Needs::instance && change.selection.name.empty())
        fatal("Select an instance via '-i name'");
    if (action->takes == Takes::identity && action->needs == Needs::instance && !has_identity)
        fatal("Specify new instance name or group with '-e {}'", action->name);
    if (!change.new_name.empty()) require_good_name(change.new_name);
    if (!is_safe(change.new_group)) fatal("Unsafe characters in '-G {}'", change.new_group);
    for (const auto& [name, value] : change.places) require_good_place(*action, name, value);
    action->apply(change, instances);
}

}  // namespace postrider::postmulti
