// lib/tables/local_domains.cc - which domains and address literals are this machine's own.
#include "lib/tables/local_domains.h"

#include <netdb.h>

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::tables {

namespace {

void add_host(std::vector<std::string>& all, const std::string& name) {
    if (const auto address = SocketAddress::from_ip(name)) {
        all.push_back(address->bytes());
        return;
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(name.c_str(), nullptr, &hints, &found) != 0) {
        log::warning("host not found: {}", name);
        return;
    }
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next)
        all.push_back(SocketAddress(one->ai_addr, one->ai_addrlen).bytes());
    freeaddrinfo(found);
}

}  // namespace

OwnAddresses::OwnAddresses(const Settings& settings) {
    for (const std::string& name : settings.words(config::inet_interfaces)) {
        if (name == "all") {
            for (const InterfaceAddress& one : interface_addresses()) bytes_.push_back(one.address.bytes());
        } else if (name == "loopback-only") {
            for (const InterfaceAddress& one : interface_addresses())
                if (one.address.is_loopback()) bytes_.push_back(one.address.bytes());
        } else {
            add_host(bytes_, name);
        }
    }
    for (const std::string& name : settings.words(config::proxy_interfaces)) add_host(bytes_, name);
}

bool OwnAddresses::contains(std::string_view address) const {
    const auto parsed = SocketAddress::from_ip(address);
    return parsed && std::find(bytes_.begin(), bytes_.end(), parsed->bytes()) != bytes_.end();
}

LocalDomains::LocalDomains(const Settings& settings)
    : origin_(settings[config::myorigin]),
      destinations_(config::mydestination, ListKind::strings, settings),
      addresses_(settings) {}

Task<Match> LocalDomains::contains(std::string domain) const {
    if (domain.size() > 2 && domain.front() == '[' && domain.back() == ']')
        co_return addresses_.contains(std::string_view(domain).substr(1, domain.size() - 2)) ? Match::yes
                                                                                             : Match::no;
    const Match answer = co_await destinations_.matches(std::move(domain));
    co_return answer;
}

Task<Match> LocalDomains::contains_or_is_origin(std::string domain) const {
    if (equals_ignoring_case(domain, origin_)) co_return Match::yes;
    const Match answer = co_await contains(std::move(domain));
    co_return answer;
}

}  // namespace postrider::tables
