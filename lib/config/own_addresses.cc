// lib/config/own_addresses.cc - which Internet addresses are this machine's own.
#include "lib/config/own_addresses.h"

#include <netdb.h>

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::config {

namespace {

void add_unique(std::vector<SocketAddress>& list, const SocketAddress& address) {
    const auto same = [&](const SocketAddress& one) { return one.same_host(address); };
    if (std::none_of(list.begin(), list.end(), same)) list.push_back(address);
}

bool contains_host(const std::vector<SocketAddress>& list, const SocketAddress& address) {
    const SocketAddress plain = address.unmapped();
    const auto same = [&](const SocketAddress& one) { return one.same_host(plain); };
    return std::any_of(list.begin(), list.end(), same);
}

void add_machine_addresses(std::vector<SocketAddress>& list, Protocols protocols, bool loopback_only) {
    for (const postrider::InterfaceAddress& one : postrider::interface_addresses()) {
        if (!protocols.allows(one.address) || (loopback_only && !one.address.is_loopback())) continue;
        add_unique(list, one.address);
    }
}

}  // namespace

Protocols protocols_in_use(const Settings& settings) {
    Protocols protocols{false, false};
    for (const std::string& word : settings.words(inet_protocols)) {
        const bool all = equals_ignoring_case(word, "all");
        const bool ipv4 = all || equals_ignoring_case(word, "ipv4");
        const bool ipv6 = all || equals_ignoring_case(word, "ipv6");
        if (!ipv4 && !ipv6)
            fatal("unknown {} value \"{}\" in \"{}\"", inet_protocols.name(), word, settings[inet_protocols]);
        protocols.ipv4 = protocols.ipv4 || ipv4;
        protocols.ipv6 = protocols.ipv6 || ipv6;
    }
    if (!protocols.ipv4 && !protocols.ipv6) fatal("{}: no protocol is named", inet_protocols.name());
    if (protocols.ipv6 && protocols.ipv4 && !ipv6_available()) protocols.ipv6 = false;
    return protocols;
}

std::vector<SocketAddress> resolve_host_now(const std::string& host, Protocols protocols) {
    std::vector<SocketAddress> found;
    if (const auto literal = SocketAddress::from_ip(host)) {
        if (protocols.allows(*literal)) found.push_back(*literal);
        return found;
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_family = protocols.ipv4 == protocols.ipv6 ? AF_UNSPEC : protocols.ipv4 ? AF_INET : AF_INET6;
    addrinfo* list = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return found;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next)
        if (entry->ai_family == AF_INET || entry->ai_family == AF_INET6)
            add_unique(found, SocketAddress(entry->ai_addr, entry->ai_addrlen));
    ::freeaddrinfo(list);
    return found;
}

OwnAddresses::OwnAddresses(const Settings& settings) {
    const Protocols protocols = protocols_in_use(settings);
    for (const std::string& word : split_words(settings[inet_interfaces])) {
        const bool all = equals_ignoring_case(word, "all");
        if (all || equals_ignoring_case(word, "loopback-only")) {
            add_machine_addresses(interfaces_, protocols, !all);
            continue;
        }
        // An address of the protocol that is switched off is no mistake, a name without address is one.
        const std::vector<SocketAddress> found = resolve_host_now(word, protocols);
        if (found.empty() && !SocketAddress::from_ip(word))
            fatal("config variable {}: host not found: {}", inet_interfaces.name(), word);
        for (const SocketAddress& address : found) {
            if (address.is_wildcard())
                add_machine_addresses(interfaces_, Protocols{address.is_ipv4(), address.is_ipv6()}, false);
            else
                add_unique(interfaces_, address);
        }
    }
    for (const std::string& word : settings.words(proxy_interfaces))
        for (const SocketAddress& address : resolve_host_now(word, Protocols{}))
            add_unique(proxies_, address);
}

bool OwnAddresses::receives_at(const SocketAddress& address) const {
    return contains_host(interfaces_, address);
}

bool OwnAddresses::is_proxied(const SocketAddress& address) const {
    return contains_host(proxies_, address);
}

}  // namespace postrider::config
