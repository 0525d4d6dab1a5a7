// lib/dns/client_name.h - the host name of a client, and whether it may be believed.
#pragma once

#include <string>

#include "lib/async/task.h"
#include "lib/base/socket_address.h"

namespace postrider::dns {

enum class NameStatus {
    ok,
    permanent_failure,  // there is no name
    temporary_failure,  // the name service did not answer
    forged,             // there is a name, but it has not this address
};

struct ClientName {
    std::string name = "unknown";          // verified: the name's addresses include the client's
    std::string reverse_name = "unknown";  // what the address lookup said, verified or not
    NameStatus status = NameStatus::permanent_failure;
    NameStatus reverse_status = NameStatus::permanent_failure;
};

// Asks the system's resolver for the name of the address and for the addresses of that name.  A name that
// does not resolve back is logged: "hostname H does not resolve to address A[: reason]".
Task<ClientName> verify_client_name(SocketAddress address);

}  // namespace postrider::dns
