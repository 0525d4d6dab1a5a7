// lib/dns/native.h - host names through the system's own resolver: /etc/hosts, nsswitch.conf and what they
// name.
//
// Where nsswitch.conf asks for the hosts file and DNS alone, which is the rule on servers, both are asked
// here without blocking.  Otherwise getaddrinfo(3) and getnameinfo(3), which block, run on the worker pool.
#pragma once

#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/socket_address.h"
#include "lib/dns/record.h"

namespace postrider::dns {

struct NativeAnswer {
    Status status = Status::try_again;
    std::vector<SocketAddress> addresses;  // port 0, in the system's order
    std::string reason;                    // gai_strerror(3)'s words when status is not ok
};
// Addresses of a host; `family` is AF_INET, AF_INET6 or AF_UNSPEC for both.
Task<NativeAnswer> native_addresses(std::string host, int family);

struct NativeName {
    Status status = Status::try_again;
    std::string name;
    std::string reason;
};
// The name of an address.
Task<NativeName> native_name(SocketAddress address);

}  // namespace postrider::dns
