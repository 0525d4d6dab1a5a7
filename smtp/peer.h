// smtp/peer.h - a server, as logs name it.
#pragma once

#include <fmt/core.h>

#include <string>

#include "lib/base/socket_address.h"

namespace postrider::smtp {

struct Peer {
    std::string host;       // name the address was found under; for a UNIX socket our own
    SocketAddress address;  // with port

    // "mx.example.com[192.0.2.1]", "myhost[/path/of/socket]".
    std::string name_and_address() const { return fmt::format("{}[{}]", host, address.host()); }
    // "mx.example.com[192.0.2.1]:25": relay= of the log; a UNIX socket has no port.
    std::string with_port() const {
        return address.is_unix() ? name_and_address()
                                 : fmt::format("{}:{}", name_and_address(), address.port());
    }
};

}  // namespace postrider::smtp
