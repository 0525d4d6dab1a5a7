// lib/base/socket_address.cc - an IPv4, IPv6 or UNIX socket address as a value.
#include "lib/base/socket_address.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>

#include <bit>
#include <cstring>
#include <memory>

#include "lib/base/file.h"
#include "lib/base/tcp_window.h"
#include "lib/base/text.h"

namespace postrider {

namespace {

constexpr unsigned char mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

const sockaddr_in& as_ipv4(const sockaddr_storage& any) {
    return reinterpret_cast<const sockaddr_in&>(any);
}
const sockaddr_in6& as_ipv6(const sockaddr_storage& any) {
    return reinterpret_cast<const sockaddr_in6&>(any);
}

// "%eth0" or "%3" after a link-local address; nothing when there is no such interface.
std::optional<std::uint32_t> scope_number(std::string_view zone) {
    if (const auto number = parse_unsigned(zone)) return static_cast<std::uint32_t>(*number);
    const unsigned index = ::if_nametoindex(std::string(zone).c_str());
    if (index == 0) return std::nullopt;
    return index;
}

std::optional<SocketAddress> ipv6_from(std::string_view text, std::uint16_t port) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    if (const std::size_t percent = text.find('%'); percent != std::string_view::npos) {
        const auto scope = scope_number(text.substr(percent + 1));
        if (!scope) return std::nullopt;
        address.sin6_scope_id = *scope;
        text = text.substr(0, percent);
    }
    if (::inet_pton(AF_INET6, std::string(text).c_str(), &address.sin6_addr) != 1) return std::nullopt;
    return SocketAddress(reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

std::optional<SocketAddress> ipv4_from(std::string_view text, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (::inet_pton(AF_INET, std::string(text).c_str(), &address.sin_addr) != 1) return std::nullopt;
    return SocketAddress(reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

std::optional<std::uint16_t> port_number(std::string_view text) {
    const auto number = parse_unsigned(text);
    if (!number || *number > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(*number);
}

}  // namespace

SocketAddress::SocketAddress(const sockaddr* address, socklen_t length) {
    length_ = std::min<socklen_t>(length, sizeof(any_));
    std::memcpy(&any_, address, length_);
}

std::optional<SocketAddress> SocketAddress::from_ip(std::string_view text, std::uint16_t port) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
    if (starts_with_ignoring_case(text, "ipv6:")) return ipv6_from(text.substr(5), port);
    if (text.find(':') != std::string_view::npos) return ipv6_from(text, port);
    return ipv4_from(text, port);
}

std::optional<SocketAddress> SocketAddress::from_ip_and_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = port_number(text.substr(colon + 1));
    const std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
    if (!port || (!bracketed && host.find(':') != std::string_view::npos)) return std::nullopt;
    return from_ip(host, *port);
}

std::optional<SocketAddress> SocketAddress::from_path(std::string_view path) {
    sockaddr_un address{};
    if (path.empty() || path.size() >= sizeof(address.sun_path)) return std::nullopt;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return SocketAddress(reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

bool SocketAddress::is_loopback() const {
    if (is_ipv4()) return (ntohl(as_ipv4(any_).sin_addr.s_addr) >> 24) == 127;
    return is_ipv6() && IN6_IS_ADDR_LOOPBACK(&as_ipv6(any_).sin6_addr);
}

bool SocketAddress::is_wildcard() const {
    if (is_ipv4()) return as_ipv4(any_).sin_addr.s_addr == htonl(INADDR_ANY);
    return is_ipv6() && IN6_IS_ADDR_UNSPECIFIED(&as_ipv6(any_).sin6_addr);
}

bool SocketAddress::is_mapped_ipv4() const {
    return is_ipv6() && IN6_IS_ADDR_V4MAPPED(&as_ipv6(any_).sin6_addr);
}

std::string SocketAddress::host() const {
    char text[INET6_ADDRSTRLEN] = "";
    if (is_ipv4()) ::inet_ntop(AF_INET, &as_ipv4(any_).sin_addr, text, sizeof(text));
    if (is_ipv6()) ::inet_ntop(AF_INET6, &as_ipv6(any_).sin6_addr, text, sizeof(text));
    if (is_unix()) {
        const auto& path = reinterpret_cast<const sockaddr_un&>(any_).sun_path;
        return std::string(path, ::strnlen(path, sizeof(path)));
    }
    return text;
}

std::uint16_t SocketAddress::port() const {
    if (is_ipv4()) return ntohs(as_ipv4(any_).sin_port);
    if (is_ipv6()) return ntohs(as_ipv6(any_).sin6_port);
    return 0;
}

std::string SocketAddress::text() const {
    if (is_ipv4()) return fmt::format("{}:{}", host(), port());
    if (is_ipv6()) return fmt::format("[{}]:{}", host(), port());
    return host();
}

std::string SocketAddress::literal() const {
    return is_ipv6() ? "IPv6:" + host() : host();
}

std::string SocketAddress::bytes() const {
    if (is_ipv4()) return std::string(reinterpret_cast<const char*>(&as_ipv4(any_).sin_addr), 4);
    if (is_ipv6()) return std::string(reinterpret_cast<const char*>(&as_ipv6(any_).sin6_addr), 16);
    return "";
}

std::string SocketAddress::reverse_name() const {
    const std::string raw = bytes();
    std::string name;
    for (auto byte = raw.rbegin(); byte != raw.rend(); ++byte) {
        const unsigned value = static_cast<unsigned char>(*byte);
        name += is_ipv4() ? fmt::format("{}.", value) : fmt::format("{:x}.{:x}.", value & 15U, value >> 4U);
    }
    if (is_ipv4()) return name + "in-addr.arpa";
    return is_ipv6() ? name + "ip6.arpa" : "";
}

SocketAddress SocketAddress::with_port(std::uint16_t port) const {
    SocketAddress result = *this;
    if (is_ipv4()) reinterpret_cast<sockaddr_in&>(result.any_).sin_port = htons(port);
    if (is_ipv6()) reinterpret_cast<sockaddr_in6&>(result.any_).sin6_port = htons(port);
    return result;
}

SocketAddress SocketAddress::unmapped() const {
    if (!is_mapped_ipv4()) return *this;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = as_ipv6(any_).sin6_port;
    std::memcpy(&address.sin_addr, bytes().data() + sizeof(mapped_prefix), 4);
    return SocketAddress(reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

bool SocketAddress::same_host(const SocketAddress& other) const {
    if (family() != other.family()) return false;
    return is_unix() ? host() == other.host() : bytes() == other.bytes();
}

bool SocketAddress::operator==(const SocketAddress& other) const {
    return same_host(other) && port() == other.port();
}

SocketAddress local_address(int socket) {
    sockaddr_storage any{};
    socklen_t length = sizeof(any);
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&any), &length) != 0) return SocketAddress();
    return SocketAddress(reinterpret_cast<const sockaddr*>(&any), length).unmapped();
}

SocketAddress peer_address(int socket) {
    sockaddr_storage any{};
    socklen_t length = sizeof(any);
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&any), &length) != 0) return SocketAddress();
    return SocketAddress(reinterpret_cast<const sockaddr*>(&any), length).unmapped();
}

namespace {

void apply_tcp_window_size(int fd) {
    if (tcp_window_size == 0) return;
    for (const int which : {SO_SNDBUF, SO_RCVBUF})
        ::setsockopt(fd, SOL_SOCKET, which, &tcp_window_size, sizeof(tcp_window_size));
}

}  // namespace

Result<Fd> listen_on(const SocketAddress& address, int backlog) {
    Fd fd(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) return Error{fmt::format("socket for {}: {}", address.text(), errno_text())};
    const int on = 1;
    if (!address.is_unix()) ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (!address.is_unix()) apply_tcp_window_size(fd.get());
    if (address.is_ipv6()) ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
    if (::bind(fd.get(), address.get(), address.length()) != 0)
        return Error{fmt::format("bind {}: {}", address.text(), errno_text())};
    if (::listen(fd.get(), backlog) != 0)
        return Error{fmt::format("listen on {}: {}", address.text(), errno_text())};
    return fd;
}

Result<Fd> make_stream_socket(const SocketAddress& destination, const SocketAddress& source) {
    Fd fd(::socket(destination.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) return Error{fmt::format("socket: {}", errno_text())};
    if (!destination.is_unix()) apply_tcp_window_size(fd.get());
    if (source.is_set() && ::bind(fd.get(), source.get(), source.length()) != 0)
        return Error{fmt::format("bind {}: {}", source.host(), errno_text())};
    return fd;
}

std::vector<InterfaceAddress> interface_addresses() {
    std::vector<InterfaceAddress> found;
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) != 0) return found;
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, ::freeifaddrs);
    for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
        if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0) continue;
        const int family = entry->ifa_addr->sa_family;
        if (family != AF_INET && family != AF_INET6) continue;
        const socklen_t length = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        InterfaceAddress result{SocketAddress(entry->ifa_addr, length), family == AF_INET ? 32 : 128};
        if (entry->ifa_netmask != nullptr) {
            sockaddr_storage mask{};
            std::memcpy(&mask, entry->ifa_netmask, length);
            mask.ss_family = static_cast<sa_family_t>(family);
            result.prefix_bits = 0;
            for (const char c : SocketAddress(reinterpret_cast<const sockaddr*>(&mask), length).bytes())
                result.prefix_bits += std::popcount(static_cast<unsigned char>(c));
        }
        found.push_back(result);
    }
    return found;
}

