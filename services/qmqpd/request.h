// services/qmqpd/request.h - what a QMQP client sends: message, sender and recipients as netstrings in a
// netstring.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "lib/async/stream.h"

namespace postrider::qmqpd {

struct Request {
    std::string message;
    std::string sender;
    std::vector<std::string> recipients;
};

// No request, for the reason in what().
struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The length in front of a netstring, at most `most`; nothing while its colon is missing.  Throws Malformed.
// Compat: leading zeros are taken, and no digit at all is a zero.
struct Length {
    std::size_t value = 0;
    std::size_t header = 0;  // bytes up to and with the colon
};
std::optional<Length> parse_length(std::string_view bytes, std::size_t most);

struct Limits {
    std::size_t message;
    std::size_t address;
};
// `doing` says at any time what is being read.  Compat: the outer length counts for nothing; the comma behind
// the last recipient ends the request.
Task<Request> read_request(async::Stream& stream, Limits limits, std::string& doing);

}  // namespace postrider::qmqpd
