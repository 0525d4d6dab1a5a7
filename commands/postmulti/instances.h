// commands/postmulti/instances.h - the mail systems of this machine.
//
// The primary instance is the one of the default configuration directory; its multi_instance_directories
// lists the others.  Each has a name and a group of its own in its main.cf.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"

namespace postrider::postmulti {

struct Instance {
    Settings settings;
    std::string directory;
    std::string name;   // "" or "postfix-..."
    std::string group;  // "" when in none
    bool enabled = false;
    bool primary = false;

    std::string shown_name() const { return name.empty() ? "-" : name; }
};

// The primary first, then the others in their order.  Fatal when a main.cf cannot be read or two have one
// name.
std::vector<Instance> load_instances(const std::string& primary_directory);

// Which of them an invocation is about.
struct Selection {
    std::string name;   // -i; "-" is the primary without a name
    std::string group;  // -g
    bool all = false;   // -a

    bool given() const { return all || !name.empty() || !group.empty(); }
    bool matches(const Instance& instance) const;
};

// The instance called so (its name, its directory, or "-" for the primary); fatal when there is none.
const Instance& find_instance(const std::vector<Instance>& instances, const std::string& name);

// "name group enabled directory" in columns.
std::string listing(const Instance& instance);

}  // namespace postrider::postmulti
