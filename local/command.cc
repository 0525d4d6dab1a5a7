// local/command.cc - mail to a |command of an alias, .forward or :include: file, and to mailbox_command.
#include <fmt/core.h>

#include <algorithm>

#include "lib/config/global_parameters.h"
#include "lib/delivery/command.h"
#include "lib/delivery/mailbox_parameters.h"
#include "local/expansion.h"
#include "local/parameters.h"

namespace postrider::local {

namespace {

// Time for a command killed at its limit to be reaped, and for the answer to come back.
constexpr auto grace = std::chrono::seconds(30);

std::string filtered(std::string text, std::string_view allowed) {
    for (char& c : text)
        if (allowed.find(c) == std::string_view::npos) c = '_';
    return text;
}

}  // namespace

// Everything that comes from outside passes command_expansion_filter: shells will look at it.
std::vector<std::string> Expansion::command_environment(const Party& party) const {
    const delivery::Request& request = delivery_.request();
    const std::string& allowed = settings_[command_expansion_filter];
    std::vector<std::string> environment = agent_.exported;
    const auto add = [&](std::string_view name, const std::string& value) {
        environment.push_back(fmt::format("{}={}", name, value));
    };
    const auto add_unless_empty = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) add(name, filtered(value, allowed));
    };
    if (party.rights) {
        add("HOME", filtered(party.rights->home, allowed));
        add("SHELL", party.rights->shell.empty() ? "/bin/sh" : filtered(party.rights->shell, allowed));
    }
    add("LOGNAME", filtered(party.user, allowed));
    add("USER", filtered(party.user, allowed));
    add("DOMAIN", filtered(party.domain, allowed));
    add("LOCAL", filtered(party.local, allowed));
    if (party.extension) add("EXTENSION", filtered(*party.extension, allowed));
    add("RECIPIENT", filtered(party.recipient.recipient, allowed));
    add_unless_empty("ORIGINAL_RECIPIENT", party.recipient.original_recipient);
    add("SENDER", filtered(party.sender, allowed));
    add("CLIENT_HOSTNAME", filtered(request.log_client_name, allowed));
    add("CLIENT_ADDRESS", filtered(request.log_client_address, allowed));
    add("CLIENT_HELO", filtered(request.log_helo_name, allowed));
    add("CLIENT_PROTOCOL", filtered(request.log_protocol_name, allowed));
    add_unless_empty("SASL_METHOD", request.sasl_method);
    add_unless_empty("SASL_SENDER", request.sasl_sender);
    add_unless_empty("SASL_USERNAME", request.sasl_username);
    return environment;
}

Task<> Expansion::deliver_command(Party party, std::string command, bool from_list) {
    const bool own = party.rights && !party.rights->is_root();
    const delivery::Rights rights = own ? *party.rights : agent_.default_rights;
    // The home directory is the user's, whoever runs the command.
    const std::optional<delivery::Rights> home_owner = party.rights;
    if (!own) party.rights.reset();
    if (been_here(fmt::format("command {} {}", rights.uid, command))) co_return;
    if (from_list && !agent_.may_deliver(agent_.commands_from, party.origin)) {
        co_await failed(party, "5.7.1", "mail to command is restricted");
        co_return;
    }
    if (is_probe()) {
        co_await sent(party, "delivers to command: " + command);
        co_return;
    }
    delivery::CommandTarget target;
    target.agent = "local";
    if (settings_[local_command_shell].empty()) target.complaint.clear();
    target.command = command;
    target.file_size_limit = settings_[mailbox_size_limit];
    target.shell = settings_[local_command_shell];
    target.environment = command_environment(party);
    target.time_limit = settings_[delivery::command_time_limit];
    if (const std::string& directory = settings_[command_execution_directory].text; !directory.empty()) {
        const auto expanded = expand_for(party, home_owner ? &*home_owner : nullptr, settings_, directory,
                                         settings_[execution_directory_expansion_filter]);
        if (!expanded) {
            co_await deferred(party, "4.3.5", "cannot expand command_execution_directory");
            co_return;
        }
        target.directory = *expanded;
    }
    delivery::CopyOptions copy;
    copy.from_line = delivery::from_line(party.sender);
    copy.headers = delivery_headers(party, agent_.delivered_to_command);
    const int queue_file = delivery_.queue_file();
    const std::int64_t offset = delivery_.request().data_offset;
    std::function<delivery::StepResult()> job = [target, queue_file, offset, copy] {
        return delivery::run_command(target, queue_file, offset, copy);
    };
    delivery::StepResult result =
        co_await delivery::run_step(rights, std::move(job), target.time_limit + grace);
    std::replace(command.begin(), command.end(), '\t', ' ');
    co_await account_to_owner(party, std::move(result), "delivered to command: " + command, "");
}

}  // namespace postrider::local
