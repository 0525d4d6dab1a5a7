// commands/postfix/layout.h - directories, owners and modes of an installed mail system.
#pragma once

#include <string>
#include <vector>

#include "commands/postfix/instance.h"

namespace postrider::postfix {

enum class Owner { root, mail };
enum class Group { root, setgid };

// One directory or file as it should be.
struct Place {
    std::string path;
    Owner owner = Owner::root;
    Group group = Group::root;
    mode_t mode = 0755;
    bool with_content = false;  // the owner goes for all that is below as well, the mode for its directories
};

// The queue and data directories, parents first.
std::vector<Place> directories(const Instance& instance);
// The commands that are set-gid.
std::vector<Place> setgid_commands(const Instance& instance);

// User and group IDs of the configured accounts; fatal, with Postfix's text, when one is missing or
// privileged.
struct Accounts {
    uid_t mail_user = 0;
    gid_t setgid_group = 0;
};
Accounts look_up_accounts(const Instance& instance);
// Makes mail_owner and setgid_group unless they exist; root only.
void create_accounts(const Instance& instance);

// Makes missing directories with owner and mode.  Fatal when one cannot be made.
void create_missing(const Instance& instance);
// As above, and gives everything that exists its owner and mode; needs no root, but then leaves owners alone.
void set_permissions(const Instance& instance);

}  // namespace postrider::postfix
