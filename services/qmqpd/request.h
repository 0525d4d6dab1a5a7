// services/qmqpd/request.h - what a QMQP client sends: message, sender and recipients as netstrings in a
// netstring.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace postrider::qmqpd {

struct Request {
    std::string_view message;
    std::string_view sender;
    std::vector<std::string_view> recipients;
};
// The pieces of a whole request (the inside of the outer netstring); nothing when it is malformed.
std::optional<Request> parse_request(std::string_view bytes);

}  // namespace postrider::qmqpd
