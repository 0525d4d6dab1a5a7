// commands/posttls-finger/target.h - which hosts a destination stands for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/posttls-finger/options.h"
#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/base/socket_address.h"
#include "lib/config/own_addresses.h"

namespace postrider::posttls_finger {

struct Host {
    std::string name;
    SocketAddress address;
    unsigned preference = 0;
    std::string canonical{};  // after CNAMEs
    bool secure = false;      // DNSSEC vouches for the address
    // "mx.example.com[192.0.2.1]:25", or "myhost[/path]".
    std::string text() const;
};

struct Target {
    std::string nexthop;  // the domain or host of the destination
    std::vector<Host> hosts;
    bool has_exchange = false;     // an MX record named the hosts
    bool secure_exchange = false;  // and DNSSEC vouches for it
    std::string exchange_name;     // whose records they are, after CNAMEs
};

// "domain", "domain:port", "[host]", "[host]:port"; LMTP: "inet:host:port", "unix:path".  The error is one
// line.
Task<Result<Target>> find_target(const Options& options, std::string own_name, config::Protocols protocols);

}  // namespace postrider::posttls_finger
