// agents/pipe/pipe.cc - messages to a command of the administrator's, one run for all recipients of a
// request.
#include "agents/pipe/pipe.h"

#include <fmt/core.h>
#include <unistd.h>

#include <memory>

#include "agents/pipe/parameters.h"
#include "agents/pipe/service.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/command.h"
#include "lib/delivery/mailbox_parameters.h"
#include "lib/delivery/step_outcome.h"
#include "lib/mail/address.h"
#include "lib/mail/parameters.h"

namespace postrider::pipe_agent {

namespace {

using delivery::StepResult;

// Time for a command killed at its limit to be reaped, and for the answer to come back.
constexpr auto grace = std::chrono::seconds(30);

struct Agent {
    explicit Agent(const Settings& settings)
        : environment(delivery::exported_environment(settings.words(config::export_environment))) {}
    Service service;
    delivery::Rights rights;
    Seconds time_limit{};
    std::vector<std::string> environment;
};

std::unique_ptr<Agent> agent;

std::string flaw_text(delivery::CommandUserFlaw flaw, gid_t gid, const Settings& settings) {
    using Flaw = delivery::CommandUserFlaw;
    const std::string& owner = settings[config::mail_owner];
    switch (flaw) {
        case Flaw::root:
            return "root privileges";
        case Flaw::mail_owner:
            return fmt::format("mail system owner {}", owner);
        case Flaw::root_group:
            return "privileged group id 0";
        case Flaw::mail_owner_group:
            return fmt::format("mail system owner {} group id {}", owner, gid);
        case Flaw::setgid_group:
            return fmt::format("mail system {} group id {}", settings[config::setgid_group], gid);
    }
    return "";
}

delivery::Rights rights_of(const Service& service, const Settings& settings) {
    const Result<std::optional<delivery::Rights>> found = delivery::find_user_now(service.user);
    if (!found || !*found) fatal("get_service_attr: unknown username: {}", service.user);
    delivery::Rights rights = **found;
    if (!service.group.empty()) {
        const auto group = delivery::find_group_now(service.group);
        if (!group) fatal("get_service_attr: unknown group: {}", service.group);
        rights.gid = *group;
        rights.groups.assign(1, *group);
    }
    if (const auto flaw = delivery::objection_to_command_user(rights.uid, rights.gid, settings))
        fatal("user= command-line attribute specifies {}", flaw_text(*flaw, rights.gid, settings));
    return rights;
}

Task<> report_all(delivery::Delivery& delivery, StepResult result) {
    delivery::StepWords words;
    words.relay = daemon::service_name();
    const bool delivered = result.kind == StepResult::Kind::delivered;
    const std::string_view said = trim(result.text);
    if (delivery.request().is_probe()) {
        words.success = "delivers to command: " + agent->service.arguments.front();
    } else {
        words.success = fmt::format("delivered via {} service", daemon::service_name());
        if (delivered && !said.empty()) words.success += fmt::format(" ({})", said);
    }
    words.success_action =
        agent->service.final_delivery ? delivery::Action::delivered : delivery::Action::relayed;
    for (const delivery::Recipient& recipient : delivery.request().recipients)
        co_await delivery::report_step(delivery, recipient, result, words);
}

delivery::CopyOptions copy_options(const delivery::Request& request, const Settings& settings) {
    const Service& service = agent->service;
    delivery::CopyOptions copy;
    // Compat: the null sender is the one of null_sender= here too.
    const std::string& sender = request.sender.empty() ? service.null_sender : request.sender;
    if (service.from_line) copy.from_line = delivery::from_line(sender);
    if (service.return_path) copy.headers.push_back(delivery::return_path_header(sender));
    const delivery::Recipient& recipient = request.recipients.front();
    if (service.original_to && settings[mail::enable_original_recipient] &&
        !recipient.original_recipient.empty())
        copy.headers.push_back("X-Original-To: " + mail::quote_address(recipient.original_recipient));
    if (service.delivered_to)
        copy.headers.push_back("Delivered-To: " + mail::quote_address(recipient.recipient));
    copy.quote_from = service.quote_from;
    copy.stuff_dots = service.stuff_dots;
    copy.blank_line_at_end = service.blank_line;
    copy.line_end = service.line_end;
    return copy;
}

// Why this message cannot be given to the command at all.
std::optional<StepResult> objection(const delivery::Delivery& delivery) {
    const Service& service = agent->service;
    const delivery::Request& request = delivery.request();
    if ((service.delivered_to || service.original_to) && request.recipients.size() > 1) {
        log::warning("pipe flag `{}' requires {}_destination_recipient_limit = 1",
                     service.delivered_to ? 'D' : 'O', daemon::service_name());
        return StepResult::problem("4.3.5", "mail system configuration error");
    }
    if (service.size_limit > 0 && request.data_size > service.size_limit)
        return StepResult::problem("5.2.3", "message too large");
    if (service.delivered_to) {
        const auto had = delivery::delivered_to_headers(delivery.queue_file(), request.data_offset);
        const std::string& address = request.recipients.front().recipient;
        if (had.count(mail::casefold(address)) > 0)
            return StepResult::problem("5.4.6", "mail forwarding loop for " + address);
    }
    return std::nullopt;
}

// The command runs in another root directory when chroot= asks for it.
StepResult run_in_root(const std::string& root, const delivery::Rights& rights,
                       const delivery::CommandTarget& target, int queue_file, std::int64_t offset,
                       const delivery::CopyOptions& copy) {
    if (::chroot(root.c_str()) != 0 || ::chdir("/") != 0) {
        log::write(log::Level::fatal, fmt::format("chroot({}): {}", root, errno_text()));
        return StepResult::problem("4.3.0", "temporary failure");
    }
    if (!delivery::become(rights)) return StepResult::problem("4.3.0", "cannot become user " + rights.name);
    return delivery::run_command(target, queue_file, offset, copy);
}

}  // namespace

Task<> deliver(delivery::Delivery& delivery) {
    if (delivery.request().recipients.empty()) co_return;
    if (std::optional<StepResult> refused = objection(delivery)) {
        co_await report_all(delivery, std::move(*refused));
        co_return;
    }
    if (delivery.request().is_probe()) {
        co_await report_all(delivery, StepResult::delivered());
        co_return;
    }
    const Settings& settings = delivery.settings();
    const Result<std::vector<std::string>> arguments =
        expand_arguments(agent->service, delivery.request(), settings[config::recipient_delimiter]);
    if (!arguments) {
        log::warning("{}: {}", daemon::service_name(), arguments.error());
        co_await report_all(delivery, StepResult::problem("4.3.5", "mail system configuration error"));
        co_return;
    }
    delivery::CommandTarget target;
    target.arguments = *arguments;
    target.command = arguments->front();
    target.environment = agent->environment;
    target.directory = agent->service.directory;
    target.time_limit = agent->time_limit;
    const delivery::CopyOptions copy = copy_options(delivery.request(), settings);
    const int queue_file = delivery.queue_file();
    const std::int64_t offset = delivery.request().data_offset;
    const std::string root = agent->service.root;
    StepResult result;
    if (root.empty()) {
        std::function<StepResult()> job = [target, queue_file, offset, copy] {
            return delivery::run_command(target, queue_file, offset, copy);
        };
        result = co_await delivery::run_step(agent->rights, std::move(job), target.time_limit + grace);
    } else {
        const delivery::Rights rights = agent->rights;
        std::function<StepResult()> job = [root, rights, target, queue_file, offset, copy] {
            return run_in_root(root, rights, target, queue_file, offset, copy);
        };
        result = co_await delivery::run_step_before_becoming(std::move(job), target.time_limit + grace);
    }
    co_await report_all(delivery, std::move(result));
}

void read_service(Settings& settings) {
    agent = std::make_unique<Agent>(settings);
    Result<Service> service = parse_service(daemon::arguments());
    if (!service) fatal("{}", service.error());
    agent->service = std::move(*service);
    agent->rights = rights_of(agent->service, settings);
    agent->time_limit =
        settings.per_transport(daemon::service_name(), "time_limit", delivery::command_time_limit);
}

}  // namespace postrider::pipe_agent
