// lib/config/own_addresses_test.cc - the machine's own addresses.
#include "lib/config/own_addresses.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::config;

TEST_CASE("own addresses are those of inet_interfaces and proxy_interfaces", "[config]") {
    const Settings settings = Settings::from_text(
        "inet_interfaces = 192.0.2.1, [2001:db8::1]\n"
        "inet_protocols = all\n"
        "proxy_interfaces = 198.51.100.7\n");
    const OwnAddresses own(settings);
    CHECK(own.receives_at(*SocketAddress::from_ip("192.0.2.1", 25)));
    CHECK(own.receives_at(*SocketAddress::from_ip("::ffff:192.0.2.1")));
    CHECK_FALSE(own.receives_at(*SocketAddress::from_ip("198.51.100.7")));
    CHECK(own.is_own(*SocketAddress::from_ip("198.51.100.7")));
    CHECK_FALSE(own.is_own(*SocketAddress::from_ip("192.0.2.2")));
}

TEST_CASE("inet_interfaces = loopback-only names loopback addresses alone", "[config]") {
    const Settings settings = Settings::from_text("inet_interfaces = loopback-only\ninet_protocols = ipv4\n");
    const OwnAddresses own(settings);
    for (const SocketAddress& address : own.interfaces()) CHECK(address.is_loopback());
    CHECK_FALSE(own.is_own(*SocketAddress::from_ip("::1")));
}

TEST_CASE("inet_protocols names the protocols in use", "[config]") {
    CHECK_FALSE(protocols_in_use(Settings::from_text("inet_protocols = ipv4\n")).ipv6);
    CHECK_FALSE(protocols_in_use(Settings::from_text("inet_protocols = ipv6\n")).ipv4);
    CHECK(protocols_in_use(Settings::from_text("inet_protocols = IPv4, ipv6\n")).ipv4);
}
