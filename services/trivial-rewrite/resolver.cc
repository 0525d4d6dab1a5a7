// services/trivial-rewrite/resolver.cc - where mail for an address goes.
#include "services/trivial-rewrite/resolver.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/parameters.h"
#include "services/trivial-rewrite/parameters.h"

namespace postrider::rewrite {

using tables::Found;
using tables::LookupResult;
using tables::Match;

namespace {

constexpr std::string_view error_transport = "error";

Routes delivery_routes(const Settings& settings) {
    Routes routes;
    routes.local_transport = settings[config::local_transport];
    routes.virtual_transport = settings[config::virtual_transport];
    routes.relay_transport = settings[config::relay_transport];
    routes.default_transport = settings[config::default_transport];
    routes.relayhost = settings[config::relayhost];
    routes.sender_transports = tables::TableList(sender_dependent_default_transport_maps, settings);
    routes.sender_relayhosts = tables::TableList(sender_dependent_relayhost_maps, settings);
    routes.transports = TransportMap(config::transport_maps, settings);
    return routes;
}

Routes verification_routes(const Settings& settings) {
    Routes routes;
    routes.local_transport = settings[address_verify_local_transport];
    routes.virtual_transport = settings[address_verify_virtual_transport];
    routes.relay_transport = settings[address_verify_relay_transport];
    routes.default_transport = settings[address_verify_default_transport];
    routes.relayhost = settings[address_verify_relayhost];
    routes.sender_transports =
        tables::TableList(address_verify_sender_dependent_default_transport_maps, settings);
    routes.sender_relayhosts = tables::TableList(address_verify_sender_dependent_relayhost_maps, settings);
    routes.transports = TransportMap(address_verify_transport_maps, settings);
    return routes;
}

Error try_again(std::string_view parameter, const std::string& reason) {
    log::warning("{} lookup failure", parameter);
    return Error{fmt::format("{}: {}", parameter, reason)};
}

Error list_failure(const tables::MatchList& list) {
    return Error{list.reason()};
}

// A transport parameter may name a next hop, which then wins over the one of its class.
void use_transport(const std::string& setting, std::string nexthop, ipc::Resolved& resolved) {
    RouteText route = parse_route(setting);
    resolved.transport = std::move(route.transport);
    resolved.nexthop = route.nexthop.empty() ? std::move(nexthop) : std::move(route.nexthop);
}

// RFC 5321 4.1.2: a domain is a host name or an address literal.
bool is_valid_domain(std::string_view domain) {
    return !domain.empty() && domain.front() == '[' ? mail::is_address_literal(domain)
                                                    : mail::is_valid_hostname(domain);
}

}  // namespace

Resolver::Resolver(const Settings& settings)
    : completion_{settings[config::myorigin], settings[config::mydomain]},
      myhostname_(settings[config::myhostname]),
      empty_address_recipient_(settings[config::empty_address_recipient]),
      null_transport_key_(settings[empty_address_default_transport_maps_lookup_key]),
      null_relayhost_key_(settings[empty_address_relayhost_maps_lookup_key]),
      utf8_(settings[config::smtputf8_enable]),
      dequote_(settings[resolve_dequoted_address]),
      null_domain_(settings[resolve_null_domain]),
      numeric_domain_(settings[resolve_numeric_domain]),
      leading_dash_(settings[allow_min_user]),
      relocated_prefix_(settings[relocated_prefix_enable]),
      show_table_name_(settings[mail::show_user_unknown_table_name]),
      warns_(settings[helpful_warnings]),
      local_(settings),
      alias_domains_(config::virtual_alias_domains, tables::ListKind::strings, settings),
      mailbox_domains_(config::virtual_mailbox_domains, tables::ListKind::strings, settings),
      relay_domains_(config::relay_domains, tables::ListKind::domains, settings),
      relocated_(mail::relocated_maps, settings),
      delivery_(delivery_routes(settings)),
      verification_(verification_routes(settings)) {
    spelling_.percent_hack = settings[allow_percent_hack];
    spelling_.bang_path = settings[swap_bangpath];
    spelling_.append_origin = settings[append_at_myorigin];
    spelling_.append_domain = settings[append_dot_mydomain];
    address_rules_.extension = tables::extension_rules(settings);
    address_rules_.is_local_domain = [this](std::string domain) {
        return local_.contains_or_is_origin(std::move(domain));
    };
}

bool Resolver::ignores_sender(ipc::ResolveFor purpose) const {
    const Routes& routes = routes_for(purpose);
    return routes.sender_transports.empty() && routes.sender_relayhosts.empty();
}

// A quoted local part may hide routing operators; what sees them only later would relay for anybody.
bool Resolver::open_quotes(Tokens& address) const {
    if (!dequote_ || address.size() != 1 || address.front().kind != mail::Token::Kind::quoted) return false;
    std::string local = address.front().text;
    std::size_t at = local.rfind('@');
    if (at == std::string::npos && spelling_.percent_hack && (at = local.rfind('%')) != std::string::npos)
        local[at] = '@';
    const bool bang = at == std::string::npos && spelling_.bang_path && local.rfind('!') != std::string::npos;
    if (at == std::string::npos && !bang) return false;
    address = bang ? mail::scan_tokens(local) : address_tokens(local);
    rewrite_spelling(address, spelling_, completion_);
    return true;
}

Resolver::Destination Resolver::finish(Tokens address, bool local) const {
    Destination found;
    found.local = local;
    found.recipient = mail::internal_form(address);
    const mail::AddressParts parts = mail::split_address(found.recipient);
    found.domain = parts.domain;
    if (numeric_domain_ && mail::is_valid_ip(found.domain)) {
        found.domain = "[" + found.domain + "]";
        found.recipient = parts.local + "@" + found.domain;
    }
    // Whatever our own settings are: the next program or host may follow these operators.
    found.routed = parts.local.find_first_of("@%!") != std::string::npos;
    const bool dash = !leading_dash_ && !found.recipient.empty() && found.recipient.front() == '-';
    const bool no_text = utf8_ && !is_valid_utf8(found.recipient);
    found.invalid = dash || no_text || !is_valid_domain(found.domain);
    return found;
}

Task<Result<Resolver::Destination>> Resolver::find_destination(std::string recipient) const {
    Tokens address = address_tokens(recipient);
    Tokens stripped_domain;  // with its `@`: the last own domain taken off
    bool local = true;
    // Every round takes something off; the bound only guards against a mistake of ours.
    const std::size_t rounds = recipient.size() + 100;
    for (std::size_t round = 0; round <= rounds; ++round) {
        if (find_last(address, '@') != npos) strip_final_dot(address);
        if (null_domain_ && !address.empty() && address.back().is('@')) address.pop_back();
        if (const std::size_t domain_at = find_last(address, '@'); domain_at != npos) {
            const auto at = address.begin() + static_cast<std::ptrdiff_t>(domain_at);
            if (at + 1 != address.end()) {
                std::string domain = mail::internal_form(Tokens(at + 1, address.end()));
                const Match own = co_await local_.contains(std::move(domain));
                if (own == Match::try_again) co_return Error{"mydestination lookup failure"};
                if (own == Match::no) {
                    local = false;
                    break;
                }
            }
            stripped_domain.assign(at, address.end());
            address.erase(at, address.end());
        }
        if (find_last(address, '@') != npos || (spelling_.bang_path && find_last(address, '!') != npos) ||
            (spelling_.percent_hack && find_last(address, '%') != npos)) {
            rewrite_spelling(address, spelling_, completion_);
            continue;
        }
        if (open_quotes(address)) continue;
        // An empty local part is the local MAILER-DAEMON, which our own From: headers name.
        if (address.empty() || (address.size() == 1 && address.front().text.empty())) {
            address = mail::scan_tokens(empty_address_recipient_);
            continue;
        }
        break;
    }
    if (local) {
        if (stripped_domain.empty()) {
            // Without append_at_myorigin: an address of this host, which need not take mail.
            const Match own = co_await local_.contains(myhostname_);
            if (own == Match::try_again) co_return Error{"mydestination lookup failure"};
            local = own == Match::yes;
            stripped_domain = mail::scan_tokens("@" + myhostname_);
        }
        address.insert(address.end(), stripped_domain.begin(), stripped_domain.end());
    }
    Destination found = finish(std::move(address), local);
    if (numeric_domain_ && !found.local && found.domain.starts_with('[')) {
        const Match own = co_await local_.contains(found.domain);
        if (own == Match::try_again) co_return Error{"mydestination lookup failure"};
        found.local = own == Match::yes;
    }
    co_return found;
}

Task<> Resolver::warn_about_two_lists(std::string domain, const Parameter<std::string>& first_list) const {
    if (!warns_) co_return;
    const std::pair<const tables::MatchList*, const Parameter<std::string>*> later[] = {
        {&alias_domains_, &config::virtual_alias_domains},
        {&mailbox_domains_, &config::virtual_mailbox_domains},
        {&relay_domains_, &config::relay_domains}};
    bool behind = &first_list == &config::mydestination;
    for (const auto& [list, parameter] : later) {
        if (parameter == &first_list) {
            behind = true;
            continue;
        }
        // Compat: by default relay_domains repeats mydestination; that is no mistake to warn about.
        if (!behind || (list == &relay_domains_ && &first_list == &config::mydestination)) continue;
        const Match both = co_await list->matches(domain);
        if (both == Match::yes)
            log::warning("do not list domain {} in BOTH {} and {}", domain, first_list.name(),
                         parameter->name());
    }
}

Task<Result<void>> Resolver::choose_outside(const Routes& routes, std::string sender, std::string domain,
                                            ipc::Resolved& resolved) const {
    std::string setting = routes.default_transport;
    if (resolved.address_class == ipc::AddressClass::relay) {
        setting = routes.relay_transport;
    } else if (!routes.sender_transports.empty()) {
        std::string key = sender.empty() ? null_transport_key_ : sender;
        tables::AddressResult answer =
            co_await tables::find_address(routes.sender_transports, std::move(key), address_rules_);
        if (answer.found == Found::try_again)
            co_return try_again(sender_dependent_default_transport_maps.name(), answer.reason);
        if (answer.found == Found::yes && !equals_ignoring_case(answer.value, "DUNNO"))
            setting = answer.value;
    }
    std::string nexthop = routes.relayhost.empty() ? domain : routes.relayhost;
    if (!routes.sender_relayhosts.empty()) {
        std::string key = sender.empty() ? null_relayhost_key_ : sender;
        tables::AddressResult answer =
            co_await tables::find_address(routes.sender_relayhosts, std::move(key), address_rules_);
        if (answer.found == Found::try_again)
            co_return try_again(sender_dependent_relayhost_maps.name(), answer.reason);
        if (answer.found == Found::yes && !equals_ignoring_case(answer.value, "DUNNO"))
            nexthop = answer.value;
    }
    use_transport(setting, std::move(nexthop), resolved);
    co_return Result<void>();
}

Task<Result<void>> Resolver::choose_class(const Routes& routes, std::string sender, std::string domain,
                                          ipc::Resolved& resolved) const {
    const Match alias = co_await alias_domains_.matches(domain);
    if (alias == Match::try_again) co_return list_failure(alias_domains_);
    if (alias == Match::yes) {
        co_await warn_about_two_lists(domain, config::virtual_alias_domains);
        resolved.address_class = ipc::AddressClass::virtual_alias;
        resolved.transport = error_transport;
        resolved.nexthop = "5.1.1 User unknown";
        if (show_table_name_) resolved.nexthop += " in virtual alias table";
        co_return Result<void>();
    }
    const Match mailbox = co_await mailbox_domains_.matches(domain);
    if (mailbox == Match::try_again) co_return list_failure(mailbox_domains_);
    if (mailbox == Match::yes) {
        co_await warn_about_two_lists(domain, config::virtual_mailbox_domains);
        resolved.address_class = ipc::AddressClass::virtual_mailbox;
        use_transport(routes.virtual_transport, std::move(domain), resolved);
        co_return Result<void>();
    }
    const Match relay = co_await relay_domains_.matches(domain);
    if (relay == Match::try_again) co_return list_failure(relay_domains_);
    resolved.address_class = relay == Match::yes ? ipc::AddressClass::relay : ipc::AddressClass::other;
    Result<void> chosen = co_await choose_outside(routes, std::move(sender), std::move(domain), resolved);
    co_return chosen;
}

Task<Result<void>> Resolver::apply_relocated(ipc::Resolved& resolved) const {
    if (relocated_.empty()) co_return Result<void>();
    std::string key = resolved.recipient;
    tables::AddressResult moved = co_await tables::find_address(relocated_, std::move(key), address_rules_);
    if (moved.found == Found::try_again) co_return try_again(mail::relocated_maps.name(), moved.reason);
    if (moved.found == Found::yes) {
        resolved.transport = error_transport;
        resolved.nexthop = (relocated_prefix_ ? "5.1.6 User has moved to " : "") + moved.value;
    }
    co_return Result<void>();
}

Task<Result<ipc::Resolved>> Resolver::resolve(std::string sender, std::string recipient,
                                              ipc::ResolveFor purpose) const {
    const Routes& routes = routes_for(purpose);
    Result<Destination> found = co_await find_destination(std::move(recipient));
    if (!found) co_return Error{found.error()};
    const Destination destination = std::move(*found);
    ipc::Resolved resolved;
    resolved.recipient = destination.recipient;
    resolved.routed = destination.routed;
    resolved.invalid = destination.invalid;
    if (destination.invalid) {
        // No table is asked about what cannot be an address.
        resolved.address_class = ipc::AddressClass::other;
        resolved.transport = error_transport;
        resolved.nexthop = "5.1.3 bad address syntax";
        co_return resolved;
    }
    if (destination.local) {
        co_await warn_about_two_lists(destination.domain, config::mydestination);
        resolved.address_class = ipc::AddressClass::local;
        use_transport(routes.local_transport, destination.domain, resolved);
    } else {
        Result<void> chosen = co_await choose_class(routes, std::move(sender), destination.domain, resolved);
        if (!chosen) co_return Error{chosen.error()};
    }
    if (resolved.transport.empty() || resolved.nexthop.empty()) {
        log::warning("null transport or next hop for {} is not allowed", resolved.recipient);
        co_return Error{"null transport or next hop in main.cf"};
    }
    // Nobody is at home in a virtual alias domain but its aliases, whatever transport_maps say of the domain.
    LookupResult route;
    if (resolved.address_class != ipc::AddressClass::virtual_alias)
        route =
            co_await routes.transports.find(resolved.recipient, destination.domain, address_rules_.extension);
    if (route.found == Found::try_again) co_return try_again(config::transport_maps.name(), route.reason);
    if (route.found == Found::yes)
        override_route(route.value, destination.domain, resolved.transport, resolved.nexthop);
    Result<void> relocated = co_await apply_relocated(resolved);
    if (!relocated) co_return Error{relocated.error()};
    co_return resolved;
}

}  // namespace postrider::rewrite
