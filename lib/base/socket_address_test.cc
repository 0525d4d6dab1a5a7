// lib/base/socket_address_test.cc - addresses as values.
#include "lib/base/socket_address.h"

#include <catch2/catch.hpp>

using namespace postrider;

TEST_CASE("IP addresses are parsed and printed", "[base]") {
    struct Row {
        const char* text;
        const char* host;  // nullptr: no address
        int family;
    };
    const Row rows[] = {
        {"192.0.2.1", "192.0.2.1", AF_INET},
        {"[192.0.2.1]", "192.0.2.1", AF_INET},
        {"2001:DB8::1", "2001:db8::1", AF_INET6},
        {"[IPv6:2001:db8::1]", "2001:db8::1", AF_INET6},
        {"ipv6:::1", "::1", AF_INET6},
        {"192.0.2", nullptr, 0},
        {"192.0.2.256", nullptr, 0},
        {"1.2.3.4 ", nullptr, 0},
        {"", nullptr, 0},
        {"[]", nullptr, 0},
        {"2001:db8::1::2", nullptr, 0},
        {"host.example", nullptr, 0},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto address = SocketAddress::from_ip(row.text, 25);
        REQUIRE(address.has_value() == (row.host != nullptr));
        if (!address) continue;
        CHECK(address->host() == row.host);
        CHECK(address->family() == row.family);
        CHECK(address->port() == 25);
    }
}

TEST_CASE("an address and a port are parsed together", "[base]") {
    CHECK(SocketAddress::from_ip_and_port("192.0.2.1:25")->text() == "192.0.2.1:25");
    CHECK(SocketAddress::from_ip_and_port("[2001:db8::1]:2525")->text() == "[2001:db8::1]:2525");
    CHECK_FALSE(SocketAddress::from_ip_and_port("2001:db8::1:25"));
    CHECK_FALSE(SocketAddress::from_ip_and_port("192.0.2.1"));
    CHECK_FALSE(SocketAddress::from_ip_and_port("192.0.2.1:65536"));
}

TEST_CASE("an IPv4 address mapped into IPv6 is taken out", "[base]") {
    const auto address = SocketAddress::from_ip("::ffff:192.0.2.7", 99);
    REQUIRE(address->is_mapped_ipv4());
    CHECK(address->unmapped().text() == "192.0.2.7:99");
    CHECK(SocketAddress::from_ip("::1")->unmapped().host() == "::1");
}

TEST_CASE("reverse lookup names", "[base]") {
    CHECK(SocketAddress::from_ip("192.0.2.1")->reverse_name() == "1.2.0.192.in-addr.arpa");
    CHECK(SocketAddress::from_ip("2001:db8::1")->reverse_name() ==
          "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    CHECK(SocketAddress::from_path("/tmp/x")->reverse_name().empty());
}

TEST_CASE("networks are compared by their leading bits", "[base]") {
    const auto a = *SocketAddress::from_ip("192.0.2.130");
    CHECK(in_same_network(a, *SocketAddress::from_ip("192.0.2.200"), 25));
    CHECK_FALSE(in_same_network(a, *SocketAddress::from_ip("192.0.2.1"), 25));
    CHECK(in_same_network(a, *SocketAddress::from_ip("10.0.0.1"), 0));
    CHECK_FALSE(in_same_network(a, *SocketAddress::from_ip("::1"), 0));
    CHECK_FALSE(in_same_network(a, a, 33));
}

TEST_CASE("TCP ports are numbers, known names or services", "[base]") {
    const char* known = "lmtp=24, smtp=25, smtps=submissions=465, submission=587";
    CHECK(find_tcp_port("2525") == 2525);
    CHECK(find_tcp_port("smtps", known) == 465);
    CHECK(find_tcp_port("submissions", known) == 465);
    CHECK(find_tcp_port("LMTP", known) == 24);
    CHECK_FALSE(find_tcp_port("no-such-service", known));
    CHECK_FALSE(find_tcp_port("70000"));
    CHECK_FALSE(find_tcp_port("0"));
}

TEST_CASE("a host and its port are taken apart", "[base]") {
    struct Row {
        const char* text;
        const char* host;
        const char* port;
        bool bracketed;
    };
    const Row rows[] = {
        {"mx.example", "mx.example", "", false},
        {"mx.example:587", "mx.example", "587", false},
        {"[mx.example]", "mx.example", "", true},
        {"[mx.example]:smtp", "mx.example", "smtp", true},
        {"[2001:db8::1]:25", "2001:db8::1", "25", true},
        {"2001:db8::1", "2001:db8::1", "", false},
        {":25", "", "25", false},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto parts = split_host_port(row.text);
        REQUIRE(parts);
        CHECK(parts->host == row.host);
        CHECK(parts->port == row.port);
        CHECK(parts->bracketed == row.bracketed);
    }
    for (const char* text : {"", "[]", "[a", "[a]b", "[a]:", "a:"}) {
        INFO(text);
        CHECK_FALSE(split_host_port(text));
    }
}

TEST_CASE("a listening socket knows its address", "[base]") {
    auto fd = listen_on(*SocketAddress::from_ip("127.0.0.1", 0), 5);
    REQUIRE(fd);
    CHECK(local_address(fd->get()).host() == "127.0.0.1");
    CHECK(local_address(fd->get()).port() != 0);
    CHECK_FALSE(peer_address(fd->get()).is_set());
}
