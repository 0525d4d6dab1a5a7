// lib/daemon/proxy_header.h - the header by which a proxy tells who the client is: HAProxy's PROXY protocol,
// versions 1 and 2 (https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "lib/async/loop.h"
#include "lib/base/result.h"
#include "lib/base/socket_address.h"

namespace postrider::daemon {

// Both ends of a client's connection, as they are or as somebody in between has told.
struct Endpoints {
    SocketAddress client;
    SocketAddress server;
    bool are_set() const { return client.is_set(); }
};

struct ProxyHeader {
    enum class State {
        need_more,  // what is there is the start of a header
        complete,
        none,       // the bytes are no PROXY header at all
        malformed,  // they begin like one
    };
    State state = State::need_more;
    std::size_t length = 0;  // of a complete header; what follows is the client's
    bool local = false;      // the proxy speaks for itself, or does not know: the connection's own addresses
    Endpoints endpoints;     // unset when local
    std::string reason;      // of none and malformed
};

// What no header may be longer than, with its TLVs.
inline constexpr std::size_t proxy_header_limit = 4096;

// Looks at the first bytes of a connection.
ProxyHeader parse_proxy_header(std::string_view bytes);

// Reads exactly one header from a non-blocking socket; not a byte of what follows.  Unset endpoints: the
// connection's own addresses count.  The error is the reason for the log; a cancelled wait throws Cancelled.
Task<Result<Endpoints>> receive_proxy_header(int socket, async::Deadline deadline);

}  // namespace postrider::daemon
