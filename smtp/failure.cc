// smtp/failure.cc - why mail did not get through.
#include "smtp/failure.h"

#include <fmt/core.h>

#include <utility>

namespace postrider::smtp {

namespace {

Failure told_by(const Peer& peer, const Reply& reply, std::string reason) {
    Failure failure;
    failure.reason = std::move(reason);
    failure.diagnostic = reply.text();
    failure.remote_mta = peer.host;
    // Compat: a reply that makes no sense here (250 to DATA, 354 to RCPT) refuses the mail for good.
    const bool is_error = reply.klass() == 4 || reply.klass() == 5;
    failure.status = is_error ? reply.status : reply.foreign ? "4.5.0" : "5.5.0";
    return failure;
}

}  // namespace

Failure local_failure(std::string status, std::string reason) {
    Failure failure;
    failure.status = std::move(status);
    failure.reason = std::move(reason);
    return failure;
}

Failure local_data_error(const Peer& peer) {
    return local_failure("4.3.0",
                         fmt::format("local data error while talking to {}", peer.name_and_address()));
}

Failure connect_failure(const Peer& peer, std::string_view reason) {
    return local_failure("4.4.1", fmt::format("connect to {}: {}", peer.with_port(), reason));
}

Failure refused(const Peer& peer, const Reply& reply) {
    return told_by(peer, reply,
                   fmt::format("host {} refused to talk to me: {}", peer.name_and_address(), reply.text()));
}

Failure said(const Peer& peer, const Reply& reply, std::string_view command) {
    return told_by(peer, reply,
                   fmt::format("{}host {} said: {} (in reply to {})", reply.ok() ? "Protocol error: " : "",
                               peer.name_and_address(), reply.text(), command));
}

Failure gone(const Peer& peer, async::PeerGone::Why why, std::string_view doing) {
    const std::string name = peer.name_and_address();
    if (why == async::PeerGone::Why::timed_out)
        return local_failure("4.4.2", fmt::format("conversation with {} timed out while {}", name, doing));
    return local_failure("4.4.2", fmt::format("lost connection with {} while {}", name, doing));
}

}  // namespace postrider::smtp
