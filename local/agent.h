// local/agent.h - what one local(8) process knows: parameters read once, tables opened once.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "lib/delivery/agent.h"
#include "lib/delivery/mailbox_file.h"
#include "lib/delivery/rights.h"
#include "lib/mail/address.h"
#include "lib/tables/address_lookup.h"

namespace postrider::local {

// Where a destination was written.
enum class Origin { recipient, alias, forward, include };

// A path of forward_path.
struct ForwardPath {
    std::string text;
    bool needs_extension = false;  // it has the extension in it as it is, not only on a condition
};
// Compat: a path with a $name that is neither of a delivery nor of main.cf is none.
std::vector<ForwardPath> forward_paths_of(const Settings& settings);

struct Agent {
    // Opens the tables with the rights of the moment.
    explicit Agent(const Settings& settings);

    const Settings& settings;
    tables::TableList aliases, mailbox_commands, mailbox_transports, fallback_transports;
    delivery::Rights default_rights;
    std::vector<std::string> exported;  // export_environment
    std::vector<ForwardPath> forward_paths;
    delivery::MailboxLocks locks;
    mail::ExtensionRules extensions;
    std::set<Origin> commands_from, files_from;
    bool delivered_to_command = false;  // where Delivered-To: is added
    bool delivered_to_file = false;
    bool delivered_to_forward = false;
    bool extend_alias_results = false;  // propagate_unmatched_extensions
    bool extend_forward_results = false;
    std::string service;  // our transport name, and relay= of the log

    bool may_deliver(const std::set<Origin>& allowed, Origin origin) const {
        return allowed.count(origin) > 0;
    }
};

}  // namespace postrider::local
