// lib/config/registry.cc - the list of all parameters that this program was linked with, and all that are
// known.
#include <algorithm>
#include <map>

#include "lib/config/known_parameters.h"
#include "lib/config/parameter.h"

namespace postrider::config {

namespace {

using Registry = std::map<std::string_view, const ParameterInfo*>;

// Grows while static objects are made, in whatever order.
Registry& declared() {
    static Registry registry;
    return registry;
}

std::vector<std::string_view>& twice() {
    static std::vector<std::string_view> names;
    return names;
}

}  // namespace

void register_parameter(const ParameterInfo* info) {
    if (!declared().emplace(info->name, info).second) twice().push_back(info->name);
}

std::vector<std::string_view> parameters_declared_twice() {
    return twice();
}

const ParameterInfo* find_parameter(std::string_view name) {
    const auto found = declared().find(name);
    if (found != declared().end()) return found->second;
    const auto known = known_parameters();
    const auto place =
        std::lower_bound(known.begin(), known.end(), name,
                         [](const ParameterInfo& one, std::string_view n) { return one.name < n; });
    return place != known.end() && place->name == name ? &*place : nullptr;
}

std::vector<const ParameterInfo*> declared_parameters() {
    std::vector<const ParameterInfo*> result;
    for (const auto& [name, info] : declared()) result.push_back(info);
    return result;
}

std::vector<const ParameterInfo*> all_parameters() {
    Registry all = declared();
    for (const ParameterInfo& known : known_parameters()) all.emplace(known.name, &known);
    std::vector<const ParameterInfo*> result;
    result.reserve(all.size());
    for (const auto& [name, info] : all) result.push_back(info);
    return result;
}

}  // namespace postrider::config
