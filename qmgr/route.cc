// qmgr/route.cc - see route.h.
#include "qmgr/route.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/address.h"
#include "qmgr/parameters.h"

namespace postrider::qmgr {
namespace {

// Questions to trivial-rewrite(8) about one message that wait for answers at the same time.
constexpr std::size_t questions_at_once = 50;

Route retry_route(std::string text, const std::string& recipient) {
    Route route;
    route.transport = retry_service;
    route.nexthop = std::move(text);
    route.recipient = recipient;
    return route;
}

constexpr const char* deferred_text = "4.3.2 deferred transport";

// defer_transports has the route's transport, and nobody has asked to try nevertheless.
bool is_deferred_transport(const Route& route, const Message& message, const RouteRules& rules) {
    const auto& deferred = rules.deferred_transports;
    return !message.flushed && std::find(deferred.begin(), deferred.end(), route.transport) != deferred.end();
}

// Recipients under way; the workers take one after the other.
struct Questions {
    const Message& message;
    const RouteRules& rules;
    std::vector<std::string> recipients;
    std::vector<Route> routes;
    std::size_t next = 0;
};

Task<> ask_some(Questions& questions) {
    while (questions.next < questions.recipients.size()) {
        const std::size_t index = questions.next++;
        const std::string recipient = questions.recipients[index];
        const auto purpose =
            (questions.message.envelope.trace_flags & delivery::request_flag::mta_verify) != 0
                ? ipc::ResolveFor::verification
                : ipc::ResolveFor::delivery;
        const Result<ipc::Resolved> answer =
            co_await ipc::resolve(questions.message.sender(), recipient, purpose);
        questions.routes[index] = route_of(answer, recipient, questions.message, questions.rules);
    }
}

}  // namespace

RouteRules::RouteRules(const Settings& settings)
    : error_service(settings[config::error_service_name]),
      double_bounce_user(settings[config::double_bounce_sender]),
      default_filter_nexthop(settings[qmgr::default_filter_nexthop]),
      deferred_transports(settings.words(defer_transports)),
      recipient_delimiter(settings[config::recipient_delimiter]) {}

std::optional<Route> route_by_filter(const Message& message, const std::string& recipient,
                                     const RouteRules& rules) {
    const std::string& filter = message.envelope.content_filter;
    // Compat: who is redirected meets no filter.
    if (filter.empty() || !message.envelope.redirect.empty() || message.is_probe()) return std::nullopt;
    const std::size_t colon = filter.find(':');
    Route route;
    route.transport = filter.substr(0, colon);
    if (colon != std::string::npos) route.nexthop = filter.substr(colon + 1);
    if (route.nexthop.empty()) route.nexthop = rules.default_filter_nexthop;
    if (route.nexthop.empty()) route.nexthop = mail::split_address(recipient).domain;
    route.recipient = recipient;
    if (is_deferred_transport(route, message, rules)) return retry_route(deferred_text, recipient);
    return route;
}

Route route_of(const Result<ipc::Resolved>& answer, const std::string& recipient, const Message& message,
               const RouteRules& rules) {
    if (!answer) {
        log::warning("{}: recipient <{}>: {}", message.id, recipient, answer.error());
        return retry_route("4.3.0 address resolver failure", recipient);
    }
    Route route;
    route.transport = answer->transport;
    route.nexthop = answer->nexthop;
    route.recipient = answer->recipient;
    if (answer->invalid || answer->recipient.empty()) {
        route.transport = rules.error_service;
        route.nexthop = answer->invalid ? "5.1.3 bad address syntax" : "5.1.3 null recipient address";
        route.recipient = recipient;
        return route;
    }
    if (route.transport.empty()) return retry_route("4.3.0 address resolver failure", recipient);
    if (answer->address_class == ipc::AddressClass::local) {
        const mail::AddressParts parts = mail::split_address(route.recipient);
        route.discard = equals_ignoring_case(parts.local, rules.double_bounce_user);
    }
    if (is_deferred_transport(route, message, rules)) return retry_route(deferred_text, route.recipient);
    return route;
}

Task<std::vector<Route>> find_routes(const Message& message, std::vector<std::string> recipients,
                                     const RouteRules& rules) {
    Questions questions{message, rules, std::move(recipients), {}};
    questions.routes.resize(questions.recipients.size());
    for (std::size_t i = 0; i < questions.routes.size(); ++i)
        questions.routes[i] = retry_route("4.3.0 address resolver failure", questions.recipients[i]);
    if (questions.recipients.size() == 1) {
        co_await ask_some(questions);
        co_return std::move(questions.routes);
    }
    async::Scope askers("resolve");
    const std::size_t count = std::min(questions.recipients.size(), questions_at_once);
    for (std::size_t i = 0; i < count; ++i) askers.spawn(ask_some(questions));
    co_await askers.join();
    co_return std::move(questions.routes);
}

std::string destination_key(const Route& route, const TransportLimits& limits, const RouteRules& rules) {
    const bool by_reason = route.transport == rules.error_service || route.transport == retry_service;
    if (limits.recipient_limit != 1 || by_reason) return by_reason ? route.nexthop : lower(route.nexthop);
    mail::ExtensionRules extension;
    extension.delimiters = rules.recipient_delimiter;
    extension.double_bounce_sender = rules.double_bounce_user;
    const mail::AddressParts parts = mail::split_address(route.recipient);
    const mail::ExtensionSplit split = mail::split_extension(parts.local, extension);
    return lower(split.user + "@" + route.nexthop);
}

}  // namespace postrider::qmgr
