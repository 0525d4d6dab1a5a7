// smtp/route.cc - which hosts take mail for a destination, and in which order.
#include "smtp/route.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/lookup.h"
#include "lib/dns/native.h"
#include "lib/dns/order.h"
#include "lib/tables/dns_reply_filter.h"

namespace postrider::smtp {

namespace {

// Hosts of one MX or SRV answer whose addresses are asked for.
constexpr std::size_t host_limit = 50;

bool uses_dns(const Options& options) {
    return options.dns_support_level != "disabled";
}

dns::LookupOptions lookup_options(const Options& options) {
    dns::LookupOptions lookup;
    lookup.dnssec = options.dns_support_level == "dnssec";
    for (const std::string& word : split_words(options.dns_resolver_options)) {
        if (equals_ignoring_case(word, "res_dnsrch")) lookup.search = dns::Search::search_list;
        if (equals_ignoring_case(word, "res_defnames") && lookup.search == dns::Search::no)
            lookup.search = dns::Search::default_domain;
    }
    return lookup;
}

std::string status_for(dns::Status status) {
    switch (status) {
        case dns::Status::try_again:
            return "4.4.3";
        case dns::Status::null_mx:
            return "5.1.0";
        case dns::Status::refused_by_policy:
            return "4.7.0";
        default:
            return "5.4.4";
    }
}

Failure failure_of(const dns::Answer& answer) {
    return local_failure(status_for(answer.status), answer.reason);
}

// Without any record left by smtp_dns_reply_filter, or when a table cannot be asked, the mail waits.
Task<dns::Answer> ask_dns(std::string name, dns::Type type, const Options& options) {
    dns::Answer answer = co_await dns::lookup(name, type, lookup_options(options));
    dns::Answer result = co_await tables::filter_dns_answer(std::move(answer), std::move(name), type,
                                                            options.dns_reply_tables);
    co_return std::move(result);
}

// The addresses of one host, and why there are none.
struct FoundAddress {
    explicit FoundAddress(const SocketAddress& found) : address(found) {}
    SocketAddress address;
    std::string canonical;
    bool secure = false;
};
struct Addresses {
    std::vector<FoundAddress> list;
    std::optional<Failure> failure;
};

Host host_of(const std::string& name, const FoundAddress& found, std::uint16_t port) {
    Host host;
    host.name = name;
    host.address = found.address.with_port(port);
    host.canonical = found.canonical.empty() ? name : found.canonical;
    host.secure = found.secure;
    return host;
}

void take_answer(Addresses& addresses, const dns::Answer& answer) {
    for (const dns::Record& record : answer.records) {
        FoundAddress& found = addresses.list.emplace_back(record.address);
        found.canonical = answer.name;
        found.secure = answer.secure;
    }
    if (answer.ok()) return;
    // "Try again" of one family outweighs "none" of the other.
    if (!addresses.failure || !addresses.failure->is_temporary() || answer.status == dns::Status::try_again)
        addresses.failure = failure_of(answer);
}

Task<> store_answer(std::string name, dns::Type type, const Options& options, dns::Answer& result) {
    dns::Answer answer = co_await ask_dns(std::move(name), type, options);
    result = std::move(answer);
}

Task<Addresses> dns_addresses(std::string host, const Options& options) {
    dns::Answer ipv4, ipv6;
    async::Scope both("address lookups");
    if (options.protocols.ipv4) both.spawn(store_answer(host, dns::Type::a, options, ipv4));
    if (options.protocols.ipv6) both.spawn(store_answer(host, dns::Type::aaaa, options, ipv6));
    co_await both.join();
    Addresses addresses;
    if (options.protocols.ipv4) take_answer(addresses, ipv4);
    if (options.protocols.ipv6) take_answer(addresses, ipv6);
    co_return addresses;
}

Task<Addresses> native_addresses(std::string host, const Options& options) {
    const config::Protocols& protocols = options.protocols;
    const int family = protocols.ipv4 == protocols.ipv6 ? AF_UNSPEC : protocols.ipv4 ? AF_INET : AF_INET6;
    const dns::NativeAnswer answer = co_await dns::native_addresses(host, family);
    Addresses addresses;
    for (const SocketAddress& address : answer.addresses) addresses.list.emplace_back(address);
    if (answer.status != dns::Status::ok) {
        // Compat: a name without an address is no matter of routing.
        const char* status = answer.status == dns::Status::try_again ? "4.4.4"
                             : answer.status == dns::Status::no_data ? "5.3.0"
                                                                     : "5.4.4";
        addresses.failure =
            local_failure(status, fmt::format("unable to look up host {}: {}", host, answer.reason));
    }
    co_return addresses;
}

bool names_method(const Options& options, std::string_view method) {
    const std::vector<std::string> methods = split_words(options.host_lookup);
    return std::any_of(methods.begin(), methods.end(),
                       [method](const std::string& word) { return equals_ignoring_case(word, method); });
}

Task<Addresses> host_addresses(std::string host, const Options& options) {
    Addresses addresses;
    if (const auto literal = SocketAddress::from_ip(host)) {
        if (options.protocols.allows(*literal))
            addresses.list.emplace_back(*literal);
        else
            addresses.failure =
                local_failure("5.4.4", fmt::format("address {} is of a protocol that is switched off", host));
        co_return addresses;
    }
    // DNS comes first, in whichever order the two are named.
    const bool by_dns = uses_dns(options) && names_method(options, "dns");
    if (by_dns) {
        Addresses found = co_await dns_addresses(host, options);
        const bool settled = !found.list.empty() || (found.failure && found.failure->is_temporary());
        if (settled || !names_method(options, "native")) co_return found;
    }
    Addresses found = co_await native_addresses(host, options);
    co_return found;
}

// One host of an MX or SRV answer, with its addresses once they are known.
struct Exchanger {
    dns::Record record;
    std::uint16_t port = 0;
    Addresses addresses;
};

Task<> find_addresses(Exchanger& exchanger, const Options& options) {
    std::string name = exchanger.record.target;
    Addresses found = co_await host_addresses(std::move(name), options);
    exchanger.addresses = std::move(found);
}

Task<Route> route_by_exchangers(std::vector<dns::Record> records, std::string domain, std::uint16_t port,
                                const Options& options) {
    if (records.size() > host_limit) records.resize(host_limit);
    std::vector<Exchanger> exchangers(records.size());
    async::Scope lookups("address lookups");
    for (std::size_t i = 0; i < records.size(); ++i) {
        exchangers[i].record = records[i];
        exchangers[i].port = records[i].type == dns::Type::srv ? records[i].port : port;
        lookups.spawn(find_addresses(exchangers[i], options));
    }
    co_await lookups.join();
    Route route;
    for (const Exchanger& exchanger : exchangers) {
        for (const FoundAddress& found : exchanger.addresses.list) {
            Host host = host_of(exchanger.record.target, found, exchanger.port);
            host.preference = exchanger.record.preference;
            route.hosts.push_back(std::move(host));
        }
        const auto& failure = exchanger.addresses.failure;
        if (failure && (!route.failure || failure->is_temporary())) route.failure = failure;
    }
    if (!route.hosts.empty()) {
        route.failure.reset();
        co_return route;
    }
    log::warning("no MX host for {} has a valid address record", domain);
    if (options.defer_if_no_mx_address_found && !route.failure->is_temporary())
        route.failure->status = "4.4.4";
    co_return route;
}

Task<Route> route_to_host(std::string host, std::uint16_t port, const Options& options) {
    Addresses addresses = co_await host_addresses(host, options);
    Route route;
    for (const FoundAddress& found : addresses.list) route.hosts.push_back(host_of(host, found, port));
    if (route.hosts.empty()) route.failure = std::move(addresses.failure);
    co_return route;
}

void note_exchange(Route& route, const dns::Answer& answer) {
    route.exchange.present = true;
    route.exchange.secure = answer.secure;
    route.exchange.canonical = answer.name;
}

// Without MX record the domain itself is the host, RFC 5321 5.1.
Task<Route> route_to_domain(Destination destination, const Options& options) {
    if (!uses_dns(options)) {
        Route route = co_await route_to_host(destination.host, destination.port, options);
        co_return route;
    }
    const dns::Answer answer = co_await ask_dns(destination.host, dns::Type::mx, options);
    if (answer.ok()) {
        std::vector<dns::Record> records = answer.records;
        dns::order_by_preference(records, dns::Shuffle::no);
        const unsigned best = records.front().preference;
        Route route =
            co_await route_by_exchangers(std::move(records), destination.host, destination.port, options);
        route.best_preference = best;
        note_exchange(route, answer);
        co_return route;
    }
    const bool has_no_mx = answer.status == dns::Status::no_data || answer.status == dns::Status::not_found;
    const bool ignores = options.ignore_mx_lookup_error && answer.status != dns::Status::null_mx;
    if (has_no_mx || ignores) {
        Route route = co_await route_to_host(destination.host, destination.port, options);
        co_return route;
    }
    Route route;
    route.failure = failure_of(answer);
    co_return route;
}

bool wants_service_lookup(const Destination& destination, const Options& options) {
    const auto& names = options.use_srv_lookup;
    return destination.kind == Destination::Kind::domain && uses_dns(options) &&
           !destination.service.empty() &&
           std::find(names.begin(), names.end(), destination.service) != names.end();
}

// RFC 2782 and RFC 6186: nothing when MX records are to be used instead.
Task<std::optional<Route>> route_by_service(Destination destination, const Options& options) {
    std::string name = fmt::format("_{}._tcp.{}", destination.service, destination.host);
    const dns::Answer answer = co_await ask_dns(std::move(name), dns::Type::srv, options);
    std::optional<Route> result;
    if (answer.ok()) {
        std::vector<dns::Record> records = answer.records;
        dns::order_services(records, dns::Shuffle::yes);
        // The order is drawn already: it must not be shuffled again.
        for (std::size_t i = 0; i < records.size(); ++i)
            records[i].preference = static_cast<std::uint16_t>(i);
        Route route = co_await route_by_exchangers(std::move(records), destination.host, 0, options);
        note_exchange(route, answer);
        result = std::move(route);
        co_return result;
    }
    const bool has_none = answer.status == dns::Status::no_data || answer.status == dns::Status::not_found;
    if (has_none ? options.allow_srv_lookup_fallback : options.ignore_srv_lookup_error) co_return result;
    Route route;
    route.failure = failure_of(answer);
    result = std::move(route);
    co_return result;
}

Task<Route> look_up(Destination destination, const Options& options) {
    if (wants_service_lookup(destination, options)) {
        std::optional<Route> by_service = co_await route_by_service(destination, options);
        if (by_service) co_return std::move(*by_service);
    }
    if (destination.kind == Destination::Kind::domain) {
        Route route = co_await route_to_domain(destination, options);
        co_return route;
    }
    Route route = co_await route_to_host(destination.host, destination.port, options);
    co_return route;
}

// Sorts after what is preferred: with "any" all addresses are equal.
int family_rank(const Host& host, const std::string& preference) {
    if (preference == "ipv4") return host.address.is_ipv4() ? 0 : 1;
    if (preference == "ipv6") return host.address.is_ipv6() ? 0 : 1;
    return 0;
}

}  // namespace

void order_hosts(std::vector<Host>& hosts, const Options& options) {
    if (options.randomize_addresses)
        for (std::size_t left = hosts.size(); left > 1; --left)
            std::swap(hosts[left - 1], hosts[dns::random_below(static_cast<unsigned>(left))]);
    const auto before = [&](const Host& a, const Host& b) {
        if (a.preference != b.preference) return a.preference < b.preference;
        return family_rank(a, options.address_preference) < family_rank(b, options.address_preference);
    };
    std::stable_sort(hosts.begin(), hosts.end(), before);
}

void drop_self(Route& route, const std::string& domain, unsigned best_preference, const Options& options) {
    const auto is_self = [&](const Host& host) { return options.own.is_own(host.address); };
    const auto self = std::find_if(route.hosts.begin(), route.hosts.end(), is_self);
    if (self == route.hosts.end()) return;
    const unsigned best_found = route.hosts.front().preference;
    const unsigned ours = self->preference;
    const auto not_better = [ours](const Host& host) { return host.preference >= ours; };
    route.hosts.erase(std::remove_if(route.hosts.begin(), route.hosts.end(), not_better), route.hosts.end());
    if (!route.hosts.empty()) return;
    if (best_preference != best_found) {
        route.failure = local_failure("4.4.4", fmt::format("unable to find primary relay for {}", domain));
        return;
    }
    route.loops = true;
    route.failure = local_failure("5.4.6", fmt::format("mail for {} loops back to myself", domain));
}

void limit_hosts(std::vector<Host>& hosts, const Options& options) {
    const std::size_t limit = static_cast<std::size_t>(options.mx_address_limit);
    if (limit == 0 || hosts.size() <= limit) return;
    if (options.balance_inet_protocols && options.address_preference == "any" && limit > 1) {
        const auto is_ipv6 = [](const Host& host) { return host.address.is_ipv6(); };
        const auto ipv6 = static_cast<std::size_t>(std::count_if(hosts.begin(), hosts.end(), is_ipv6));
        const std::size_t ipv4 = hosts.size() - ipv6;
        const std::size_t half = limit / 2;
        std::size_t ipv6_left = std::min(ipv6, std::max(half, limit - std::min(limit, ipv4)));
        std::size_t ipv4_left = limit - ipv6_left;
        const auto is_too_much = [&](const Host& host) {
            std::size_t& left = host.address.is_ipv6() ? ipv6_left : ipv4_left;
            return left == 0 || (--left, false);
        };
        std::vector<Host> kept;
        for (const Host& host : hosts)
            if (!is_too_much(host)) kept.push_back(host);
        hosts = std::move(kept);
    }
    if (hosts.size() > limit) hosts.resize(limit);
}

Task<Route> find_route(Destination destination, const Options& options) {
    Route route = co_await look_up(destination, options);
    if (route.hosts.empty()) co_return route;
    const unsigned best_named = route.best_preference;
    order_hosts(route.hosts, options);
    route.best_preference = route.hosts.front().preference;
    // Another port of this machine may be a different mail system.
    const bool may_loop = destination.port == 25 && !options.is_lmtp();
    if (may_loop) drop_self(route, destination.host, best_named, options);
    limit_hosts(route.hosts, options);
    co_return route;
}

}  // namespace postrider::smtp
