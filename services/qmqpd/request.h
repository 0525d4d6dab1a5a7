// services/qmqpd/request.h - what a QMQP client sends: message, sender and recipients as netstrings in a
// netstring.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::qmqpd {

// The length in front of a netstring; nothing while it is incomplete.  `broken` when it is no length, or more
// than `most`.
struct NetstringLength {
    std::size_t length = 0;
    std::size_t header = 0;  // bytes up to and with the colon
    bool broken = false;
};
std::optional<NetstringLength> parse_length(std::string_view bytes, std::size_t most);

struct Request {
    std::string_view message;
    std::string_view sender;
    std::vector<std::string_view> recipients;
};
// The pieces of a whole request (the inside of the outer netstring); nothing when it is malformed.
std::optional<Request> parse_request(std::string_view bytes);

}  // namespace postrider::qmqpd
