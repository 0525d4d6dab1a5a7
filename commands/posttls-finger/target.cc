// commands/posttls-finger/target.cc - which hosts a destination stands for.
#include "commands/posttls-finger/target.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/lookup.h"
#include "lib/dns/native.h"
#include "lib/dns/order.h"
#include "lib/mail/address.h"

namespace postrider::posttls_finger {

namespace {

dns::LookupOptions with_dnssec() {
    dns::LookupOptions options;
    options.dnssec = true;
    return options;
}

bool uses(const Options& options, const char* method) {
    return std::find(options.lookups.begin(), options.lookups.end(), method) != options.lookups.end();
}

void add(Target& target, const Host& pattern, const SocketAddress& address) {
    Host host = pattern;
    host.address = address.with_port(pattern.address.port());
    target.hosts.push_back(std::move(host));
}

// The addresses of one host; `pattern` has its name, port and preference.
Task<std::string> add_addresses(Target& target, Host pattern, const Options& options,
                                config::Protocols protocols) {
    if (const auto literal = SocketAddress::from_ip(pattern.name)) {
        pattern.canonical = pattern.name;
        add(target, pattern, *literal);
        co_return "";
    }
    std::string problem;
    const std::size_t before = target.hosts.size();
    if (uses(options, "dns")) {
        for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
            if (!(type == dns::Type::a ? protocols.ipv4 : protocols.ipv6)) continue;
            const dns::Answer answer = co_await dns::lookup(pattern.name, type, with_dnssec());
            if (!answer.ok()) problem = answer.reason;
            pattern.canonical = answer.name;
            pattern.secure = answer.secure;
            for (const dns::Record& record : answer.records) add(target, pattern, record.address);
        }
        if (target.hosts.size() > before) co_return "";
    }
    if (uses(options, "native")) {
        const dns::NativeAnswer answer = co_await dns::native_addresses(pattern.name, AF_UNSPEC);
        pattern.canonical = pattern.name;
        pattern.secure = false;
        for (const SocketAddress& address : answer.addresses)
            if (protocols.allows(address)) add(target, pattern, address);
        if (target.hosts.size() > before) co_return "";
        problem = fmt::format("unable to look up host {}: {}", pattern.name, answer.reason);
    }
    co_return problem;
}

void sort_hosts(std::vector<Host>& hosts, const std::string& family) {
    // By chance first: the sort below keeps that order among equals.
    for (std::size_t left = hosts.size(); left > 1; --left)
        std::swap(hosts[left - 1], hosts[dns::random_below(static_cast<unsigned>(left))]);
    const bool ipv6_first = family == "ipv6" || (family == "any" && dns::random_below(2) == 1);
    const auto before = [&](const Host& a, const Host& b) {
        if (a.preference != b.preference) return a.preference < b.preference;
        return (a.address.is_ipv6() == ipv6_first) > (b.address.is_ipv6() == ipv6_first);
    };
    std::stable_sort(hosts.begin(), hosts.end(), before);
}

Target unix_target(const std::string& path, const std::string& own_name, std::string& problem) {
    Target target;
    target.nexthop = own_name;
    const auto address = SocketAddress::from_path(path);
    if (!address) {
        problem = fmt::format("unix-domain name too long: {}", path);
        return target;
    }
    Host host;
    host.name = own_name;
    host.address = *address;
    target.hosts.push_back(std::move(host));
    return target;
}

}  // namespace

std::string Host::text() const {
    if (address.is_unix()) return fmt::format("{}[{}]", name, address.host());
    return fmt::format("{}[{}]:{}", name, address.host(), address.port());
}

Task<Result<Target>> find_target(const Options& options, std::string own_name, config::Protocols protocols) {
    std::string_view rest = options.destination;
    std::string problem;
    Target target;
    if (options.lmtp && rest.starts_with("unix:")) {
        target = unix_target(std::string(rest.substr(5)), own_name, problem);
        if (!problem.empty()) co_return Error{std::move(problem)};
        co_return std::move(target);
    }
    if (rest.starts_with("inet:")) rest.remove_prefix(5);
    const auto parts = split_host_port(rest);
    if (!parts || parts->host.empty())
        co_return Error{fmt::format("bad syntax in server description: {}", options.destination)};
    const std::string service = !parts->port.empty() ? parts->port : options.lmtp ? "24" : "smtp";
    const auto port = find_tcp_port(service, "smtp=25, lmtp=24, smtps=465, submissions=465, submission=587");
    if (!port) co_return Error{fmt::format("unknown service: {}/tcp", service)};
    std::string domain = parts->host;
    if (starts_with_ignoring_case(domain, "ipv6:")) domain.erase(0, 5);
    if (const auto ascii = mail::domain_to_ascii(domain); ascii && !is_ascii(domain)) {
        log::info("{} asciified to {}", domain, *ascii);
        domain = *ascii;
    }
    target.nexthop = domain;
    Host pattern;
    pattern.name = domain;
    pattern.address = SocketAddress::from_ip("127.0.0.1")->with_port(*port);
    if (!options.lmtp && !parts->bracketed && uses(options, "dns")) {
        const dns::Answer answer = co_await dns::lookup(domain, dns::Type::mx, with_dnssec());
        const bool none = answer.status == dns::Status::no_data || answer.status == dns::Status::not_found;
        if (!answer.ok() && !none) co_return Error{answer.reason};
        target.has_exchange = answer.ok();
        target.secure_exchange = answer.secure;
        target.exchange_name = answer.name;
        for (const dns::Record& record : answer.records) {
            pattern.name = record.target;
            pattern.preference = record.preference;
            problem = co_await add_addresses(target, pattern, options, protocols);
        }
        if (answer.ok() && target.hosts.empty())
            log::warning("no MX host for {} has a valid address record", domain);
    }
    if (!target.has_exchange) problem = co_await add_addresses(target, pattern, options, protocols);
    if (target.hosts.empty()) co_return Error{std::move(problem)};
    sort_hosts(target.hosts, options.family);
    co_return std::move(target);
}

}  // namespace postrider::posttls_finger
