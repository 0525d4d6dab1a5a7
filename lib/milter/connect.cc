// lib/milter/connect.cc - a connection to a mail filter.
#include "lib/milter/connect.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "lib/async/connect.h"
#include "lib/base/socket_address.h"
#include "lib/dns/native.h"
#include "lib/ipc/client.h"

namespace postrider::milter {

namespace {

// Packets are sent whole: waiting for more would only delay them.
void send_at_once(int fd) {
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace

Task<Result<Fd>> connect_to_filter(std::string endpoint, async::Deadline deadline) {
    const std::size_t colon = endpoint.find(':');
    const std::string type = endpoint.substr(0, colon);
    const std::string place = endpoint.substr(colon + 1);
    if (type == "unix") {
        std::string path = place;
        Result<Fd> connected = co_await ipc::connect_unix(path, deadline);
        if (connected) co_return connected;
        // "connect to PATH: reason"
        const std::string& text = connected.error();
        const std::size_t reason = text.rfind(": ");
        co_return Error{reason == std::string::npos ? text : text.substr(reason + 2)};
    }
    const auto parts = split_host_port(place);
    const auto port = parts ? find_tcp_port(parts->port) : std::nullopt;
    if (!port) co_return Error{"bad address"};
    const int family = type == "inet6" ? AF_INET6 : AF_UNSPEC;
    std::string host = parts->host;
    if (host.empty()) host = family == AF_INET6 ? "::1" : "127.0.0.1";
    std::vector<SocketAddress> addresses;
    if (const auto literal = SocketAddress::from_ip(host)) {
        addresses.push_back(*literal);
    } else {
        const dns::NativeAnswer answer = co_await dns::native_addresses(host, family);
        addresses = answer.addresses;
    }
    std::string problem = "host not found";
    for (const SocketAddress& address : addresses) {
        const SocketAddress destination = address.with_port(*port);
        const SocketAddress any_source;
        Result<Fd> connected = co_await async::connect_to(destination, any_source, deadline);
        if (connected) {
            send_at_once(connected->get());
            co_return connected;
        }
        problem = connected.error();
    }
    co_return Error{problem};
}

}  // namespace postrider::milter
