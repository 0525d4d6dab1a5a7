// commands/postfix/explain/outbound.cc - the hosts that smtp(8) or lmtp(8) would try, and how it would
// encrypt.
#include <fmt/core.h>

#include "commands/postfix/explain/journey.h"
#include "lib/base/text.h"
#include "smtp/destination.h"
#include "smtp/options.h"
#include "smtp/route.h"
#include "smtp/tls_policies.h"

namespace postrider::postfix::explain {

namespace {

std::string describe(const smtp::TlsPolicy& policy, const std::string& nexthop, const std::string& host) {
    std::string text = smtp::level_name(policy.level);
    if (policy.level != policy.wanted)
        text += fmt::format(" ({} was wanted)", smtp::level_name(policy.wanted));
    if (policy.level >= smtp::TlsLevel::verify) {
        const std::vector<std::string> names = policy.names(nexthop, host);
        if (!names.empty()) text += ", certificate for " + join(names, " or ");
    }
    if (!policy.tlsa.empty())
        text += fmt::format(", {} TLSA records at {}", policy.tlsa.size(), policy.tlsa_base);
    return text;
}

class Outbound {
  public:
    Outbound(const smtp::Options& options, const Settings& settings, const Account& account)
        : options_(options), policies_(options, settings), account_(account) {}

    Task<> destination(std::string text) {
        const Result<smtp::Destination> parsed = smtp::parse_destination(text, options_);
        if (!parsed) {
            account_.tell("host", 2, fmt::format("{}: {}: the mail is deferred", text, parsed.error()),
                          {{"destination", text}, {"verdict", "defer"}});
            co_return;
        }
        const smtp::Destination destination = *parsed;
        smtp::TlsPolicyAnswer policy = co_await policies_.for_destination(destination, 0);
        if (policy.failure) {
            account_.tell("tls", 2, fmt::format("TLS policy for {}: {}", text, policy.failure->reason),
                          {{"destination", text}, {"verdict", "defer"}});
            co_return;
        }
        account_.tell("tls", 2,
                      fmt::format("TLS policy for {}: {}", text, smtp::level_name(policy.policy.level)),
                      {{"destination", text}, {"level", smtp::level_name(policy.policy.level)}});
        if (destination.kind == smtp::Destination::Kind::unix_socket) {
            account_.tell("host", 2, "server: the socket " + destination.host,
                          {{"socket", destination.host}});
            co_return;
        }
        smtp::Route route = co_await smtp::find_route(destination, options_);
        if (route.failure) {
            account_.tell("host", 2, fmt::format("{}: {}", text, route.failure->reason),
                          {{"destination", text}, {"status", route.failure->status}});
            co_return;
        }
        for (const smtp::Host& host : route.hosts)
            co_await tell_host(host, destination, route.exchange, policy.policy);
    }

  private:
    Task<> tell_host(smtp::Host host, smtp::Destination destination, smtp::MailExchange exchange,
                     smtp::TlsPolicy policy) {
        const bool named = exchange.present;
        const std::string name = host.name;
        smtp::TlsPolicyAnswer own =
            co_await policies_.for_host(std::move(policy), destination, host, std::move(exchange));
        const std::string tls =
            own.failure ? own.failure->reason : describe(own.policy, destination.host, name);
        account_.tell("host", 2,
                      fmt::format("{}: {}[{}]:{}{}, TLS: {}", named ? "mail exchanger" : "server", name,
                                  host.address.host(), host.address.port(),
                                  named ? fmt::format(", preference {}", host.preference) : "", tls),
                      {{"host", name},
                       {"address", host.address.host()},
                       {"port", std::to_string(host.address.port())},
                       {"preference", std::to_string(host.preference)},
                       {"tls", tls}});
    }

    const smtp::Options& options_;
    smtp::TlsPolicies policies_;
    const Account& account_;
};

}  // namespace

Task<> explain_outbound(const check::Service& service, std::string nexthop, const Account& account) {
    const bool lmtp = service.entry.command == "lmtp";
    const smtp::Options options(lmtp ? smtp::Protocol::lmtp : smtp::Protocol::smtp, service.settings);
    Outbound outbound(options, service.settings, account);
    for (const std::string& text : smtp::split_destinations(nexthop)) co_await outbound.destination(text);
    for (const std::string& text : smtp::split_destinations(options.fallback_relay)) {
        account.tell("host", 2, "if that fails for now, the fallback relay " + text, {{"fallback", text}});
        co_await outbound.destination(text);
    }
}

}  // namespace postrider::postfix::explain
