// local/parameters.h - the main.cf parameters only local(8) obeys.
#pragma once

#include <chrono>
#include <string>

#include "lib/config/parameter.h"

namespace postrider::local {

using config::Raw;
using namespace std::chrono_literals;

inline constexpr const char* safe_characters =
    "1234567890!@%-_=+:,./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

inline const Parameter<std::string> allow_mail_to_commands{{
    .name = "allow_mail_to_commands",
    .default_text = "alias, forward",
    .summary = "where mail to a |command may be asked for: alias, forward, include",
}};
inline const Parameter<std::string> allow_mail_to_files{{
    .name = "allow_mail_to_files",
    .default_text = "alias, forward",
    .summary = "where mail to a /file may be asked for: alias, forward, include",
}};
inline const Parameter<bool> biff{{
    .name = "biff",
    .default_text = "yes",
    .summary = "tell the comsat service about new mail in a mailbox",
}};
inline const Parameter<Raw> command_execution_directory{{
    .name = "command_execution_directory",
    .summary = "directory in which commands run; empty: the queue directory",
}};
inline const Parameter<std::string> command_expansion_filter{{
    .name = "command_expansion_filter",
    .default_text = safe_characters,
    .least = 1,
    .summary = "characters allowed in the environment of commands; others become underscores",
}};
inline const Parameter<std::string> execution_directory_expansion_filter{{
    .name = "execution_directory_expansion_filter",
    .default_text = safe_characters,
    .least = 1,
    .summary = "characters allowed in $name of command_execution_directory; others become underscores",
}};
inline const Parameter<bool> expand_owner_alias{{
    .name = "expand_owner_alias",
    .default_text = "no",
    .summary = "make the value of owner-name the envelope sender, not owner-name itself",
}};
inline const Parameter<std::string> fallback_transport{{
    .name = "fallback_transport",
    .summary = "transport for users who are neither in an alias table nor known to the system",
}};
inline const Parameter<std::string> fallback_transport_maps{{
    .name = "fallback_transport_maps",
    .summary = "tables of transports for single unknown users",
}};
inline const Parameter<std::string> forward_expansion_filter{{
    .name = "forward_expansion_filter",
    .default_text = safe_characters,
    .least = 1,
    .summary = "characters allowed in $name of forward_path; others become underscores",
}};
inline const Parameter<Raw> forward_path{{
    .name = "forward_path",
    .default_text = "$home/.forward${recipient_delimiter}${extension}, $home/.forward",
    .summary = "names of a user's forward file, tried in order",
}};
inline const Parameter<bool> frozen_delivered_to{{
    .name = "frozen_delivered_to",
    .default_text = "yes",
    .summary = "Delivered-To: names the first address of a delivery, not that of the last alias",
}};
inline const Parameter<std::string> home_mailbox{{
    .name = "home_mailbox",
    .summary = "mailbox below the home directory; with / at its end a Maildir",
}};
inline const Parameter<std::string> local_command_shell{{
    .name = "local_command_shell",
    .summary = "shell for all commands; empty: /bin/sh, and only where one is needed",
}};
inline const Parameter<std::string> local_delivery_status_filter{{
    .name = "local_delivery_status_filter",
    .default_text = "$default_delivery_status_filter",
    .summary = "table that changes delivery status codes and texts",
}};
inline const Parameter<Raw> luser_relay{{
    .name = "luser_relay",
    .summary = "address that gets the mail of unknown users",
}};
inline const Parameter<Raw> mailbox_command{{
    .name = "mailbox_command",
    .summary = "command that delivers to mailboxes",
}};
inline const Parameter<std::string> mailbox_command_maps{{
    .name = "mailbox_command_maps",
    .summary = "tables of mailbox commands for single users",
}};
inline const Parameter<std::string> mailbox_delivery_lock{{
    .name = "mailbox_delivery_lock",
    .default_text = "fcntl, dotlock",
    .least = 1,
    .summary = "how mailbox files are locked: fcntl, flock, dotlock",
}};
inline const Parameter<long> mailbox_size_limit{{
    .name = "mailbox_size_limit",
    .default_text = "51200000",
    .least = 0,
    .summary = "largest mailbox file, bytes; 0: no limit",
}};
inline const Parameter<std::string> mailbox_transport{{
    .name = "mailbox_transport",
    .summary = "transport that delivers to mailboxes, of known and unknown users",
}};
inline const Parameter<std::string> mailbox_transport_maps{{
    .name = "mailbox_transport_maps",
    .summary = "tables of mailbox transports for single users",
}};
inline const Parameter<std::string> prepend_delivered_header{{
    .name = "prepend_delivered_header",
    .default_text = "command, file, forward",
    .summary = "where Delivered-To: is added: command, file, forward",
}};
inline const Parameter<bool> require_home_directory{{
    .name = "require_home_directory",
    .default_text = "no",
    .summary = "defer mail of users whose home directory is not there",
}};
inline const Parameter<bool> reset_owner_alias{{
    .name = "reset_owner_alias",
    .default_text = "no",
    .summary = "an alias without owner takes away the owner that an alias above it gave",
}};

}  // namespace postrider::local
