// local/command.cc - mail to a |command of an alias, .forward or :include: file, and to mailbox_command.
#include <fmt/core.h>

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
    std::vector<std::string> environment =
        delivery::exported_environment(settings_.words(config::export_environment));
    const auto add = [&](std::string_view name, const std::string& value) {
        environment.push_back(fmt::format("{}={}", name, value));
    };
    if (party.rights) {
        add("HOME", party.rights->home);
        add("LOGNAME", party.rights->name);
        add("USER", party.rights->name);
        add("SHELL", party.rights->shell.empty() ? "/bin/sh" : party.rights->shell);
    }
    add("DOMAIN", filtered(party.domain, allowed));
    add("LOCAL", filtered(party.local, allowed));
    if (party.extension) add("EXTENSION", filtered(*party.extension, allowed));
    add("RECIPIENT", filtered(mail::quote_address(party.recipient.recipient), allowed));
    add("ORIGINAL_RECIPIENT", filtered(mail::quote_address(party.recipient.original_recipient), allowed));
    add("SENDER", filtered(delivery::sender_text(request.sender), allowed));
    add("CLIENT_HOSTNAME", filtered(request.log_client_name, allowed));
    add("CLIENT_ADDRESS", filtered(request.log_client_address, allowed));
    add("CLIENT_HELO", filtered(request.log_helo_name, allowed));
    add("CLIENT_PROTOCOL", filtered(request.log_protocol_name, allowed));
    add("SASL_METHOD", filtered(request.sasl_method, allowed));
    add("SASL_SENDER", filtered(request.sasl_sender, allowed));
    add("SASL_USERNAME", filtered(request.sasl_username, allowed));
    return environment;
}

Task<> Expansion::deliver_command(Party party, std::string command, bool from_list) {
    const bool own = party.rights && !party.rights->is_root();
    const delivery::Rights rights = own ? *party.rights : agent_.default_rights;
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
    target.command = command;
    target.shell = settings_[local_command_shell];
    target.environment = command_environment(party);
    target.time_limit = settings_[delivery::command_time_limit];
    if (const std::string& directory = settings_[command_execution_directory].text; !directory.empty()) {
        const auto expanded =
            expand_for(party, &rights, settings_, directory, settings_[execution_directory_expansion_filter]);
        if (!expanded) {
            co_await deferred(party, "4.3.5", "cannot expand command_execution_directory");
            co_return;
        }
        target.directory = *expanded;
    }
    delivery::CopyOptions copy;
    copy.from_line = delivery::from_line(delivery_.request().sender);
    copy.headers = delivery_headers(party, agent_.delivered_to_command);
    const int queue_file = delivery_.queue_file();
    const std::int64_t offset = delivery_.request().data_offset;
    std::function<delivery::StepResult()> job = [target, queue_file, offset, copy] {
        return delivery::run_command(target, queue_file, offset, copy);
    };
    delivery::StepResult result =
        co_await delivery::run_step(rights, std::move(job), target.time_limit + grace);
    co_await account(party, std::move(result), "delivered to command: " + command, "");
}

}  // namespace postrider::local
