// commands/postfix/explain/arrival.cc - what smtpd(8) says to the client, restriction by restriction.
//
// The lists are smtpd's own, and so is the code behind each word. What would ask or change somebody else's
// state (a policy server, an address probe) is named and passed over.
#include <fmt/core.h>
#include <sys/socket.h>

#include <algorithm>

#include "commands/postfix/check/smtpd_lists.h"
#include "commands/postfix/explain/journey.h"
#include "lib/base/fd.h"
#include "lib/base/text.h"
#include "lib/dns/client_name.h"
#include "lib/mail/address.h"
#include "smtpd/access/parameters.h"
#include "smtpd/session.h"

namespace postrider::postfix::explain {

namespace {

using smtpd::access::Check;
using smtpd::access::List;
using smtpd::access::Stage;
using smtpd::access::Verdict;

const check::Service* find_server(const check::Configuration& configuration, const std::string& wanted) {
    const auto servers = configuration.running("smtpd");
    const auto matches = [&](const check::Service* service, std::string_view name) {
        return service->entry.service == name || service->entry.service.ends_with(":" + std::string(name));
    };
    if (!wanted.empty()) {
        for (const check::Service* service : servers)
            if (matches(service, wanted)) return service;
        return nullptr;
    }
    for (const check::Service* service : servers)
        if (service->entry.type == "pass" || matches(service, "smtp") || matches(service, "25"))
            return service;
    return servers.empty() ? nullptr : servers.front();
}

// Who would be asked, and may remember that it was.
bool asks_somebody(const smtpd::access::Step& step) {
    static constexpr std::string_view names[] = {"check_policy_service", "reject_unverified_sender",
                                                 "reject_unverified_recipient", "sleep"};
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view name) { return equals_ignoring_case(name, step.name); });
}

smtpd::Neighbours neighbours_without_state() {
    smtpd::Neighbours neighbours;
    neighbours.open_message = [](int) -> Task<Result<smtpd::MessageSinkPtr>> {
        co_return Error{"not asked"};
    };
    neighbours.resolve = [](std::string sender, std::string recipient) {
        return ipc::resolve(std::move(sender), std::move(recipient));
    };
    neighbours.client_name = [](SocketAddress address) {
        return dns::verify_client_name(std::move(address));
    };
    neighbours.dns_lookup = [](std::string name, dns::Type type) {
        return dns::lookup(std::move(name), type);
    };
    neighbours.flush_domain = [](std::string) -> Task<smtpd::FlushOutcome> {
        co_return smtpd::FlushOutcome::failed;
    };
    neighbours.anvil = [](smtpd::AnvilEvent, std::string) -> Task<smtpd::ClientRate> {
        co_return smtpd::ClientRate{};
    };
    neighbours.verify = [](std::string) -> Task<Result<delivery::ProbeAnswer>> {
        co_return Error{"not asked"};
    };
    neighbours.connect = [](std::string, async::Deadline) -> Task<Result<Fd>> {
        co_return Error{"not asked"};
    };
    neighbours.keep_running = [] { return std::shared_ptr<void>(); };
    return neighbours;
}

class Arrival {
  public:
    Arrival(smtpd::Session& session, const Question& question, const Account& account)
        : session_(session), question_(question), account_(account) {}

    // False: the client is refused.
    Task<bool> through(std::string_view parameter, const List& list, Stage stage) {
        Check check(session_, stage);
        check.sender = &question_.sender;
        check.recipient = &question_.recipient;
        account_.tell(
            "list", 1,
            list.empty() ? fmt::format("{}: nothing in it", parameter) : fmt::format("{}:", parameter),
            {{"list", std::string(parameter)}});
        for (const smtpd::access::Step& step : list) {
            if (asks_somebody(step)) {
                tell(parameter, step, "not asked: its answer depends on more than the address", "unknown");
                continue;
            }
            List alone{step};
            const Verdict verdict = co_await smtpd::access::run_list(check, alone);
            if (verdict == Verdict::permit) {
                tell(parameter, step, "permitted: the rest of this list is not looked at", "permit");
                co_return true;
            }
            if (verdict == Verdict::reject) {
                tell(parameter, step, "refused: " + check.reply.line(), "reject");
                co_return false;
            }
            if (check.defer_if_permit.active)
                tell(parameter, step, "deferred, if nothing else refuses: " + check.defer_if_permit.text,
                     "defer");
            else
                tell(parameter, step, "nothing against it", "dunno");
        }
        if (check.defer_if_permit.active) co_return false;
        co_return true;
    }

