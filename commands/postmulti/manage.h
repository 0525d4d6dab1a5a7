// commands/postmulti/manage.h - making, changing and removing instances (postmulti -e).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "commands/postmulti/instances.h"

namespace postrider::postmulti {

struct Change {
    std::string action;                         // init create import destroy deport enable disable assign
    Selection selection;                        // -i; before whom a new one goes: -a, -g, -i
    std::string new_name;                       // -I
    std::string new_group;                      // -G
    std::map<std::string, std::string> places;  // config_directory, queue_directory, data_directory
};

// Fatal when it cannot be done; files are changed with postconf(1).
void apply_change(const Change& change, const std::vector<Instance>& instances);

}  // namespace postrider::postmulti
