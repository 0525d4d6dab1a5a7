// lib/config/machine.h - defaults that depend on the machine or on the running program.
#pragma once

#include <string>
#include <vector>

namespace postrider::config {

class Settings;

// The configuration directory of these settings, else the built-in one.
std::string directory_in_use(const Settings& settings);
// The host name, completed with mydomain (when main.cf sets it) or "localdomain" if it has no dot.
std::string default_myhostname(const Settings& settings);
// myhostname without its first label, "localdomain" when it has only one.
std::string default_mydomain(const Settings& settings);
// The networks of the addresses in inet_interfaces, as wide as mynetworks_style says.
std::string default_mynetworks(const Settings& settings);
// The last part of argv[0].
std::string program_name();
std::string own_process_id();

// An address of a network interface with the length of its prefix.
struct InterfaceAddress {
    std::string address;  // "192.0.2.1", "::1"; no zone
    bool is_ipv6 = false;
    int prefix_length = 0;
};
std::vector<InterfaceAddress> interface_addresses();

// "192.0.2.0/24" or "[fd00::]/64": the network that `length` bits of the address name; nothing for a bad
// address.
std::string network_of(const InterfaceAddress& address, int length);

}  // namespace postrider::config
