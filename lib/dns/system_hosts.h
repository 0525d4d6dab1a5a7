// lib/dns/system_hosts.h - /etc/hosts, and what nsswitch.conf(5) says about host names.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/socket_address.h"

namespace postrider::dns {

// The content of a hosts(5) file.
class HostsTable {
  public:
    static HostsTable parse(std::string_view text);
    // Addresses of a host name or alias in any case; `family` AF_UNSPEC: of both.
    std::vector<SocketAddress> addresses(std::string_view name, int family) const;
    // The name on the first line of the address; "" when there is none.
    std::string name_of(const SocketAddress& address) const;

  private:
    std::map<std::string, std::vector<SocketAddress>, std::less<>> by_name_;
    std::map<std::string, std::string> by_address_;  // raw bytes of the address
};

// Whether the "hosts:" line of nsswitch.conf asks for the hosts file, then DNS, and for nothing else.  That
// is also what holds without such a line.
bool asks_files_then_dns(std::string_view nsswitch);

// /etc/hosts of this moment, looked at once every two seconds.
const HostsTable& system_hosts();
// /etc/nsswitch.conf of this moment, likewise.
bool system_asks_files_then_dns();

}  // namespace postrider::dns
