// services/qmqpd/request.cc - what a QMQP client sends.
#include "services/qmqpd/request.h"

#include <limits>

#include "lib/base/text.h"

namespace postrider::qmqpd {

namespace {

constexpr std::size_t any_length = std::numeric_limits<int>::max();

[[noreturn]] void malformed() {
    throw Malformed("netstring format error");
}

Task<> more(async::Stream& stream) {
    const bool came = co_await stream.fill();
    if (!came) throw async::PeerGone(async::PeerGone::Why::end_of_file);
}

Task<std::size_t> read_length(async::Stream& stream, std::size_t most) {
    for (;;) {
        const std::optional<Length> length = parse_length(stream.buffered(), most);
        if (length) {
            stream.consume(length->header);
            co_return length->value;
        }
        co_await more(stream);
    }
}

Task<std::string> read_netstring(async::Stream& stream, std::size_t most) {
    const std::size_t size = co_await read_length(stream, most);
    std::string text = co_await stream.read_exactly(size + 1);
    if (text.back() != ',') malformed();
    text.pop_back();
    co_return text;
}

// The outer netstring ends here.
Task<bool> at_end(async::Stream& stream) {
    if (stream.buffered().empty()) co_await more(stream);
    if (stream.buffered().front() != ',') co_return false;
    stream.consume(1);
    co_return true;
}

}  // namespace

std::optional<Length> parse_length(std::string_view bytes, std::size_t most) {
    Length length;
    for (const char c : bytes) {
        ++length.header;
        if (c == ':') return length;
        if (!is_digit(c)) malformed();
        length.value = length.value * 10 + static_cast<std::size_t>(c - '0');
        if (length.value > most) throw Malformed("netstring length exceeds storage limit");
    }
    return std::nullopt;
}

Task<Request> read_request(async::Stream& stream, Limits limits, std::string& doing) {
    Request request;
    doing = "receiving QMQP packet header";
    const std::size_t unused = co_await read_length(stream, any_length);
    static_cast<void>(unused);
    doing = "receiving message content";
    const std::size_t most = limits.message > 0 ? limits.message : any_length;
    request.message = co_await read_netstring(stream, most);
    doing = "receiving sender address";
    request.sender = co_await read_netstring(stream, limits.address);
    doing = "receiving recipient address";
    for (;;) {
        const bool over = co_await at_end(stream);
        if (over) co_return request;
        std::string recipient = co_await read_netstring(stream, limits.address);
        request.recipients.push_back(std::move(recipient));
    }
}

}  // namespace postrider::qmqpd
