// lib/ipc/dial_test.cc - every way to name a server.
#include "lib/ipc/dial.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <catch2/catch.hpp>

#include <string>

using namespace postrider;
using namespace std::chrono_literals;

namespace {

// A socket that listens on a port of 127.0.0.1; 0 is never its port.
struct Listener {
    Listener() : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), size);
        ::listen(fd.get(), 5);
        ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
        port = std::to_string(ntohs(address.sin_port));
    }
    Fd fd;
    std::string port;
};

Result<Fd> dial(std::string endpoint) {
    return async::run(ipc::dial(std::move(endpoint), async::after(5s)));
}

}  // namespace

TEST_CASE("servers are named in several ways", "[dial]") {
    const Listener listener;
    CHECK(dial("inet:127.0.0.1:" + listener.port));
    CHECK(dial("127.0.0.1:" + listener.port));
    CHECK(dial("inet:localhost:" + listener.port));
    CHECK(dial(listener.port));
    CHECK(dial("inet:" + listener.port));
}

TEST_CASE("why a server cannot be reached is said without its name", "[dial]") {
    std::string port;
    {
        const Listener gone;
        port = gone.port;
    }
    CHECK(dial("inet:127.0.0.1:" + port).error() == "Connection refused");
    CHECK(dial("unix:/nonexistent/socket").error() == "No such file or directory");
    CHECK(dial("inet:127.0.0.1:no-such-port").error() == "bad address 127.0.0.1:no-such-port");
    CHECK(dial("inet:name.invalid:25").error() == "host not found");
}
