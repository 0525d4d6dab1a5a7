// lib/ipc/rewrite_client_test.cc
#include "lib/ipc/rewrite_client.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <catch2/catch.hpp>

#include "lib/base/scratch_directory.h"
#include "lib/ipc/rewrite_protocol.h"
#include "lib/ipc/server.h"

using namespace postrider;
using namespace postrider::ipc;

namespace {

int asked = 0;

Task<std::string> answer(std::string request) {
    ++asked;
    const auto got = decode<RewriteServiceRequest>(request);
    RewriteServiceReply reply;
    reply.address = got->address + "@" + got->rule;
    reply.resolved.nexthop = got->sender;
    reply.failed = got->address == "broken";
    reply.reason = "table trouble";
    reply.any_sender = got->address == "all";
    co_return encode(reply);
}

// A rewrite service on a socket in a directory of its own, for one connection.
class FakeService {
  public:
    FakeService() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path().copy(address.sun_path, sizeof address.sun_path - 1);
        listener_.reset(::socket(AF_UNIX, SOCK_STREAM, 0));
        REQUIRE(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(listener_.get(), 5) == 0);
        set_rewrite_service(path());
        asked = 0;
    }
    ~FakeService() { set_rewrite_service("private/rewrite"); }
    std::string path() const { return directory_ / "rewrite"; }
    int listener() const { return listener_.get(); }

  private:
    ScratchDirectory directory_;
    Fd listener_;
};

Task<> serve_one(int listener) {
    co_await async::readable(listener, async::after(std::chrono::seconds(5)));
    Fd fd(::accept(listener, nullptr, nullptr));
    async::Stream stream(std::move(fd));
    co_await serve_requests(std::move(stream), answer);
}

Task<> ask_things() {
    Result<std::string> first = co_await rewrite(RewriteRule::local, "joe");
    CHECK(*first == "joe@local");
    Result<std::string> second = co_await rewrite(RewriteRule::local, "joe");
    CHECK(*second == "joe@local");
    CHECK(asked == 1);
    Result<std::string> other = co_await rewrite(RewriteRule::remote, "joe");
    CHECK(*other == "joe@remote");
    Result<std::string> plain = co_await rewrite(RewriteRule::remote, "joe@x.test");
    CHECK(*plain == "joe@x.test");
    CHECK(asked == 2);
    Result<std::string> broken = co_await rewrite(RewriteRule::local, "broken");
    CHECK(broken.error() == "table trouble");
    Result<Resolved> one = co_await resolve("a@x", "r@y");
    CHECK(one->nexthop == "a@x");
    Result<Resolved> two = co_await resolve("b@x", "r@y");
    CHECK(two->nexthop == "b@x");
    asked = 0;
    Result<Resolved> any = co_await resolve("a@x", "all");
    CHECK(any->nexthop == "a@x");
    Result<Resolved> same = co_await resolve("b@x", "all");
    CHECK(same->nexthop == "a@x");
    CHECK(asked == 1);
}

Task<> converse(const FakeService& service) {
    async::Scope scope("test");
    scope.spawn(serve_one(service.listener()));
    co_await ask_things();
    scope.cancel();
    co_await scope.join();
}

}  // namespace

TEST_CASE("answers of the rewrite service are kept for a moment, failures are not", "[ipc]") {
    const FakeService service;
    async::run(converse(service));
}

TEST_CASE("complete addresses need no rewriting", "[ipc]") {
    for (const char* plain : {"joe@x.test", "a.b+c=d_e-f@mail.x.test", "1@2.x"})
        CHECK(is_plain_address(plain));
    for (const char* other : {"joe", "joe@host", "joe@x.test.", "u%h@x.test", "a!b@x.test", "a..b@x.test",
                              ".a@x.test", "a.@x.test", "a@b@x.test", "a b@x.test", "@x.test", "joe@",
                              "joe@.x", "joe@x..test", "u@[1.2.3.4]", "", "\"a\"@x.test"})
        CHECK_FALSE(is_plain_address(other));
}
