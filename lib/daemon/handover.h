// lib/daemon/handover.h - giving an accepted client to another service: the "pass" type of master.cf.
//
// The giver connects to the service, sends the client's descriptor (SCM_RIGHTS) on one byte, then the
// attributes of PassedClient, which count for more than what the descriptor says: a proxy may have told other
// addresses.
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/daemon/proxy_header.h"

namespace postrider::daemon {

struct PassedClient {
    std::string client_address;
    std::string client_port;
    std::string server_address;
    std::string server_port;
    template <class Visitor>
    void attributes(Visitor&& visit) {
        visit("client_address", client_address);
        visit("client_port", client_port);
        visit("server_address", server_address);
        visit("server_port", server_port);
    }
};

// A client, and its addresses; unset when the giver did not tell them.
struct Handover {
    Handover(Fd descriptor, Endpoints addresses)
        : client(std::move(descriptor)), endpoints(std::move(addresses)) {}
    Fd client;
    Endpoints endpoints;
};

// Sends a client to the service whose socket is `path`; the caller keeps its descriptor.  The connection
// returned reads end of file once the service has taken the client.
Task<Result<Fd>> hand_over(std::string path, int client, Endpoints endpoints, async::Deadline deadline);
// The other side, on an accepted connection.
Task<Result<Handover>> take_over(Fd carrier, async::Deadline deadline);

}  // namespace postrider::daemon
