// agents/virtual/parameters.h - the main.cf parameters only virtual(8) obeys.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::virtual_agent {

inline const Parameter<std::string> virtual_mailbox_base{{
    .name = "virtual_mailbox_base",
    .least = 1,
    .summary = "directory that all results of virtual_mailbox_maps are below",
}};
inline const Parameter<std::string> virtual_uid_maps{{
    .name = "virtual_uid_maps",
    .summary = "tables of the user IDs that mailboxes are written with",
}};
inline const Parameter<std::string> virtual_gid_maps{{
    .name = "virtual_gid_maps",
    .summary = "tables of the group IDs that mailboxes are written with",
}};
inline const Parameter<int> virtual_minimum_uid{{
    .name = "virtual_minimum_uid",
    .default_text = "100",
    .least = 1,
    .summary = "least user ID that virtual_uid_maps may name",
}};
inline const Parameter<long> virtual_mailbox_limit{{
    .name = "virtual_mailbox_limit",
    .default_text = "51200000",
    .least = 0,
    .summary = "largest mailbox file, or message in a Maildir, bytes; 0: no limit",
}};
inline const Parameter<std::string> virtual_mailbox_lock{{
    .name = "virtual_mailbox_lock",
    .default_text = "fcntl, dotlock",
    .least = 1,
    .summary = "how mailbox files are locked: fcntl, flock, dotlock",
}};
inline const Parameter<std::string> virtual_delivery_status_filter{{
    .name = "virtual_delivery_status_filter",
    .default_text = "$default_delivery_status_filter",
    .summary = "table that changes delivery status codes and texts",
}};

}  // namespace postrider::virtual_agent
