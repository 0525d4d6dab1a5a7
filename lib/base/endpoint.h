// lib/base/endpoint.h - where a test program connects to or listens: "[inet:]host[:port]" or "unix:path".
#pragma once

#include <string>
#include <string_view>

#include "lib/base/result.h"
#include "lib/base/socket_address.h"

namespace postrider {

// The address; host names are asked of the system, blocking.  `family`: AF_UNSPEC, AF_INET or AF_INET6.  An
// empty host (":port") is the wildcard address when `listening`, else this machine.  Without a port
// `default_port`.
Result<SocketAddress> find_endpoint(std::string_view text, std::string_view default_port, int family,
                                    bool listening);

}  // namespace postrider
