// commands/postmulti/instances.cc - the mail systems of this machine.
#include "commands/postmulti/instances.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"

namespace postrider::postmulti {

namespace {

Instance load_instance(const std::string& directory, bool primary) {
    auto settings = Settings::load(directory);
    if (!settings) fatal("{}", settings.error());
    Instance instance;
    instance.settings = std::move(*settings);
    instance.directory = directory;
    instance.name = instance.settings[config::multi_instance_name];
    instance.group = instance.settings[config::multi_instance_group];
    instance.primary = primary;
    // Compat: the primary counts as enabled as long as there is nothing to choose between.
    instance.enabled = primary || instance.settings[config::multi_instance_enable];
    return instance;
}

void require_new_name(const std::vector<Instance>& instances, const Instance& instance) {
    for (const Instance& other : instances) {
        if (other.directory == instance.directory)
            fatal("duplicate directory in multi_instance_directories: {}", instance.directory);
        if (!instance.name.empty() && other.name == instance.name)
            fatal("instance name {} is used by both {} and {}", instance.name, other.directory,
                  instance.directory);
    }
}

}  // namespace

std::vector<Instance> load_instances(const std::string& primary_directory) {
    std::vector<Instance> instances;
    instances.push_back(load_instance(primary_directory, true));
    const auto others = instances.front().settings.words(config::multi_instance_directories);
    for (const std::string& directory : others) {
        Instance instance = load_instance(directory, false);
        require_new_name(instances, instance);
        instances.push_back(std::move(instance));
    }
    return instances;
}

bool Selection::matches(const Instance& instance) const {
    if (!name.empty()) return name == instance.shown_name() || name == instance.directory;
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
