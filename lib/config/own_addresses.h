// lib/config/own_addresses.h - which Internet addresses are this machine's own.
//
// Own mail hosts must not be sent mail that is for others (loops), and receive mail for user@[address].
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/socket_address.h"
#include "lib/config/settings.h"

namespace postrider::config {

// inet_protocols, as far as this kernel can.
struct Protocols {
    bool ipv4 = true;
    bool ipv6 = true;
    bool allows(const SocketAddress& address) const { return address.is_ipv6() ? ipv6 : ipv4; }
};
// Fatal when the value is not understood.
Protocols protocols_in_use(const Settings& settings);

class OwnAddresses {
  public:
    // inet_interfaces ("all", "loopback-only", addresses, host names) and proxy_interfaces.  Host names are
    // looked up here and now; one that cannot be found is fatal for inet_interfaces, as Postfix has it.
    explicit OwnAddresses(const Settings& settings);

    // Mail is received at this address; port and IPv4-mapping do not count.
    bool receives_at(const SocketAddress& address) const;
    // A translator or proxy passes on what arrives at this address.
    bool is_proxied(const SocketAddress& address) const;
    bool is_own(const SocketAddress& address) const { return receives_at(address) || is_proxied(address); }
    // As is_own(), of "192.0.2.1" or "2001:db8::1"; false for any other text.
    bool contains(std::string_view ip) const {
        const auto address = SocketAddress::from_ip(ip);
        return address && is_own(*address);
    }

    const std::vector<SocketAddress>& interfaces() const { return interfaces_; }
    const std::vector<SocketAddress>& proxies() const { return proxies_; }

  private:
    std::vector<SocketAddress> interfaces_;
    std::vector<SocketAddress> proxies_;
};

// Addresses of a host name or the address itself, blocking; for start-up.  Empty when there are none.
std::vector<SocketAddress> resolve_host_now(const std::string& host, Protocols protocols);

}  // namespace postrider::config