    Task<bool> known_recipient() {
        Check check(session_, Stage::recipient);
        check.sender = &question_.sender;
        check.recipient = &question_.recipient;
        std::string recipient = question_.recipient;
        const Verdict verdict = co_await smtpd::access::check_unlisted(check, std::move(recipient),
                                                                       smtpd::access::klass::recipient);
        if (verdict == Verdict::reject) {
            account_.tell("restriction", 1, "smtpd_reject_unlisted_recipient: refused: " + check.reply.line(),
                          {{"restriction", "smtpd_reject_unlisted_recipient"}, {"verdict", "reject"}});
            co_return false;
        }
        account_.tell("restriction", 1,
                      "smtpd_reject_unlisted_recipient: the recipient is known, or need not be",
                      {{"restriction", "smtpd_reject_unlisted_recipient"}, {"verdict", "dunno"}});
        co_return true;
    }

  private:
    void tell(std::string_view parameter, const smtpd::access::Step& step, const std::string& text,
              std::string_view verdict) {
        account_.tell("restriction", 2, fmt::format("{}: {}", check::written(step), text),
                      {{"list", std::string(parameter)},
                       {"restriction", check::written(step)},
                       {"verdict", std::string(verdict)}});
    }

    smtpd::Session& session_;
    const Question& question_;
    const Account& account_;
};

void describe_client(smtpd::Session& session, const Question& question, const dns::ClientName& name) {
    smtpd::Client client;
    client.set_address(*SocketAddress::from_ip(question.client, 0));
    client.name = name.name;
    client.reverse_name = name.reverse_name;
    client.name_status = name.status;
    client.reverse_status = name.reverse_status;
    session.client = std::move(client);
    session.esmtp = true;
    session.helo_name = question.helo;
    if (session.helo_name.empty())
        session.helo_name = name.name == "unknown" ? "[" + session.client.literal() + "]" : name.name;
    session.where = "RCPT";
    session.transaction = std::make_unique<smtpd::Transaction>();
    session.transaction->sender = question.sender;
}

}  // namespace

Task<bool> explain_arrival(const check::Configuration& configuration, Question question,
                           const Account& account) {
    const check::Service* service = find_server(configuration, question.service);
    if (service == nullptr) {
        account.tell("arrival", 0, "No service of master.cf takes this mail from the network.",
                     {{"verdict", "none"}});
        co_return question.service.empty();
    }
    const smtpd::Server server(service->settings, neighbours_without_state());
    const smtpd::Limits limits(service->settings);
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) co_return false;
    const Fd other(ends[1]);
    async::Stream stream{Fd(ends[0])};
    const std::string service_name;
    smtpd::Session session(server, limits, stream, service_name);
    dns::ClientName name = co_await dns::verify_client_name(*SocketAddress::from_ip(question.client, 0));
    describe_client(session, question, name);
    account.tell("arrival", 0,
                 fmt::format("Service {} takes mail from {}, HELO {}, from=<{}> to=<{}>:", service->name(),
                             session.client_label(), session.helo_name, mail::quote_address(question.sender),
                             mail::quote_address(question.recipient)),
                 {{"service", service->name()},
                  {"client", session.client_label()},
                  {"helo", session.helo_name},
                  {"sender", question.sender},
                  {"recipient", question.recipient}});
    if (equals_ignoring_case(question.recipient, "postmaster")) {
        account.tell("arrival", 1, "postmaster without a domain is always accepted", {{"verdict", "permit"}});
        co_return true;
    }
    Arrival arrival(session, question, account);
    std::vector<const check::NamedList*> order;
    for (const check::NamedList& one : check::restriction_lists)
        if (one.stage <= Stage::recipient) order.push_back(&one);
    if (!service->settings[smtpd::smtpd_relay_before_recipient_restrictions]) std::swap(order[3], order[4]);
    for (const check::NamedList* one : order) {
        const bool passed = co_await arrival.through(one->parameter, server.rules.*one->list, one->stage);
        if (!passed) co_return false;
    }
    if (!service->settings[smtpd::smtpd_reject_unlisted_recipient] ||
        server.overrides.skip_unknown_recipient_checks)
        co_return true;
    const bool known = co_await arrival.known_recipient();
    co_return known;
}

}  // namespace postrider::postfix::explain
