// smtpd/client.cc - who is at the other end of a session.
#include "smtpd/client.h"

namespace postrider::smtpd {

void Client::set_address(const SocketAddress& peer) {
    address = peer.host();
    is_ipv6 = peer.is_ipv6();
}

std::string Client::literal() const {
    return is_ipv6 ? "IPv6:" + address : address;
}

std::string Client::label(bool with_port) const {
    std::string label = name + "[" + address + "]";
    if (with_port) label += ":" + port;
    return label;
}

std::string Forwarded::label() const {
    return address == "unknown" ? name : name + "[" + address + "]";
}

}  // namespace postrider::smtpd
