// lib/daemon/handover.cc - giving an accepted client to another service.
#include "lib/daemon/handover.h"

#include <sys/socket.h>

#include <cerrno>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/ipc/attributes.h"
#include "lib/ipc/client.h"

namespace postrider::daemon {

namespace {

constexpr std::size_t attributes_limit = 2048;

PassedClient describe(const Endpoints& endpoints) {
    PassedClient client;
    client.client_address = endpoints.client.host();
    client.client_port = std::to_string(endpoints.client.port());
    client.server_address = endpoints.server.host();
    client.server_port = std::to_string(endpoints.server.port());
    return client;
}

SocketAddress address_of(const std::string& host, const std::string& port) {
    const auto number = parse_unsigned(port);
    if (!number || *number > 65535) return {};
    return SocketAddress::from_ip(host, static_cast<std::uint16_t>(*number)).value_or(SocketAddress());
}

Endpoints read_endpoints(std::string_view attributes) {
    const auto told = ipc::decode<PassedClient>(attributes);
    if (!told) return {};
    return {address_of(told->client_address, told->client_port),
            address_of(told->server_address, told->server_port)};
}

// Adds what can be read at once; false at the end of the list or of the connection.
bool read_more(int carrier, std::string& attributes) {
    char piece[512];
    const ssize_t size = ::recv(carrier, piece, sizeof piece, MSG_DONTWAIT);
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    attributes.append(piece, static_cast<std::size_t>(size));
    return size > 0 && attributes.size() < attributes_limit && !ipc::parse_attributes(attributes);
}

}  // namespace

Task<Result<Fd>> hand_over(std::string path, int client, Endpoints endpoints, async::Deadline deadline) {
    Result<Fd> carrier = co_await ipc::connect_unix(path, deadline);
    if (!carrier) co_return Error{carrier.error()};
    const std::string attributes = ipc::encode(describe(endpoints));
    // Both fit into the buffer of a fresh socket.
    const bool sent = ipc::send_fd(carrier->get(), client) &&
                      ::send(carrier->get(), attributes.data(), attributes.size(), MSG_NOSIGNAL) ==
                          static_cast<ssize_t>(attributes.size());
    if (!sent) co_return Error{"send to " + path + ": " + errno_text()};
    co_return std::move(*carrier);
}

Task<Result<Handover>> take_over(Fd carrier, async::Deadline deadline) {
    set_nonblocking(carrier.get());
    Fd client;
    while (!client) {
        const async::Ready ready = co_await async::readable(carrier.get(), deadline);
        if (ready == async::Ready::timed_out) co_return Error{"no descriptor in time"};
        client = ipc::receive_fd(carrier.get());
        if (!client && errno != EAGAIN && errno != EINTR) co_return Error{"no descriptor"};
    }
    std::string attributes;
    do {
        const async::Ready ready = co_await async::readable(carrier.get(), deadline);
        if (ready == async::Ready::timed_out) co_return Error{"no client attributes in time"};
    } while (read_more(carrier.get(), attributes));
    co_return Handover(std::move(client), read_endpoints(attributes));
}

}  // namespace postrider::daemon
