// commands/postmulti/instances.cc - the mail systems of this machine.
#include "commands/postmulti/instances.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"

namespace postrider::postmulti {

namespace {

// What no two instances may have in common, nor one twice: a file in two roles would be lost.
std::vector<std::pair<std::string_view, std::string>> own_things(const Instance& instance) {
    std::vector<std::pair<std::string_view, std::string>> things = {
        {"config_directory", instance.directory},
        {"queue_directory", instance.settings[config::queue_directory]},
        {"data_directory", instance.settings[config::data_directory]}};
    if (!instance.name.empty()) things.emplace_back("multi_instance_name", instance.name);
    return things;
}

void require_apart(const Instance& instance, const Instance& other) {
    const bool same = &instance == &other;
    for (const auto& [name, value] : own_things(instance))
        for (const auto& [other_name, other_value] : own_things(other))
            if (value == other_value && !(same && name == other_name))
                fatal("instance {}, {}={} conflicts with instance {}, {}={}", instance.directory, name, value,
                      other.directory, other_name, other_value);
}

}  // namespace

Instance load_instance(const std::string& directory) {
    auto settings = Settings::load(directory);
    if (!settings)
        fatal("Failed to obtain all required {}/main.cf parameters: {}", directory, settings.error());
    Instance instance;
    instance.settings = std::move(*settings);
    instance.directory = directory;
    instance.name = instance.settings[config::multi_instance_name];
    instance.group = instance.settings[config::multi_instance_group];
    instance.enabled = instance.settings[config::multi_instance_enable];
    return instance;
}

void require_no_conflict(const std::vector<Instance>& instances, const Instance& instance) {
    for (const Instance& other : instances)
        if (other.directory != instance.directory) require_apart(instance, other);
    require_apart(instance, instance);
}

std::vector<Instance> load_instances(Instance primary) {
    std::vector<Instance> instances;
    primary.primary = true;
    instances.push_back(std::move(primary));
    const auto others = instances.front().settings.words(config::multi_instance_directories);
    for (const std::string& directory : others) {
        Instance instance = load_instance(directory);
        require_no_conflict(instances, instance);
        instances.push_back(std::move(instance));
    }
    // Compat: the primary counts as enabled as long as there is nothing to choose between.
    if (instances.size() == 1) instances.front().enabled = true;
    return instances;
}

bool Selection::matches(const Instance& instance) const {
    if (name == "-") return instance.primary;
    if (!name.empty()) return name == instance.name || name == instance.directory;
    if (!group.empty()) return group == instance.group;
    return true;
}

const Instance& find_instance(const std::vector<Instance>& instances, const std::string& name) {
    const Selection wanted{.name = name, .group = "", .all = false};
    const auto found = std::find_if(instances.begin(), instances.end(),
                                    [&](const Instance& one) { return wanted.matches(one); });
    if (found == instances.end()) fatal("No instance named {}", name);
    return *found;
}

std::string listing(const Instance& instance) {
    return fmt::format("{:<15} {:<15} {:<9} {}\n", instance.shown_name(),
                       instance.group.empty() ? "-" : instance.group, instance.enabled ? "y" : "n",
                       instance.directory);
}

}  // namespace postrider::postmulti