bool ipv6_available() {
    const Fd fd(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return static_cast<bool>(fd);
}

bool in_same_network(const SocketAddress& a, const SocketAddress& b, int bits) {
    if (a.family() != b.family() || a.is_unix()) return false;
    const std::string first = a.bytes();
    const std::string second = b.bytes();
    if (bits < 0 || static_cast<std::size_t>(bits) > first.size() * 8) return false;
    const std::size_t whole = static_cast<std::size_t>(bits) / 8;
    if (first.compare(0, whole, second, 0, whole) != 0) return false;
    const unsigned rest = static_cast<unsigned>(bits) % 8;
    if (rest == 0) return true;
    const unsigned mask = 0xffU << (8U - rest);
    return ((static_cast<unsigned char>(first[whole]) ^ static_cast<unsigned char>(second[whole])) & mask &
            0xffU) == 0;
}

std::optional<std::uint16_t> find_tcp_port(std::string_view text, std::string_view known_ports) {
    if (all_digits(text)) {
        const auto number = port_number(text);
        return number && *number > 0 ? number : std::nullopt;
    }
    for (const std::string& entry : split_words(known_ports)) {
        // "submissions=smtps=465": several names of one port.
        const auto names = split(entry, '=');
        for (std::size_t i = 0; i + 1 < names.size(); ++i)
            if (equals_ignoring_case(names[i], text)) return port_number(names.back());
    }
    const servent* service = ::getservbyname(std::string(text).c_str(), "tcp");
    if (service == nullptr) return std::nullopt;
    return ntohs(static_cast<std::uint16_t>(service->s_port));
}

std::optional<HostPort> split_host_port(std::string_view text) {
    HostPort result;
    std::string_view rest;
    if (!text.empty() && text.front() == '[') {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos || end == 1) return std::nullopt;
        result.bracketed = true;
        result.host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
        if (rest.empty()) return result;
        if (rest.front() != ':') return std::nullopt;
    } else {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) {
            result.host = text;
            if (text.empty()) return std::nullopt;
            return result;
        }
        result.host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    result.port = rest.substr(1);
    if (result.port.empty()) return std::nullopt;
    return result;
}

}  // namespace postrider
