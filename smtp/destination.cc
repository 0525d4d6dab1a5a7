// smtp/destination.cc - the next hop of a request.
#include "smtp/destination.h"

#include <fmt/core.h>

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::smtp {

namespace {

Destination unix_destination(const std::string& text, std::string_view path) {
    Destination destination;
    destination.kind = Destination::Kind::unix_socket;
    destination.host = path;
    destination.text = text;
    return destination;
}

}  // namespace

std::vector<std::string> split_destinations(std::string_view nexthop) {
    return split_words(nexthop);
}

Result<Destination> parse_destination(const std::string& text, const Options& options) {
    std::string_view rest = text;
    bool is_host = options.is_lmtp();
    if (options.is_lmtp()) {
        if (rest.starts_with("unix:")) return unix_destination(text, rest.substr(5));
        if (rest.starts_with("inet:")) rest.remove_prefix(5);
    }
    const std::size_t from_prefix = rest.size();
    // Compat: "host:" has no port of its own.
    if (rest.size() > 1 && rest.back() == ':') rest.remove_suffix(1);
    auto parts = split_host_port(rest);
    if (!parts) return Error{fmt::format("bad next-hop destination syntax: {}", text)};
    Destination destination;
    destination.text = text.substr(text.size() - from_prefix);
    const std::string port = parts->port.empty() ? options.tcp_port : parts->port;
    const auto number = find_tcp_port(port, options.known_tcp_ports);
    if (!number) return Error{fmt::format("unknown service: {}/tcp", port)};
    destination.port = *number;
    if (!all_digits(port)) destination.service = port;
    is_host = is_host || parts->bracketed;
    destination.kind = is_host ? Destination::Kind::host : Destination::Kind::domain;
    // ":port" alone: this machine.
    destination.host = parts->host.empty() ? "localhost" : parts->host;
    if (starts_with_ignoring_case(destination.host, "ipv6:")) destination.host.erase(0, 5);
    if (!is_ascii(destination.host)) {
        const auto ascii = mail::domain_to_ascii(destination.host);
        if (!ascii) return Error{fmt::format("bad next-hop destination syntax: {}", text)};
        destination.host = *ascii;
    }
    return destination;
}

}  // namespace postrider::smtp
