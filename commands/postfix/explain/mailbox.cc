// commands/postfix/explain/mailbox.cc - what local(8) or virtual(8) would do.
//
// The agent gets a probe, as `sendmail -bv` makes them: it follows aliases and .forward files, and says what
// it would do in the status lines of its log, without doing it.
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/mman.h>

#include "agents/virtual/virtual.h"
#include "commands/postfix/check/quiet.h"
#include "commands/postfix/explain/journey.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/delivery/agent.h"
#include "local/local.h"

namespace postrider::postfix::explain {

namespace {

std::vector<std::string>* lines = nullptr;

void keep_status_lines(log::Level level, std::string_view line) {
    if (level == log::Level::info && lines != nullptr && line.find("status=") != std::string_view::npos)
        lines->emplace_back(line);
}

// Between the first "NAME=" and the next ", ".
std::string field(std::string_view line, std::string_view name) {
    const std::size_t start = line.find(name);
    if (start == std::string_view::npos) return "";
    const std::string_view rest = line.substr(start + name.size());
    return std::string(rest.substr(0, rest.find(", ")));
}

void tell_status(const std::string& line, const Account& account) {
    const std::size_t status = line.find("status=");
    const std::size_t open = line.find('(', status);
    const std::string word = line.substr(status + 7, line.find(' ', status) - status - 7);
    std::string text = open == std::string::npos ? "" : line.substr(open + 1);
    if (text.ends_with(')')) text.pop_back();
    const std::string to = field(line, "to=");
    account.tell("mailbox", 2, fmt::format("{}: {}: {}", to, word, text),
                 {{"recipient", to}, {"status", word}, {"dsn", field(line, "dsn=")}, {"reason", text}});
}

}  // namespace

Task<> explain_mailbox(const check::Service& service, std::string sender, std::string recipient,
                       const Account& account) {
    const bool local_agent = service.entry.command == "local";
    std::vector<std::string> heard;
    delivery::Request request;
    request.flags = delivery::request_flag::user_verify;
    request.nexthop = recipient.substr(recipient.rfind('@') + 1);
    request.sender = std::move(sender);
    delivery::Recipient one;
    one.recipient = recipient;
    one.original_recipient = recipient;
    request.recipients.push_back(std::move(one));
    Settings& settings = const_cast<Settings&>(service.settings);
    Fd empty(::memfd_create("explain", MFD_CLOEXEC));
    delivery::Delivery delivery(std::move(request), std::move(empty), service.settings);
    if (local_agent)
        local::open_tables(settings);
    else
        virtual_agent::open_tables(settings);
    lines = &heard;
    log::set_observer(keep_status_lines);
    if (local_agent)
        co_await local::deliver(delivery);
    else
        co_await virtual_agent::deliver(delivery);
    log::set_observer(nullptr);
    lines = nullptr;
    for (const std::string& line : heard) tell_status(line, account);
}

}  // namespace postrider::postfix::explain
