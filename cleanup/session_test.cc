// cleanup/session_test.cc
#include "cleanup/session.h"

#include <sys/socket.h>

#include <catch2/catch.hpp>

#include "lib/ipc/client.h"
#include "lib/queue/record.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::cleanup;
using queue::append_record;
using queue::RecordType;

namespace {

std::string records(bool with_end = true) {
    std::string out;
    append_record(out, RecordType::time, "1795216129 5");
    append_record(out, RecordType::sender, "joe@x.test");
    append_record(out, RecordType::recipient, "ann@y.test");
    append_record(out, RecordType::message, "");
    append_record(out, RecordType::text, "Subject: x");
    append_record(out, RecordType::text, "");
    append_record(out, RecordType::extracted, "");
    if (with_end) append_record(out, RecordType::end, "");
    return out;
}

struct TestedSession {
    explicit TestedSession()
        : settings(Settings::from_text(
              "myhostname = mx.x.test\nmyorigin = x.test\nmydestination =\ninet_interfaces = 127.0.0.1\n"
              "proxy_interfaces =\nvirtual_alias_maps =\n")),
          rules(settings) {
        rules.spool = *spool;
        int pair[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
        client = async::Stream(Fd(pair[0]));
        server = async::Stream(Fd(pair[1]));
        client.set_timeout(std::chrono::seconds(10));
    }
    std::size_t files() const {
        queue::QueueScanner scanner(*spool, queue::Queue::incoming);
        std::size_t count = 0;
        while (scanner.next()) ++count;
        return count;
    }
    queue::TestSpool spool;
    Settings settings;
    Rules rules;
    async::Stream client{Fd()}, server{Fd()};
};

std::string begin() {
    return std::string(
        "flags\0"
        "114\0\0",
        11);
}

Task<> send_in_pieces(async::Stream& client, std::string bytes, std::size_t piece) {
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        ipc::put_frame(client, 1, std::string_view(bytes).substr(at, piece));
    co_await client.flush();
}

Task<> two_messages(TestedSession& test) {
    async::Scope scope("test");
    scope.spawn(serve_messages(std::move(test.server), test.rules));
    for (const std::size_t piece : {std::size_t{3}, std::size_t{10000}}) {
        ipc::put_frame(test.client, 0, begin());
        co_await test.client.flush();
        ipc::Frame id = co_await ipc::read_frame(test.client);
        CHECK(id.tag == 0);
        CHECK(id.body.starts_with("queue_id"));
        co_await send_in_pieces(test.client, records(), piece);
        ipc::Frame outcome = co_await ipc::read_frame(test.client);
        CHECK(outcome.tag == 2);
        CHECK(
            outcome.body.starts_with(std::string_view("status\0"
                                                      "0\0",
                                                      9)));
    }
    test.client.close();
    co_await scope.join();
}

Task<> leaves_early(TestedSession& test) {
    async::Scope scope("test");
    scope.spawn(serve_messages(std::move(test.server), test.rules));
    ipc::put_frame(test.client, 0, begin());
    co_await test.client.flush();
    ipc::Frame id = co_await ipc::read_frame(test.client);
    CHECK(test.files() == 1);
    co_await send_in_pieces(test.client, records(false), 10000);
    test.client.close();
    co_await scope.join();
}

Task<> talks_nonsense(TestedSession& test, std::string bytes) {
    async::Scope scope("test");
    scope.spawn(serve_messages(std::move(test.server), test.rules));
    ipc::put_frame(test.client, 0, begin());
    ipc::put_frame(test.client, 1, bytes);
    co_await test.client.flush();
    co_await scope.join();
}

}  // namespace

TEST_CASE("one connection carries message after message, records cut anywhere", "[cleanup]") {
    TestedSession test;
    async::run(two_messages(test));
    CHECK(test.files() == 2);
}

TEST_CASE("a client that leaves before the end leaves no file", "[cleanup]") {
    TestedSession test;
    async::run(leaves_early(test));
    CHECK(test.files() == 0);
}

TEST_CASE("broken records end the connection and leave no file", "[cleanup]") {
    TestedSession test;
    async::run(talks_nonsense(test, "N\xff\xff\xff\xff\xff\xff"));
    CHECK(test.files() == 0);
}
