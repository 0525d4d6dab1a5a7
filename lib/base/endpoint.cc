// lib/base/endpoint.cc - where a test program connects to or listens.
#include "lib/base/endpoint.h"

#include <netdb.h>

#include <memory>

namespace postrider {

Result<SocketAddress> find_endpoint(std::string_view text, std::string_view default_port, int family,
                                    bool listening) {
    if (text.starts_with("unix:")) {
        const auto address = SocketAddress::from_path(text.substr(5));
        if (!address) return Error{"path too long: " + std::string(text)};
        return *address;
    }
    if (text.starts_with("inet:")) text.remove_prefix(5);
    const auto parts = split_host_port(text);
    if (!parts) return Error{"bad address: " + std::string(text)};
    const std::string port = parts->port.empty() ? std::string(default_port) : parts->port;
    struct addrinfo hints {};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = listening ? AI_PASSIVE : 0;
    struct addrinfo* found = nullptr;
    const char* host = parts->host.empty() ? nullptr : parts->host.c_str();
    const int error = ::getaddrinfo(host, port.c_str(), &hints, &found);
    if (error != 0) return Error{std::string(text) + ": " + ::gai_strerror(error)};
    const std::unique_ptr<struct addrinfo, void (*)(struct addrinfo*)> owner(found, ::freeaddrinfo);
    return SocketAddress(found->ai_addr, found->ai_addrlen);
}

}  // namespace postrider
