// services/qmqpd/request_test.cc - netstrings of QMQP clients.
#include "services/qmqpd/request.h"

#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::qmqpd;

namespace {

// What a client that sends this and leaves is taken for: pieces with | between them, or what is wrong.
std::string taken(const std::string& bytes) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    const Fd client(ends[1]);
    async::Stream stream{Fd(ends[0])};
    REQUIRE(::write(client.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    ::shutdown(client.get(), SHUT_WR);
    std::string doing;
    try {
        const Request request = async::run(read_request(stream, Limits{20, 10}, doing));
        std::string all = request.message + "|" + request.sender;
        for (const std::string& recipient : request.recipients) all += "|" + recipient;
        return all;
    } catch (const Malformed& what) {
        return std::string(what.what()) + " while " + doing;
    } catch (const async::PeerGone& gone) {
        return std::string(gone.what()) + " while " + doing;
    }
}

}  // namespace

TEST_CASE("A QMQP request is taken apart", "[qmqpd]") {
    CHECK(taken("18:3:a,b,1:s,2:r1,0:,,") == "a,b|s|r1|");
    CHECK(taken("1:3:abc,:,,rest") == "abc|");  // the outer length counts for nothing
    CHECK(taken("003:03:abc,1:s,,") == "abc|s");
    CHECK(taken("x") == "netstring format error while receiving QMQP packet header");
    CHECK(taken("99999999999999999999999:") ==
          "netstring length exceeds storage limit while receiving QMQP packet header");
    CHECK(taken("9:3:abc;") == "netstring format error while receiving message content");
    CHECK(taken("99:21:") == "netstring length exceeds storage limit while receiving message content");
    CHECK(taken("99:1:x,11:") == "netstring length exceeds storage limit while receiving sender address");
    CHECK(taken("99:1:x,1:s,x") == "netstring format error while receiving recipient address");
    CHECK(taken("99:1:x,1:s,1:r,") == "lost connection while receiving recipient address");
    CHECK(taken("") == "lost connection while receiving QMQP packet header");
}

TEST_CASE("A netstring length is known as soon as its colon is there", "[qmqpd]") {
    CHECK_FALSE(parse_length("", 10));
    CHECK_FALSE(parse_length("1", 10));
    CHECK(parse_length("10:", 10)->value == 10);
    CHECK(parse_length("10:x", 10)->header == 3);
    CHECK(parse_length(":", 10)->value == 0);
    CHECK_THROWS_AS(parse_length("11", 10), Malformed);
    CHECK_THROWS_AS(parse_length("-1:", 10), Malformed);
}
