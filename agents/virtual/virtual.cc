// agents/virtual/virtual.cc - mailboxes of users the system does not know: path, user and group come from
// tables.
//
// No aliases, no commands, no .forward: an address is in the tables or it is unknown.
#include "agents/virtual/virtual.h"

#include <fmt/core.h>

#include <limits>
#include <memory>

#include "agents/virtual/parameters.h"
#include "agents/virtual/quota.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/mailbox_file.h"
#include "lib/delivery/mailbox_parameters.h"
#include "lib/delivery/maildir.h"
#include "lib/delivery/step_outcome.h"
#include "lib/mail/parameters.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/local_domains.h"

namespace postrider::virtual_agent {

namespace {

using delivery::StepResult;

struct Agent {
    explicit Agent(const Settings& from)
        : settings(from),
          mailboxes(tables::TableList::without_groups(config::virtual_mailbox_maps, from)),
          users(tables::TableList::without_groups(virtual_uid_maps, from)),
          groups(tables::TableList::without_groups(virtual_gid_maps, from)),
          domains(from),
          quotas(from, rules),
          locks(delivery::parse_mailbox_locks(from, from[virtual_mailbox_lock])) {
        rules.extension = tables::extension_rules(from);
        rules.is_local_domain = [this](std::string domain) -> Task<tables::Match> {
            return domains.contains_or_is_origin(std::move(domain));
        };
        const std::string& base = from[virtual_mailbox_base];
        if (base.empty()) fatal("bad string length 0 < 1: virtual_mailbox_base = ");
        if (base.front() != '/') fatal("do not specify relative pathname: virtual_mailbox_base = {}", base);
        const long limit = from[virtual_mailbox_limit];
        if (limit > 0 && limit < from[config::message_size_limit])
            fatal("configuration error: virtual_mailbox_limit is smaller than message_size_limit");
    }

