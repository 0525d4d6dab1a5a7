// smtp/destination.h - the next hop of a request, as transport_maps, relayhost and users write it.
//
//   example.com            the mail exchangers of a domain      [mx.example.com]:587   one host, its
//   addresses example.com:submission the same, on another port            [192.0.2.1]            one address
//   a.example, [b.example] one after the other
//   unix:/path, inet:host:port                                   LMTP only
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "smtp/options.h"

namespace postrider::smtp {

struct Destination {
    enum class Kind {
        domain,       // look up mail exchangers
        host,         // look up addresses
        unix_socket,  // `host` is the path
    };
    Kind kind = Kind::domain;
    std::string host;
    std::uint16_t port = 25;
    std::string service;  // the port as written, when it was a name: for SRV lookups
    std::string text;     // as written, without "inet:"
};

// The members of a list, in order.
std::vector<std::string> split_destinations(std::string_view nexthop);
// One member.  The error says what is wrong with it.
Result<Destination> parse_destination(const std::string& text, const Options& options);

}  // namespace postrider::smtp
