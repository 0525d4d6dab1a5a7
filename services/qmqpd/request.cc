// services/qmqpd/request.cc - what a QMQP client sends.
#include "services/qmqpd/request.h"

#include "lib/base/netstring.h"

namespace postrider::qmqpd {

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
