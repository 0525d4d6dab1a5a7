// lib/base/socket_address.h - an IPv4, IPv6 or UNIX socket address as a value.
//
// Parsing and printing never ask the name service.  Sockets made here are non-blocking and close-on-exec.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider {

class SocketAddress {
  public:
    // No address at all: family AF_UNSPEC.
    SocketAddress() = default;
    SocketAddress(const sockaddr* address, socklen_t length);

    // "192.0.2.1", "2001:db8::1", "fe80::1%eth0", also in square brackets or with the prefix "IPv6:" of mail
    // address literals.  Nothing when the text is anything else.
    static std::optional<SocketAddress> from_ip(std::string_view text, std::uint16_t port = 0);
    // "192.0.2.1:25", "[2001:db8::1]:25".
    static std::optional<SocketAddress> from_ip_and_port(std::string_view text);
    // Nothing when the path does not fit into a sockaddr_un.
    static std::optional<SocketAddress> from_path(std::string_view path);

    int family() const { return any_.ss_family; }
    bool is_set() const { return family() != AF_UNSPEC; }
    bool is_ipv4() const { return family() == AF_INET; }
    bool is_ipv6() const { return family() == AF_INET6; }
    bool is_unix() const { return family() == AF_UNIX; }
    bool is_loopback() const;
    bool is_wildcard() const;  // 0.0.0.0 or ::
    bool is_mapped_ipv4() const;

    // "192.0.2.1", "2001:db8::1", or the path.
    std::string host() const;
    std::uint16_t port() const;
    // "192.0.2.1:25", "[2001:db8::1]:25", or the path.
    std::string text() const;
    // The address as an SMTP address literal without brackets: "192.0.2.1", "IPv6:2001:db8::1".
    std::string literal() const;
    // Bytes of the IP address in network order: 4, 16 or 0 of them.
    std::string bytes() const;
    // The name whose PTR record tells the host name; "" for UNIX sockets.
    std::string reverse_name() const;

    SocketAddress with_port(std::uint16_t port) const;
    // An IPv4 address mapped into IPv6 as the IPv4 address itself; others unchanged.
    SocketAddress unmapped() const;
    bool same_host(const SocketAddress& other) const;  // port and scope do not count
    bool operator==(const SocketAddress& other) const;

    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&any_); }
    socklen_t length() const { return length_; }

  private:
    sockaddr_storage any_{};
    socklen_t length_ = 0;
};

// The addresses of a connected socket, IPv4-mapped ones unmapped; unset on any failure.
SocketAddress local_address(int socket);
SocketAddress peer_address(int socket);

// A stream socket bound and listening.  The error is "bind ADDRESS: reason" and the like.
Result<Fd> listen_on(const SocketAddress& address, int backlog);
// A stream socket for an outgoing connection, bound to `source` when that is set.
Result<Fd> make_stream_socket(const SocketAddress& destination,
                              const SocketAddress& source = SocketAddress());

// An address of this machine with its network's prefix length in bits.
struct InterfaceAddress {
    SocketAddress address;
    int prefix_bits = 0;
};
// Addresses of all interfaces that are up, in the kernel's order.
std::vector<InterfaceAddress> interface_addresses();
// This kernel can make IPv6 sockets.
bool ipv6_available();
// The first `bits` bits of two addresses of one family are equal.
bool in_same_network(const SocketAddress& a, const SocketAddress& b, int bits);

// "25" or a service name as a TCP port.  `known_ports` has the form of known_tcp_ports ("smtp=25, ...") and
// is asked before services(5).
std::optional<std::uint16_t> find_tcp_port(std::string_view text, std::string_view known_ports = "");

// The host and port of "host:port", "[host]:port", "[host]", "host", ":port" (no host); brackets are dropped.
// An unbracketed IPv6 address is a host without port.  Nothing when brackets do not match, or nothing follows
// a colon.
struct HostPort {
    std::string host;
    std::string port;  // "" when the text has none
    bool bracketed = false;
};
std::optional<HostPort> split_host_port(std::string_view text);

}  // namespace postrider
