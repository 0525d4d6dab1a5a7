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

// What its main.cf says, as a secondary one; fatal when that cannot be read.
Instance load_instance(const std::string& directory);

// Fatal when a directory or the name of the instance is another one's too.
void require_no_conflict(const std::vector<Instance>& instances, const Instance& instance);

// The primary, then the others of its list in their order.  Fatal when a main.cf cannot be read or two are in
// conflict.
std::vector<Instance> load_instances(Instance primary);

// Which of them an invocation is about.
struct Selection {
    std::string name;   // -i: a name or a directory; "-" is the primary, whatever its name
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
