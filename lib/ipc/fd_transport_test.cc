// lib/ipc/fd_transport_test.cc
#include "lib/ipc/fd_transport.h"

#include <sys/socket.h>

#include <catch2/catch.hpp>

#include "lib/ipc/client.h"

using namespace postrider;
using namespace postrider::ipc;

namespace {

struct Pair {
    Pair() {
        int fds[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
        near = async::Stream(Fd(fds[0]));
        far = async::Stream(Fd(fds[1]));
        near.set_timeout(std::chrono::seconds(5));
        far.set_timeout(std::chrono::seconds(5));
        fd_transport(far);
    }
    async::Stream near{Fd()}, far{Fd()};
};

Task<Frame> cross(Pair& pair, std::string body) {
    put_frame(pair.near, 7, body);
    co_await pair.near.flush();
    Frame frame = co_await read_frame(pair.far);
    co_return frame;
}

}  // namespace

TEST_CASE("descriptors arrive with the bytes sent after them", "[ipc]") {
    Pair pair;
    int pipe_ends[2];
    REQUIRE(::pipe(pipe_ends) == 0);
    const Fd reader(pipe_ends[0]);
    Fd writer(pipe_ends[1]);
    CHECK(async::run(cross(pair, "before")).body == "before");
    CHECK(fd_transport(pair.far).take_received().empty());
    REQUIRE(fd_transport(pair.near).send({writer.get(), writer.get()}));
    // A copy travels: ours may be closed before it is sent.
    writer.reset();
    const Frame frame = async::run(cross(pair, std::string(10000, 'x')));
    CHECK(frame.body.size() == 10000);
    const std::vector<Fd> received = fd_transport(pair.far).take_received();
    REQUIRE(received.size() == 2);
    CHECK(::write(received[1].get(), "hi", 2) == 2);
    char bytes[2] = {};
    CHECK(::read(reader.get(), bytes, 2) == 2);
    CHECK(std::string_view(bytes, 2) == "hi");
    CHECK(fd_transport(pair.far).take_received().empty());
}

TEST_CASE("not more descriptors are sent at once than can be received", "[ipc]") {
    Pair pair;
    CHECK_FALSE(fd_transport(pair.near).send(std::vector<int>(61, 0)));
    CHECK_FALSE(fd_transport(pair.near).send({-1}));
}
