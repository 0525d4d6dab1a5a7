// smtp/failure.h - why mail did not get through to a server or a recipient, worded as log readers know it.
#pragma once

#include <string>
#include <string_view>

#include "lib/async/stream.h"
#include "smtp/peer.h"
#include "smtp/reply.h"

namespace postrider::smtp {

struct Failure {
    std::string status;  // "4.4.1"; its first digit decides whether to try again
    std::string reason;  // the text in parentheses of the log line
    // The server's own words and name; empty when we found the failure ourselves.
    std::string diagnostic;
    std::string remote_mta;
    // Permanent at this server, but another one may do better.
    bool this_server_only = false;

    bool is_temporary() const { return !status.empty() && status.front() == '4'; }
};

// Found by ourselves.
Failure local_failure(std::string status, std::string reason);
// A table of ours cannot be asked in the middle of a session.
Failure local_data_error(const Peer& peer);
// "connect to h[a]:25: Connection refused", 4.4.1.
Failure connect_failure(const Peer& peer, std::string_view reason);
// "host h[a] refused to talk to me: 421 ...".
Failure refused(const Peer& peer, const Reply& reply);
// "host h[a] said: 550 ... (in reply to RCPT TO command)".
Failure said(const Peer& peer, const Reply& reply, std::string_view command);
// "lost connection with h[a] while sending RCPT TO", "conversation with h[a] timed out while ...", 4.4.2.
Failure gone(const Peer& peer, async::PeerGone::Why why, std::string_view doing);

}  // namespace postrider::smtp
