// lib/ipc/ipc_test.cc - attributes, frames, calls over one connection.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include "lib/ipc/server.h"

using namespace postrider;
using namespace postrider::ipc;
using namespace std::chrono_literals;

namespace {

struct Inner {
    std::string address;
    int flags = 0;
    template <class V>
    void attributes(V&& visit) {
        visit("address", address);
        visit("flags", flags);
    }
};
struct Message {
    std::string name;
    long size = 0;
    bool last = false;
    std::vector<std::string> words;
    std::vector<Inner> inner;
    template <class V>
    void attributes(V&& visit) {
        visit("name", name);
        visit("size", size);
        visit("last", last);
        visit("word", words);
        visit("inner", inner);
    }
};

struct Echo {
    std::string text;
    int wait_ms = 0;
    template <class V>
    void attributes(V&& visit) {
        visit("text", text);
        visit("wait_ms", wait_ms);
    }
};

}  // namespace

TEST_CASE("a message survives the wire, groups and lists included", "[ipc]") {
    Message message;
    message.name = "x y";
    message.size = -5;
    message.last = true;
    message.words = {"a", "", "c"};
    message.inner.resize(2);
    message.inner[1].address = "b@c";
    message.inner[1].flags = 7;
    const std::string bytes = encode(message);
    const auto back = decode<Message>(bytes);
    REQUIRE(back);
    CHECK(back->name == "x y");
    CHECK(back->size == -5);
    CHECK(back->last);
    CHECK(back->words == message.words);
    REQUIRE(back->inner.size() == 2);
    CHECK(back->inner[1].address == "b@c");
    CHECK(back->inner[1].flags == 7);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK_FALSE(decode<Message>(bytes.substr(0, cut)));
}

TEST_CASE("a number that is none makes the message malformed", "[ipc]") {
    using namespace std::string_literals;
    CHECK_FALSE(decode<Message>("size\0many\0\0"s));
    CHECK(decode<Message>("unknown\0x\0\0"s));
    CHECK_FALSE(decode<Message>("}\0\0"s));
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "{\0x\0"s;
    CHECK_FALSE(decode<Message>(deep));
}

TEST_CASE("many calls share one connection and a lost one is made again", "[ipc]") {
    struct Test {
        static Task<std::string> answer(std::string request) {
            auto echo = decode<Echo>(request);
            if (!echo) throw std::runtime_error("malformed request");
            co_await async::sleep_for(std::chrono::milliseconds(echo->wait_ms));
            echo->text += "!";
            co_return encode(*echo);
        }
        static Task<> accept_clients(int listener, async::Scope& scope, int& accepted) {
            for (;;) {
                co_await async::readable(listener, async::never);
                Fd client(::accept(listener, nullptr, nullptr));
                ++accepted;
                scope.spawn(serve_requests(async::Stream(std::move(client)), answer));
            }
        }
        static Task<> ask(Client& client, int number, std::vector<std::string>& answers) {
            Echo echo;
            echo.text = std::to_string(number);
            echo.wait_ms = 20 - number;
            Result<Echo> reply = co_await client.ask<Echo>(echo, 5s);
            answers.push_back(reply ? reply->text : reply.error());
        }
        static Task<> all(Client& client, std::vector<std::string>& answers) {
            async::Scope scope;
            for (int i = 0; i < 20; ++i) scope.spawn(ask(client, i, answers));
            co_await scope.join();
            Result<std::string> broken = co_await client.call("garbage", 5s);
            answers.push_back(broken ? "ok" : broken.error());
            co_await ask(client, 20, answers);
        }
    };
    const std::string path = "/tmp/postrider-ipc-test." + std::to_string(getpid());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, path.size());
    ::unlink(path.c_str());
    Fd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
    REQUIRE(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener.get(), 10) == 0);
    async::Scope servers;
    int accepted = 0;
    servers.spawn(Test::accept_clients(listener.get(), servers, accepted));
    std::vector<std::string> answers;
    {
        Client client(path);
        async::run(Test::all(client, answers));
    }
    REQUIRE(answers.size() == 22);
    CHECK(answers[0] == "19!");  // the quickest first
    CHECK(answers[20] == path + ": lost connection");
    CHECK(answers[21] == "20!");
    CHECK(accepted >= 3);
    servers.cancel();
    async::run(servers.join());
    ::unlink(path.c_str());
}

TEST_CASE("requests that come together are answered together", "[ipc]") {
    struct Test {
        static Task<std::string> answer(std::string request) { co_return request + "!"; }
        static Task<> ask(async::Stream& stream) {
            put_frame(stream, 1, "one");
            put_frame(stream, 2, "two");
            co_await stream.flush();
            // One read finds both answers.
            co_await stream.fill();
        }
    };
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    async::Stream here{Fd(ends[0])};
    here.set_timeout(5s);
    async::Scope servers;
    servers.spawn(serve_requests(async::Stream(Fd(ends[1])), Test::answer));
    async::run(Test::ask(here));
    const std::string expected("\0\0\0\x8\0\0\0\1one!\0\0\0\x8\0\0\0\2two!", 24);
    CHECK(here.buffered() == expected);
    here.close();
    async::run(servers.join());
}

TEST_CASE("a conversation ends when an answer cannot be sent", "[ipc]") {
    struct Test {
        static Task<std::string> answer(std::string request) { co_return request + "!"; }
        static Task<> serve(async::Stream stream, bool& ended) {
            co_await serve_requests(std::move(stream), answer, 1h);
            ended = true;
        }
        static Task<bool> ask(async::Stream& stream, bool& ended) {
            put_frame(stream, 1, "one");
            co_await stream.flush();
            for (int i = 0; i < 5000 && !ended; ++i) co_await async::sleep_for(1ms);
            co_return ended;
        }
    };
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    async::Stream here{Fd(ends[0])};
    here.set_timeout(5s);
    REQUIRE(::shutdown(here.fd(), SHUT_RD) == 0);  // we still could ask
    async::Scope servers;
    bool ended = false;
    servers.spawn(Test::serve(async::Stream(Fd(ends[1])), ended));
    CHECK(async::run(Test::ask(here, ended)));
    here.close();
    async::run(servers.join());
}
