// lib/tables/network.h - patterns of IP addresses: "192.0.2.0/24", "2001:db8::/32", "[::1]", "192.0.2.1".
#pragma once

#include <string>
#include <string_view>

#include "lib/base/result.h"

namespace postrider::tables {

// The bytes of an IP address in network order, 4 or 16 of them; empty when the text is none.  No brackets, no
// leading zeros, no scope.
std::string ip_bytes(std::string_view text);

// One network or host.
class NetworkPattern {
  public:
    // The error is the reason as Postfix words it, e.g. `bad net/mask pattern: "1.2.3.4/x"`.
    static Result<NetworkPattern> parse(std::string_view text);
    // `address`: from ip_bytes().  An IPv4-mapped IPv6 address is an IPv6 address.
    bool contains(std::string_view address) const;
    bool is_same_family(std::string_view address) const { return address.size() == bytes_.size(); }

  private:
    std::string bytes_;
    int bits_ = 0;
};

}  // namespace postrider::tables