    const Settings& settings;
    tables::TableList mailboxes, users, groups;
    tables::LocalDomains domains;
    tables::AddressRules rules;
    Quotas quotas;
    delivery::MailboxLocks locks;
};

std::unique_ptr<Agent> agent;

// A number from a table of users or groups.
struct Number {
    std::optional<std::int64_t> value;
    std::string problem;
};

Task<Number> find_number(const tables::TableList& tables, std::string address, std::string what,
                         std::int64_t least) {
    Number number;
    const tables::AddressResult found = co_await tables::find_address(tables, address, agent->rules);
    if (found.found == tables::Found::yes) {
        number.value = parse_int(found.value);
        // The largest one means "no change" to the kernel, which would leave root's rights in place.
        if (!number.value || *number.value < least || *number.value >= std::numeric_limits<uid_t>::max())
            number.problem =
                fmt::format("recipient {}: bad {} {} in virtual_{}_maps", address, what, found.value, what);
    } else {
        number.problem = fmt::format("recipient {}: not found in virtual_{}_maps", address, what);
    }
    co_return number;
}

// The user whose mailbox it is; the error is for the log, the mail is deferred.
Task<Result<delivery::Rights>> find_rights(std::string address) {
    const Number uid =
        co_await find_number(agent->users, address, "uid", agent->settings[virtual_minimum_uid]);
    const Number gid = co_await find_number(agent->groups, address, "gid", 1);
    if (!uid.problem.empty()) co_return Error{uid.problem};
    if (!gid.problem.empty()) co_return Error{gid.problem};
    delivery::Rights rights;
    rights.name = address;
    rights.uid = static_cast<uid_t>(*uid.value);
    rights.gid = static_cast<gid_t>(*gid.value);
    rights.groups.assign(1, rights.gid);
    co_return rights;
}

std::vector<std::string> headers_for(const delivery::Request& request, const delivery::Recipient& recipient) {
    std::vector<std::string> headers;
    headers.push_back(delivery::return_path_header(request.sender));
    if (agent->settings[mail::enable_original_recipient] && !recipient.original_recipient.empty())
        headers.push_back("X-Original-To: " + mail::quote_address(recipient.original_recipient));
    headers.push_back("Delivered-To: " + mail::quote_address(recipient.recipient));
    return headers;
}

Task<> report(delivery::Delivery& delivery, const delivery::Recipient& recipient, StepResult result,
              std::string success, std::string prefix) {
    delivery::StepWords words;
    words.relay = daemon::service_name();
    words.success = std::move(success);
    words.trouble_prefix = std::move(prefix);
    co_await delivery::report_step(delivery, recipient, std::move(result), std::move(words));
}

Task<> deliver_to_path(delivery::Delivery& delivery, const delivery::Recipient& recipient, std::string path,
                       delivery::Rights rights, Allowance allowance) {
    const bool maildir = path.ends_with('/');
    const std::string success = maildir ? "delivered to maildir" : "delivered to mailbox";
    if (delivery.request().is_probe()) {
        std::string words = maildir ? "delivers to maildir" : "delivers to mailbox";
        co_await report(delivery, recipient, StepResult::delivered(), std::move(words), "");
        co_return;
    }
    delivery::CopyOptions copy;
    copy.headers = headers_for(delivery.request(), recipient);
    const int queue_file = delivery.queue_file();
    const std::int64_t offset = delivery.request().data_offset;
    const std::int64_t limit = allowance.file_limit;
    // Compat: a mailbox that cannot be written is the administrator's mistake here, and the mail waits.
    static const std::string trouble_status = "4.2.0";
    std::function<StepResult()> job;
    if (maildir) {
        const std::string host = agent->settings[config::myhostname];
        path = agent->quotas.with_suffix(std::move(path));
        job = [path, host, limit, queue_file, offset, copy, allowance] {
            delivery::MaildirQuota quota(path, allowance.quota);
            return delivery::deliver_to_maildir(path, host, limit, queue_file, offset, copy, trouble_status,
                                                allowance.has_quota ? &quota : nullptr);
        };
    } else {
        delivery::MailboxTarget target;
        target.path = path;
        target.locks = agent->locks;
        target.trouble_status = trouble_status;
        target.size_limit = limit;
        target.regular_for = recipient.recipient;
        target.must_be_owned = agent->settings[delivery::strict_mailbox_ownership];
        copy.from_line = delivery::from_line(delivery.request().sender);
        copy.quote_from = true;
        copy.blank_line_at_end = true;
        job = [target, queue_file, offset, copy] {
            return delivery::append_to_mailbox(target, queue_file, offset, copy);
        };
    }
    StepResult result = co_await delivery::write_as(std::move(rights), std::move(job));
    std::string prefix;
    if (!maildir) prefix = fmt::format("delivery failed to mailbox {}: ", path);
    co_await report(delivery, recipient, std::move(result), success, std::move(prefix));
}

Task<> refuse(delivery::Delivery& delivery, const delivery::Recipient& recipient, std::string status,
              std::string why) {
    StepResult result = StepResult::problem(std::move(status), std::move(why));
    co_await report(delivery, recipient, std::move(result), "", "");
}

// Compat: Delivered-To: is added and not looked at; nothing is forwarded from here.
Task<> deliver_recipient(delivery::Delivery& delivery, const delivery::Recipient& recipient) {
    const std::string address = mail::casefold(recipient.recipient);
    const tables::AddressResult mailbox =
        co_await tables::find_address(agent->mailboxes, address, agent->rules);
    if (mailbox.found == tables::Found::try_again) {
        log::warning("{}: {}", delivery.request().queue_id, mailbox.reason);
        co_await refuse(delivery, recipient, "4.3.5", "mail system configuration error");
        co_return;
    }
    if (mailbox.found == tables::Found::no) {
        co_await refuse(delivery, recipient, "5.1.1", fmt::format("unknown user: \"{}\"", address));
        co_return;
    }
    Result<delivery::Rights> rights = co_await find_rights(address);
    if (!rights) {
        log::warning("{}", rights.error());
        co_await refuse(delivery, recipient, "4.3.5", "mail system configuration error");
        co_return;
    }
    Result<Allowance> allowance = co_await agent->quotas.find(address);
    if (!allowance) {
        log::warning("{}", allowance.error());
        co_await refuse(delivery, recipient, "4.3.5", "mail system configuration error");
        co_return;
    }
    std::string path = agent->settings[virtual_mailbox_base] + "/" + mailbox.value;
    co_await deliver_to_path(delivery, recipient, std::move(path), std::move(*rights), std::move(*allowance));
}

}  // namespace

Task<> deliver(delivery::Delivery& delivery) {
    for (const delivery::Recipient& recipient : delivery.request().recipients)
        co_await deliver_recipient(delivery, recipient);
}

void open_tables(Settings& settings) {
    agent = std::make_unique<Agent>(settings);
}

}  // namespace postrider::virtual_agent
