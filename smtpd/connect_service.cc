// smtpd/connect_service.cc - connections to servers that main.cf names.
#include "smtpd/connect_service.h"

#include "lib/async/connect.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/dns/native.h"
#include "lib/ipc/client.h"

namespace postrider::smtpd {

Task<Result<Fd>> connect_service(std::string endpoint, async::Deadline deadline) {
    if (endpoint.starts_with("unix:")) {
        std::string path = endpoint.substr(5);
        Result<Fd> connected = co_await ipc::connect_unix(path, deadline);
        if (connected) co_return connected;
        // "connect to PATH: reason"
        co_return Error{connected.error().substr(connected.error().rfind(": ") + 2)};
    }
    if (endpoint.starts_with("inet:")) endpoint.erase(0, 5);
    if (endpoint.find(':') == std::string::npos) endpoint.insert(0, 1, ':');
    const auto place = split_host_port(endpoint);
    const auto port = place ? find_tcp_port(place->port) : std::nullopt;
    if (!port) co_return Error{"bad address " + endpoint};
    std::string host = place->host.empty() ? "127.0.0.1" : place->host;
    std::vector<SocketAddress> addresses;
    const auto literal = SocketAddress::from_ip(host);
    if (literal) {
        addresses.push_back(*literal);
    } else {
        const dns::NativeAnswer answer = co_await dns::native_addresses(host, AF_UNSPEC);
        addresses = answer.addresses;
    }
    std::string problem = "host not found";
    for (const SocketAddress& address : addresses) {
        const SocketAddress destination = address.with_port(*port);
        const SocketAddress any_source;
        Result<Fd> connected = co_await async::connect_to(destination, any_source, deadline);
        if (connected) co_return connected;
        problem = connected.error();
    }
    co_return Error{problem};
}

}  // namespace postrider::smtpd
