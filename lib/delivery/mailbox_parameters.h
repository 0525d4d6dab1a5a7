// lib/delivery/mailbox_parameters.h - main.cf parameters of the agents that write mailboxes or run commands.
#pragma once

#include <chrono>
#include <string>

#include "lib/config/parameter.h"

namespace postrider::delivery {

inline const Parameter<std::string> mail_spool_directory{{
    .name = "mail_spool_directory",
    .default_text = "/var/mail",
    .summary = "where the mailboxes of users are; with / at its end they are Maildirs",
}};
inline const Parameter<bool> strict_mailbox_ownership{{
    .name = "strict_mailbox_ownership",
    .default_text = "yes",
    .summary = "defer mail for a mailbox that is not owned by its user",
}};
inline const Parameter<Seconds> command_time_limit{{
    .name = "command_time_limit",
    .default_text = "1000s",
    .least = Seconds(1),
    .summary = "time that a delivery command may take",
}};

}  // namespace postrider::delivery
