// lib/daemon/proxy_header_test.cc - what is a PROXY header, and how much of a connection it is.
#include "lib/daemon/proxy_header.h"

#include <sys/socket.h>

#include <catch2/catch.hpp>

namespace postrider::daemon {

namespace {

using State = ProxyHeader::State;

const std::string signature("\r\n\r\n\0\r\nQUIT\n", 12);

std::string binary(char command, char family, const std::string& data) {
    std::string header = signature + command + family;
    header += static_cast<char>(data.size() >> 8);
    header += static_cast<char>(data.size() & 255);
    return header + data;
}

const std::string ipv4_block("\xc0\x00\x02\x0a\xc0\x00\x02\x01\x15\xb3\x00\x19", 12);

std::string ipv6_block() {
    const std::string source = SocketAddress::from_ip("2001:db8::10")->bytes();
    const std::string destination = SocketAddress::from_ip("2001:db8::1")->bytes();
    return source + destination + std::string("\x15\xb3\x00\x19", 4);
}

std::string shown(const ProxyHeader& header) {
    switch (header.state) {
        case State::need_more:
            return "more";
        case State::none:
            return "none";
        case State::malformed:
            return "malformed";
        case State::complete:
            break;
    }
    return header.local ? "local" : header.endpoints.client.text() + " > " + header.endpoints.server.text();
}

}  // namespace

TEST_CASE("PROXY headers of both versions", "[proxy_header]") {
    struct Row {
        std::string bytes;
        std::string result;
    };
    const std::string mapped = SocketAddress::from_ip("::ffff:192.0.2.7")->bytes();
    const Row rows[] = {
        {"PROXY TCP4 192.0.2.10 192.0.2.1 5555 25\r\n", "192.0.2.10:5555 > 192.0.2.1:25"},
        {"PROXY TCP6 2001:db8::10 2001:db8::1 5555 25\r\n", "[2001:db8::10]:5555 > [2001:db8::1]:25"},
        {"PROXY TCP6 ::ffff:192.0.2.7 ::1 1 2\r\n", "192.0.2.7:1 > [::1]:2"},
        {"PROXY UNKNOWN\r\n", "local"},
        {"PROXY UNKNOWN ffff:f::1 whatever 1 2\r\n", "local"},
        {"", "more"},
        {"PRO", "more"},
        {"PROXY TCP4 192.0.2.10 192.0.2.1 5555 25\r", "more"},
        {"EHLO x\r\n", "none"},
        {"proxy TCP4 192.0.2.10 192.0.2.1 5555 25\r\n", "none"},
        {"PROXY\r\n", "none"},
        {"PROXY \r\n", "malformed"},
        {"PROXY TCP4 192.0.2.10 192.0.2.1 5555 25\n", "192.0.2.10:5555 > 192.0.2.1:25"},
        {"PROXY UDP4 192.0.2.10 192.0.2.1 5555 25\r\n", "malformed"},
        {"PROXY TCP4 192.0.2.10 192.0.2.1 5555\r\n", "malformed"},
        {"PROXY TCP4 192.0.2.10  192.0.2.1 5555 25\r\n", "192.0.2.10:5555 > 192.0.2.1:25"},
        {"PROXY TCP4 192.0.2.10 192.0.2.1 5555 25 x\r\n", "192.0.2.10:5555 > 192.0.2.1:25"},
        {"PROXY TCP4 192.0.2.999 192.0.2.1 5555 25\r\n", "malformed"},
        {"PROXY TCP4 2001:db8::10 2001:db8::1 5555 25\r\n", "malformed"},
        {"PROXY TCP6 192.0.2.10 192.0.2.1 5555 25\r\n", "malformed"},
        {"PROXY TCP4 192.0.2.10 192.0.2.1 65536 25\r\n", "malformed"},
        {"PROXY TCP4 192.0.2.10 192.0.2.1 05 25\r\n", "malformed"},
        {"PROXY TCP4 192.0.2.10 192.0.2.1 -5 25\r\n", "malformed"},
        {"PROXY TCP4 " + std::string(520, '1'), "malformed"},
        {std::string("PROXY TCP4\0 1 2 3 4\r\n", 21), "malformed"},
        {"PROXY tcp4 192.0.2.10 192.0.2.1 5555 25\r\n", "192.0.2.10:5555 > 192.0.2.1:25"},
        {binary('\x21', '\x11', ipv4_block), "192.0.2.10:5555 > 192.0.2.1:25"},
        {binary('\x21', '\x11', ipv4_block + std::string("\x04\x00\x02xy", 5)),
         "192.0.2.10:5555 > 192.0.2.1:25"},
        {binary('\x21', '\x21', ipv6_block()), "[2001:db8::10]:5555 > [2001:db8::1]:25"},
        {binary('\x21', '\x21', mapped + mapped + std::string("\0\1\0\2", 4)), "192.0.2.7:1 > 192.0.2.7:2"},
        {binary('\x20', '\x00', ""), "local"},
        {binary('\x20', '\x11', ipv4_block), "local"},
        {binary('\x21', '\x00', ""), "local"},
        {binary('\x11', '\x11', ipv4_block), "malformed"},
        {binary('\x22', '\x11', ipv4_block), "malformed"},
        {binary('\x21', '\x12', ipv4_block), "malformed"},
        {binary('\x21', '\x31', std::string(216, 'a')), "malformed"},
        {binary('\x21', '\x11', ipv4_block.substr(0, 11)), "malformed"},
        {binary('\x21', '\x21', ipv4_block), "malformed"},
        {binary('\x21', '\x11', std::string(5000, 'a')), "malformed"},
        {signature.substr(0, 7), "more"},
        {binary('\x21', '\x11', ipv4_block).substr(0, 20), "more"},
        {"\r\nEHLO x\r\n", "none"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.bytes);
        CHECK(shown(parse_proxy_header(row.bytes)) == row.result);
    }
}

TEST_CASE("Every beginning of a PROXY header asks for more", "[proxy_header]") {
    const std::string headers[] = {"PROXY TCP4 192.0.2.10 192.0.2.1 5555 25\r\n",
                                   binary('\x21', '\x11', ipv4_block + "tlvs")};
    for (const std::string& header : headers) {
        for (std::size_t length = 0; length < header.size(); ++length)
            CHECK(parse_proxy_header(header.substr(0, length)).state == State::need_more);
        const ProxyHeader whole = parse_proxy_header(header + "EHLO x\r\n");
        CHECK(whole.state == State::complete);
        CHECK(whole.length == header.size());
    }
}

TEST_CASE("A PROXY header is taken from the socket to the byte", "[proxy_header]") {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    const Fd proxy(ends[0]);
    const Fd server(ends[1]);
    struct Sender {
        static Task<> in_pieces(int fd, std::string text) {
            for (std::size_t at = 0; at < text.size(); at += 7) {
                const std::string piece = text.substr(at, 7);
                ::send(fd, piece.data(), piece.size(), 0);
                co_await async::sleep_for(std::chrono::milliseconds(1));
            }
        }
        static Task<Result<Endpoints>> both(int from, int to) {
            async::Scope scope;
            std::string text = "PROXY TCP4 192.0.2.10 192.0.2.1 5555 25\r\nEHLO early.example\r\n";
            scope.spawn(in_pieces(from, text));
            Result<Endpoints> got = co_await receive_proxy_header(to, async::after(std::chrono::seconds(10)));
            co_await scope.join();
            co_return got;
        }
    };
    const Result<Endpoints> got = async::run(Sender::both(proxy.get(), server.get()));
    REQUIRE(got.ok());
    CHECK(got.value().client.text() == "192.0.2.10:5555");
    char rest[100];
    const ssize_t size = ::recv(server.get(), rest, sizeof rest, 0);
    REQUIRE(size > 0);
    CHECK(std::string(rest, static_cast<std::size_t>(size)) == "EHLO early.example\r\n");
}

TEST_CASE("A silent proxy is not waited for beyond the deadline", "[proxy_header]") {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    const Fd proxy(ends[0]);
    const Fd server(ends[1]);
    REQUIRE(::send(proxy.get(), "PROXY ", 6, 0) == 6);
    const auto soon = async::after(std::chrono::milliseconds(20));
    const Result<Endpoints> got = async::run(receive_proxy_header(server.get(), soon));
    REQUIRE_FALSE(got.ok());
    CHECK(got.error() == "missing protocol header terminator: PROXY ");
}

}  // namespace postrider::daemon
