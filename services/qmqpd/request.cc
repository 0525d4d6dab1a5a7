// services/qmqpd/request.cc - what a QMQP client sends.
#include "services/qmqpd/request.h"

#include "lib/base/text.h"

namespace postrider::qmqpd {

namespace {

// Takes the netstring in front of `bytes`; nothing when there is none.
std::optional<std::string_view> take_netstring(std::string_view& bytes) {
    const auto found = parse_length(bytes, bytes.size());
    if (!found || found->broken) return std::nullopt;
    const std::string_view rest = bytes.substr(found->header);
    if (rest.size() <= found->length || rest[found->length] != ',') return std::nullopt;
    bytes = rest.substr(found->length + 1);
    return rest.substr(0, found->length);
}

}  // namespace

std::optional<NetstringLength> parse_length(std::string_view bytes, std::size_t most) {
    NetstringLength found;
    for (const char c : bytes) {
        ++found.header;
        if (c == ':' && found.header > 1) return found;
        found.broken = !is_digit(c);
        if (!found.broken) found.length = found.length * 10 + static_cast<std::size_t>(c - '0');
        found.broken = found.broken || found.length > most;
        if (found.broken) return found;
    }
    return std::nullopt;
}

std::optional<Request> parse_request(std::string_view bytes) {
    Request request;
    const auto message = take_netstring(bytes);
    const auto sender = message ? take_netstring(bytes) : std::nullopt;
    if (!sender) return std::nullopt;
    request.message = *message;
    request.sender = *sender;
    while (!bytes.empty()) {
        const auto recipient = take_netstring(bytes);
        if (!recipient) return std::nullopt;
        request.recipients.push_back(*recipient);
    }
    return request;
}

}  // namespace postrider::qmqpd
