// lib/ipc/dial.cc - connections to servers that main.cf names.
#include "lib/ipc/dial.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <vector>

#include "lib/async/connect.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/dns/native.h"
#include "lib/ipc/client.h"

namespace postrider::ipc {

namespace {

// Questions and answers are short and sent whole: waiting for more would only delay them.
void send_at_once(int fd) {
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Task<Result<Fd>> dial_unix(std::string path, async::Deadline deadline) {
    Result<Fd> connected = co_await connect_unix(path, deadline);
    if (connected) co_return connected;
    // "connect to PATH: reason"
    const std::string& text = connected.error();
    const std::size_t reason = text.rfind(": ");
    co_return Error{reason == std::string::npos ? text : text.substr(reason + 2)};
}

}  // namespace

Task<Result<Fd>> dial(std::string endpoint, async::Deadline deadline) {
    if (endpoint.starts_with("unix:")) {
        std::string path = endpoint.substr(5);
        Result<Fd> connected = co_await dial_unix(std::move(path), deadline);
        co_return connected;
    }
    int family = AF_UNSPEC;
    if (endpoint.starts_with("inet6:")) {
        family = AF_INET6;
        endpoint.erase(0, 6);
    } else if (endpoint.starts_with("inet:")) {
        endpoint.erase(0, 5);
    }
    if (endpoint.find(':') == std::string::npos) endpoint.insert(0, 1, ':');
    const auto place = split_host_port(endpoint);
    const auto port = place ? find_tcp_port(place->port) : std::nullopt;
    if (!port) co_return Error{"bad address " + endpoint};
    std::string host = place->host;
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

}  // namespace postrider::ipc
