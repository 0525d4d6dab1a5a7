// lib/tables/network.cc - patterns of IP addresses.
#include "lib/tables/network.h"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::tables {

namespace {

// The bits of `bytes` behind the first `bits` cleared.
std::string masked(std::string bytes, int bits) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int kept = std::clamp(bits - static_cast<int>(i) * 8, 0, 8);
        bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) & (0xff00U >> kept & 0xffU));
    }
    return bytes;
}

std::string ip_text(const std::string& bytes) {
    char text[INET6_ADDRSTRLEN];
    return inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text, sizeof text);
}

}  // namespace

std::string ip_bytes(std::string_view text) {
    const std::string copy(text);
    if (copy.find('\0') != std::string::npos) return {};
    unsigned char bytes[16];
    const bool six = copy.find(':') != std::string::npos;
    if (inet_pton(six ? AF_INET6 : AF_INET, copy.c_str(), bytes) != 1) return {};
    return std::string(reinterpret_cast<char*>(bytes), six ? 16 : 4);
}

Result<NetworkPattern> NetworkPattern::parse(std::string_view text) {
    std::string_view address = text;
    std::string_view rest;
    if (!text.empty() && text.front() == '[') {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return Error{fmt::format("missing ']' character after \"{}\"", text)};
        if (end + 1 < text.size() && text[end + 1] != '/')
            return Error{fmt::format("garbage after \"{}\"", text.substr(0, end + 1))};
        address = text.substr(1, end - 1);
        rest = text.substr(end + 1);
        if (const std::size_t slash = address.find('/'); rest.empty() && slash != std::string_view::npos) {
            rest = address.substr(slash);
            address = address.substr(0, slash);
        }
    } else if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        address = text.substr(0, slash);
        rest = text.substr(slash);
    }
    // What messages name: without the brackets.
    const std::string shown = fmt::format("{}{}", address, rest);
    NetworkPattern pattern;
    pattern.bytes_ = ip_bytes(address);
    pattern.bits_ = static_cast<int>(pattern.bytes_.size()) * 8;
    if (rest.empty()) {
        if (pattern.bytes_.empty()) return Error{fmt::format("bad address pattern: \"{}\"", shown)};
        return pattern;
    }
    const std::string_view mask = rest.substr(1);
    if (mask.empty() || !all_digits(mask)) return Error{fmt::format("bad mask value in \"{}\"", shown)};
    const auto bits = parse_int(mask);
    const int most = address.find(':') == std::string_view::npos ? 32 : 128;
    if (!bits || *bits > most) return Error{fmt::format("bad mask length in \"{}\"", shown)};
    if (pattern.bytes_.empty()) return Error{fmt::format("bad network value in \"{}\"", shown)};
    pattern.bits_ = static_cast<int>(*bits);
    const std::string network = masked(pattern.bytes_, pattern.bits_);
    if (network != pattern.bytes_)
        return Error{
            fmt::format("non-null host address bits in \"{}\", perhaps you should use \"{}/{}\" instead",
                        shown, ip_text(network), pattern.bits_)};
    return pattern;
}

bool NetworkPattern::contains(std::string_view address) const {
    if (address.size() != bytes_.size()) return false;
    return masked(std::string(address), bits_) == bytes_;
}

}  // namespace postrider::tables
