// commands/postfix/explain/route.cc - what trivial-rewrite(8) and the delivery agent do with one recipient.
#include <fmt/core.h>

#include "commands/postfix/explain/journey.h"
#include "lib/base/text.h"
#include "lib/ipc/rewrite_client.h"

namespace postrider::postfix::explain {

namespace {

const char* class_name(ipc::AddressClass address_class) {
    switch (address_class) {
        case ipc::AddressClass::local:
            return "local (mydestination)";
        case ipc::AddressClass::virtual_alias:
            return "virtual alias domain";
        case ipc::AddressClass::virtual_mailbox:
            return "virtual mailbox domain";
        case ipc::AddressClass::relay:
            return "relay domain";
        case ipc::AddressClass::other:
            return "none of ours";
        case ipc::AddressClass::none:
            break;
    }
    return "none";
}

const check::Service* find_transport(const check::Configuration& configuration, const std::string& name) {
    for (const auto& service : configuration.services)
        if (service->entry.service == name && service->entry.type == "unix") return service.get();
    return nullptr;
}

void tell_command(const check::Service& service, const std::string& nexthop, const Account& account) {
    std::string words;
    bool after = false;
    for (const std::string& argument : service.entry.arguments) {
        after = after || argument.starts_with("argv=");
        if (after) words += (words.empty() ? "" : " ") + argument;
    }
    if (words.starts_with("argv=")) words.erase(0, 5);
    account.tell("command", 2, fmt::format("pipe(8) runs: {} (next hop {})", words, nexthop),
                 {{"command", words}, {"nexthop", nexthop}});
}

}  // namespace

Task<> explain_route(const check::Configuration& configuration, std::string sender, std::string recipient,
                     const Account& account) {
    Result<ipc::Resolved> resolved = co_await ipc::resolve(sender, recipient);
    account.tell("recipient", 0, fmt::format("Recipient <{}>:", recipient), {{"recipient", recipient}});
    if (!resolved) {
        account.tell("route", 1, "it cannot be said now where it goes: " + resolved.error(),
                     {{"verdict", "try again"}});
        co_return;
    }
    account.tell("route", 1,
                 fmt::format("address class: {}{}", class_name(resolved->address_class),
                             resolved->invalid ? "; the address is not valid" : ""),
                 {{"class", class_name(resolved->address_class)}});
    account.tell("route", 1,
                 fmt::format("transport: {}, next hop: {}", resolved->transport, resolved->nexthop),
                 {{"transport", resolved->transport},
                  {"nexthop", resolved->nexthop},
                  {"recipient", resolved->recipient}});
    const std::string filter = configuration.settings.value_of("content_filter").value_or("");
    if (!filter.empty())
        account.tell("filter", 1,
                     fmt::format("content_filter: mail that has not been there goes to {} first", filter),
                     {{"filter", filter}});
    const check::Service* service = find_transport(configuration, resolved->transport);
    if (service == nullptr) {
        account.tell("route", 1,
                     fmt::format("master.cf has no service {} of type unix: the mail is deferred",
                                 resolved->transport),
                     {{"verdict", "defer"}});
        co_return;
    }
    const std::string& command = service->entry.command;
    if (command == "smtp" || command == "lmtp")
        co_await explain_outbound(*service, resolved->nexthop, account);
    else if (command == "local" || command == "virtual")
        co_await explain_mailbox(*service, sender, resolved->recipient, account);
    else if (command == "pipe")
        tell_command(*service, resolved->nexthop, account);
    else if (command == "error")
        account.tell("error", 2, "the mail is returned: " + resolved->nexthop,
                     {{"reason", resolved->nexthop}});
    else if (command == "discard")
        account.tell("discard", 2, "the mail is thrown away: " + resolved->nexthop,
                     {{"reason", resolved->nexthop}});
    else
        account.tell("command", 2, "program: " + command, {{"command", command}});
}

}  // namespace postrider::postfix::explain
