// lib/config/machine.cc - defaults that depend on the machine or on the running program.
#include "lib/config/machine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fmt/core.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/settings.h"

namespace postrider::config {

namespace {

constexpr std::string_view last_resort_domain = "localdomain";

int count_bits(const std::uint8_t* bytes, std::size_t size) {
    int bits = 0;
    for (std::size_t i = 0; i < size; ++i) bits += std::popcount(bytes[i]);
    return bits;
}

// The length of the network that the first bits of an IPv4 address once stood for.
int class_length(const std::string& address) {
    in_addr parsed{};
    if (inet_pton(AF_INET, address.c_str(), &parsed) != 1) return 32;
    const std::uint32_t bits = ntohl(parsed.s_addr);
    if ((bits & 0x80000000U) == 0) return 8;
    if ((bits & 0x40000000U) == 0) return 16;
    if ((bits & 0x20000000U) == 0) return 24;
    return 32;
}

// The addresses that an element of inet_interfaces stands for: itself, or those of a host name.
std::vector<std::string> addresses_of(std::string_view element) {
    if (element.starts_with('[') && element.ends_with(']')) element = element.substr(1, element.size() - 2);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    std::vector<std::string> addresses;
    if (getaddrinfo(std::string(element).c_str(), nullptr, &hints, &found) != 0) return addresses;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                        NI_NUMERICHOST) == 0)
            addresses.emplace_back(text.data());
    }
    freeaddrinfo(found);
    return addresses;
}

// inet_interfaces with host names replaced by their addresses.
std::vector<std::string> listed_interfaces(const Settings& settings) {
    std::vector<std::string> listed;
    for (const std::string& element : split_words(settings[inet_interfaces])) {
        if (element == "all" || element == "loopback-only") {
            listed.push_back(element);
            continue;
        }
        const auto addresses = addresses_of(element);
        listed.insert(listed.end(), addresses.begin(), addresses.end());
    }
    return listed;
}

bool is_wanted(const InterfaceAddress& address, const std::vector<std::string>& interfaces,
               const std::vector<std::string>& protocols) {
    const std::string_view family = address.is_ipv6 ? "ipv6" : "ipv4";
    if (std::none_of(protocols.begin(), protocols.end(),
                     [&](const std::string& one) { return one == "all" || one == family; }))
        return false;
    return std::any_of(interfaces.begin(), interfaces.end(), [&](const std::string& one) {
        if (one == "all") return true;
        if (one == "loopback-only") return address.address.starts_with("127.") || address.address == "::1";
        return one == address.address;
    });
}

std::string format(const void* bytes, bool is_ipv6, int length) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(is_ipv6 ? AF_INET6 : AF_INET, bytes, text.data(), text.size());
    return is_ipv6 ? fmt::format("[{}]/{}", text.data(), length) : fmt::format("{}/{}", text.data(), length);
}

InterfaceAddress describe(const sockaddr* address, const sockaddr* mask) {
    InterfaceAddress found;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address->sa_family == AF_INET) {
        const auto* ip = reinterpret_cast<const sockaddr_in*>(address);
        inet_ntop(AF_INET, &ip->sin_addr, text.data(), text.size());
        const auto* bits = reinterpret_cast<const sockaddr_in*>(mask);
        found.prefix_length =
            mask == nullptr ? 32 : count_bits(reinterpret_cast<const std::uint8_t*>(&bits->sin_addr), 4);
    } else {
        const auto* ip = reinterpret_cast<const sockaddr_in6*>(address);
        inet_ntop(AF_INET6, &ip->sin6_addr, text.data(), text.size());
        const auto* bits = reinterpret_cast<const sockaddr_in6*>(mask);
        found.prefix_length =
            mask == nullptr ? 128 : count_bits(reinterpret_cast<const std::uint8_t*>(&bits->sin6_addr), 16);
        found.is_ipv6 = true;
    }
    found.address = text.data();
    return found;
}

}  // namespace

std::string directory_in_use(const Settings& settings) {
    return settings.config_directory().empty() ? places::config_directory() : settings.config_directory();
}

std::string default_myhostname(const Settings& settings) {
    std::array<char, 256> name{};
    std::string host = gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
    if (host.find('.') != std::string::npos) return host;
    const auto domain = settings.explicit_value("mydomain");
    if (domain && !domain->value.empty()) return host + ".$mydomain";
    return fmt::format("{}.{}", host, last_resort_domain);
}

std::string default_mydomain(const Settings& settings) {
    const auto configured = settings.value_of("myhostname");
    const std::string::size_type dot = configured ? configured->find('.') : std::string::npos;
    return dot == std::string::npos ? std::string(last_resort_domain) : configured->substr(dot + 1);
}

std::string default_mynetworks(const Settings& settings) {
    const std::string& style = settings[mynetworks_style];
    const auto interfaces = listed_interfaces(settings);
    const auto protocols = split_words(settings[inet_protocols]);
    std::vector<std::string> networks;
    for (const InterfaceAddress& address : interface_addresses()) {
        if (!is_wanted(address, interfaces, protocols)) continue;
        const int all_bits = address.is_ipv6 ? 128 : 32;
        int length = address.prefix_length;
        if (style == "host") length = all_bits;
        if (style == "class" && !address.is_ipv6) length = class_length(address.address);
        std::string network = network_of(address, length);
        if (std::find(networks.begin(), networks.end(), network) == networks.end())
            networks.push_back(std::move(network));
    }
    return join(networks, " ");
}

std::string program_name() {
    return base_name(program_invocation_name);
}
std::string own_process_id() {
    return std::to_string(getpid());
}

std::vector<InterfaceAddress> interface_addresses() {
    std::vector<InterfaceAddress> addresses;
    ifaddrs* list = nullptr;
    if (getifaddrs(&list) != 0) return addresses;
    for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr || (one->ifa_flags & IFF_UP) == 0) continue;
        if (one->ifa_addr->sa_family != AF_INET && one->ifa_addr->sa_family != AF_INET6) continue;
        addresses.push_back(describe(one->ifa_addr, one->ifa_netmask));
    }
    freeifaddrs(list);
    return addresses;
}

std::string network_of(const InterfaceAddress& address, int length) {
    std::array<std::uint8_t, 16> bytes{};
    if (inet_pton(address.is_ipv6 ? AF_INET6 : AF_INET, address.address.c_str(), bytes.data()) != 1)
        return "";
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int kept = std::clamp(length - static_cast<int>(i) * 8, 0, 8);
        bytes[i] = static_cast<std::uint8_t>(bytes[i] & (0xff00 >> kept));
    }
    return format(bytes.data(), address.is_ipv6, length);
}

}  // namespace postrider::config
