// smtp/destination_test.cc - next hops as written.
#include "smtp/destination.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::smtp;

namespace {

Options options_for(Protocol protocol) {
    return Options(protocol, Settings::from_text("inet_interfaces = loopback-only\n"));
}

}  // namespace

TEST_CASE("every way to write a next hop", "[smtp]") {
    using Kind = Destination::Kind;
    struct Row {
        Protocol protocol;
        const char* text;
        Kind kind;
        const char* host;
        int port;
    };
    const Row rows[] = {
        {Protocol::smtp, "example.com", Kind::domain, "example.com", 25},
        {Protocol::smtp, "example.com:587", Kind::domain, "example.com", 587},
        {Protocol::smtp, "example.com:submission", Kind::domain, "example.com", 587},
        {Protocol::smtp, "[mx.example.com]", Kind::host, "mx.example.com", 25},
        {Protocol::smtp, "[mx.example.com]:2525", Kind::host, "mx.example.com", 2525},
        {Protocol::smtp, "[192.0.2.1]:2525", Kind::host, "192.0.2.1", 2525},
        {Protocol::smtp, "[ipv6:2001:db8::1]", Kind::host, "2001:db8::1", 25},
        {Protocol::smtp, "[2001:db8::1]:26", Kind::host, "2001:db8::1", 26},
        {Protocol::smtp,
         "b\xc3\xbc"
         "cher.example",
         Kind::domain, "xn--bcher-kva.example", 25},
        {Protocol::lmtp, "unix:private/lmtp", Kind::unix_socket, "private/lmtp", 25},
        {Protocol::lmtp, "unix:/run/lmtp", Kind::unix_socket, "/run/lmtp", 25},
        {Protocol::lmtp, "inet:host.example:2003", Kind::host, "host.example", 2003},
        {Protocol::lmtp, "inet:[192.0.2.1]:2003", Kind::host, "192.0.2.1", 2003},
        {Protocol::lmtp, "host.example", Kind::host, "host.example", 24},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto destination = parse_destination(row.text, options_for(row.protocol));
        REQUIRE(destination);
        CHECK(destination->kind == row.kind);
        CHECK(destination->host == row.host);
        if (row.kind != Kind::unix_socket) CHECK(destination->port == row.port);
    }
}

TEST_CASE("a next hop that makes no sense has a reason", "[smtp]") {
    const Options options = options_for(Protocol::smtp);
    CHECK(parse_destination("[a", options).error() == "bad next-hop destination syntax: [a");
    CHECK(parse_destination("a:nonsense", options).error() == "unknown service: nonsense/tcp");
    CHECK(parse_destination("[]", options).error() == "bad next-hop destination syntax: []");
}

TEST_CASE("next hops come in lists", "[smtp]") {
    CHECK(split_destinations("a.test, [b.test]:25  c.test") ==
          std::vector<std::string>{"a.test", "[b.test]:25", "c.test"});
}
