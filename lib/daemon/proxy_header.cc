// lib/daemon/proxy_header.cc - the PROXY protocol, versions 1 and 2.
#include "lib/daemon/proxy_header.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "lib/base/file.h"
#include "lib/base/text.h"

namespace postrider::daemon {

namespace {

using State = ProxyHeader::State;

constexpr std::string_view text_start = "PROXY ";
constexpr std::size_t text_limit = 512;  // section 2.1 says 107, with CR LF
constexpr std::string_view binary_start("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr std::size_t binary_fixed = 16;
constexpr std::size_t shown_bytes = 512;
constexpr std::size_t least_header = 16;
constexpr const char* unterminated = "missing protocol header terminator";

ProxyHeader refuse(State state, std::string reason) {
    ProxyHeader header;
    header.state = state;
    header.reason = std::move(reason);
    return header;
}

// The reason, and what was heard.
std::string shown(const char* what, std::string_view bytes) {
    return std::string(what) + ": " + escape_controls(bytes.substr(0, shown_bytes));
}

// One is the beginning of the other.
bool begins_alike(std::string_view a, std::string_view b) {
    const std::size_t common = std::min(a.size(), b.size());
    return a.substr(0, common) == b.substr(0, common);
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || !all_digits(text)) return std::nullopt;
    if (text.size() > 1 && text[0] == '0') return std::nullopt;
    const auto number = parse_unsigned(text);
    if (!number || *number > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(*number);
}

// An address of the announced family, in plain form; an IPv4 client of an IPv6 socket is an IPv4 client.
std::optional<SocketAddress> parse_address(std::string_view text, bool ipv6, std::uint16_t port) {
    if (text.empty() || text.find_first_of("[]%") != std::string_view::npos) return std::nullopt;
    if (starts_with_ignoring_case(text, "ipv6:")) return std::nullopt;
    const auto address = SocketAddress::from_ip(text, port);
    if (!address || address->is_ipv6() != ipv6) return std::nullopt;
    return address->unmapped();
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words = split(line, ' ');
    std::erase(words, std::string_view());
    if (words.empty()) words.emplace_back();
    return words;
}

// "PROXY TCP4 source destination port port\r\n", section 2.1.  Compat: a bare line feed ends it, too, several
// blanks are one, and what follows the last port is of no interest.
ProxyHeader parse_text(std::string_view bytes) {
    const std::size_t end = bytes.substr(0, text_limit).find('\n');
    if (end == std::string_view::npos) {
        if (bytes.size() >= text_limit) return refuse(State::malformed, shown(unterminated, bytes));
        return ProxyHeader();
    }
    std::string_view line = bytes.substr(0, end);
    const auto wrong = [bytes, end](const char* what) {
        return refuse(State::malformed, shown(what, bytes.substr(0, end + 1)));
    };
    if (line.find('\0') != std::string_view::npos) return wrong(unterminated);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ProxyHeader header;
    header.length = end + 1;
    const std::vector<std::string_view> words = words_of(line.substr(text_start.size()));
    if (words[0] == "UNKNOWN") {
        header.state = State::complete;
        header.local = true;
        return header;
    }
    const bool ipv6 = equals_ignoring_case(words[0], "TCP6");
    if (!ipv6 && !equals_ignoring_case(words[0], "TCP4")) return wrong("bad or missing protocol type");
    const auto word = [&words](std::size_t at) { return at < words.size() ? words[at] : std::string_view(); };
    if (!parse_address(word(1), ipv6, 0)) return wrong("bad or missing client address");
    if (!parse_address(word(2), ipv6, 0)) return wrong("bad or missing server address");
    const auto client_port = parse_port(word(3));
    if (!client_port) return wrong("bad or missing client port");
    const auto server_port = parse_port(word(4));
    if (!server_port) return wrong("bad or missing server port");
    const auto client = parse_address(words[1], ipv6, *client_port);
    const auto server = parse_address(words[2], ipv6, *server_port);
    header.state = State::complete;
    header.endpoints = {*client, *server};
    return header;
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

SocketAddress ipv4_at(std::string_view data, std::size_t address, std::size_t port) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    std::memcpy(&in.sin_addr, data.data() + address, 4);
    std::memcpy(&in.sin_port, data.data() + port, 2);
    return {reinterpret_cast<const sockaddr*>(&in), sizeof in};
}

SocketAddress ipv6_at(std::string_view data, std::size_t address, std::size_t port) {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    std::memcpy(&in.sin6_addr, data.data() + address, 16);
    std::memcpy(&in.sin6_port, data.data() + port, 2);
    return SocketAddress(reinterpret_cast<const sockaddr*>(&in), sizeof in).unmapped();
}

// Section 2.2.  TLVs behind the addresses are part of the length and otherwise of no interest.
ProxyHeader parse_binary(std::string_view bytes) {
    if (bytes.size() < binary_fixed) return ProxyHeader();
    const unsigned version = byte_at(bytes, 12) >> 4;
    const unsigned command = byte_at(bytes, 12) & 15;
    const unsigned family = byte_at(bytes, 13);
    const std::size_t length = byte_at(bytes, 14) << 8 | byte_at(bytes, 15);
    if (version != 2) return refuse(State::malformed, shown("unrecognized protocol version", bytes));
    if (command > 1) return refuse(State::malformed, shown("bad command in proxy header", bytes));
    if (binary_fixed + length > proxy_header_limit)
        return refuse(State::malformed, "header of " + std::to_string(binary_fixed + length) + " bytes");
    ProxyHeader header;
    if (bytes.size() < binary_fixed + length) return header;
    const std::string_view data = bytes.substr(binary_fixed, length);
    header.length = binary_fixed + length;
    header.state = State::complete;
    header.local = command == 0 || family == 0;  // AF_UNSPEC: the proxy does not know
    if (header.local) return header;
    if (family == 0x11) {
        if (data.size() < 12) return refuse(State::malformed, shown("short address field", bytes));
        header.endpoints = {ipv4_at(data, 0, 8), ipv4_at(data, 4, 10)};
        return header;
    }
    if (family == 0x21) {
        if (data.size() < 36) return refuse(State::malformed, shown("short address field", bytes));
        header.endpoints = {ipv6_at(data, 0, 32), ipv6_at(data, 16, 34)};
        return header;
    }
    return refuse(State::malformed, shown("unsupported network protocol", bytes));
}

// Why there is no header when nothing more comes.
std::string unfinished(std::string_view seen, const char* why) {
    if (seen.empty()) return why;
    if (seen.starts_with(text_start)) return shown(unterminated, seen);
    return shown(seen.size() < least_header ? "short protocol header" : "short version 2 protocol header",
                 seen);
}

// Takes what is there of a header, and nothing else; need_more: wait for more.  Keeps its buffer out of the
// frame of the waiting coroutine.
ProxyHeader take_piece(int socket, std::string& seen) {
    char piece[proxy_header_limit];
    const ssize_t peeked = ::recv(socket, piece, sizeof piece - seen.size(), MSG_PEEK | MSG_DONTWAIT);
    if (peeked < 0 && (errno == EAGAIN || errno == EINTR)) return ProxyHeader();
    if (peeked < 0) return refuse(State::malformed, errno_text());
    if (peeked == 0) return refuse(State::malformed, unfinished(seen, "EOF"));
    const std::size_t before = seen.size();
    seen.append(piece, static_cast<std::size_t>(peeked));
    ProxyHeader header = parse_proxy_header(seen);
    if (header.state == State::none || header.state == State::malformed) return header;
    // All of an unfinished header, or what was missing of it.
    const bool complete = header.state == State::complete;
    const std::size_t take = complete ? header.length - before : static_cast<std::size_t>(peeked);
    if (::recv(socket, piece, take, MSG_DONTWAIT) != static_cast<ssize_t>(take))
        return refuse(State::malformed, "lost connection");
    return header;
}

}  // namespace

ProxyHeader parse_proxy_header(std::string_view bytes) {
    if (bytes.empty()) return ProxyHeader();
    if (begins_alike(bytes, binary_start)) return parse_binary(bytes);
    if (!begins_alike(bytes, text_start))
        return refuse(State::none, shown(bytes.size() < least_header ? "short protocol header"
                                                                     : "unrecognized protocol header",
                                         bytes));
    return parse_text(bytes);
}

Task<Result<Endpoints>> receive_proxy_header(int socket, async::Deadline deadline) {
    std::string seen;
    for (;;) {
        const async::Ready ready = co_await async::readable(socket, deadline);
        if (ready == async::Ready::timed_out) co_return Error{unfinished(seen, "time limit exceeded")};
        const ProxyHeader header = take_piece(socket, seen);
        if (header.state == State::complete) co_return header.endpoints;
        if (header.state != State::need_more) co_return Error{header.reason};
    }
}

}  // namespace postrider::daemon
