// lib/queue/cleanup_client_test.cc - messages to a cleanup service, over pooled connections.
#include "lib/queue/cleanup_client.h"

#include <catch2/catch.hpp>

#include "lib/queue/fake_cleanup.h"

using namespace postrider;
using namespace postrider::queue;

namespace {

constexpr auto limit = std::chrono::seconds(5);

Task<> send_message(std::string sender, CleanupOutcome& outcome, std::string& queue_id) {
    Result<CleanupClient> begun = co_await CleanupClient::begin(cleanup_flag::external, limit);
    if (!begun) co_return;
    queue_id = begun->queue_id();
    begun->put(RecordType::sender, sender);
    begun->put_attribute("encoding", "8bit");
    begun->put(RecordType::text, std::string(100000, 'x'));
    begun->put(RecordType::end, "");
    outcome = co_await begun->finish(limit);
}

Task<> send_messages(FakeCleanup& cleanup, int count, std::vector<CleanupOutcome>& outcomes,
                     std::vector<std::string>& ids) {
    async::Scope server("fake cleanup");
    server.spawn(cleanup.serve(static_cast<std::size_t>(count)));
    for (int i = 0; i < count; ++i) {
        std::string sender = "s" + std::to_string(i);
        outcomes.emplace_back();
        ids.emplace_back();
        co_await send_message(std::move(sender), outcomes.back(), ids.back());
    }
    co_await server.join();
}

struct Run {
    std::vector<CleanupOutcome> outcomes;
    std::vector<std::string> ids;
};
Run run(FakeCleanup& cleanup, int count) {
    Run result;
    // The vectors must not move under the references taken.
    result.outcomes.reserve(10);
    result.ids.reserve(10);
    async::run(send_messages(cleanup, count, result.outcomes, result.ids));
    return result;
}

}  // namespace

TEST_CASE("Messages go one after the other over one connection", "[queue]") {
    TestSpool spool;
    FakeCleanup cleanup(spool);
    const Run result = run(cleanup, 3);
    CHECK(cleanup.connections == 1);
    CHECK(result.ids == std::vector<std::string>{"NEW0", "NEW1", "NEW2"});
    for (const CleanupOutcome& outcome : result.outcomes) CHECK(outcome.ok());
    CHECK(cleanup.messages[1].starts_with("S:s1\nA:encoding=8bit\nN:xxx"));
    CHECK(cleanup.messages[1].ends_with("x\nE:\n"));
}

TEST_CASE("A pooled connection that cleanup has closed is replaced", "[queue]") {
    TestSpool spool;
    FakeCleanup cleanup(spool);
    cleanup.messages_per_connection = 1;
    const Run result = run(cleanup, 3);
    CHECK(cleanup.connections == 3);
    for (const CleanupOutcome& outcome : result.outcomes) CHECK(outcome.ok());
}

TEST_CASE("What cleanup says of a message reaches its source", "[queue]") {
    TestSpool spool;
    FakeCleanup cleanup(spool);
    cleanup.status = cleanup_status::size;
    const Run result = run(cleanup, 1);
    CHECK(result.outcomes.at(0).status == cleanup_status::size);
    CHECK(result.outcomes.at(0).reason == "as told");
}

TEST_CASE("Without a service there is an error, not a message", "[queue]") {
    TestSpool spool;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(spool.root());
    CleanupOutcome outcome;
    std::string id;
    async::run(send_message("s", outcome, id));
    std::filesystem::current_path(before);
    CHECK(id.empty());
    CHECK_FALSE(outcome.ok());
}

TEST_CASE("The gravest bit of a status is explained", "[queue]") {
    CHECK(cleanup_status::explain(cleanup_status::size).smtp_code == 552);
    CHECK(cleanup_status::explain(cleanup_status::content | cleanup_status::defer).smtp_code == 451);
    CHECK(cleanup_status::explain(cleanup_status::no_recipients).status == "5.1.0");
    CHECK(cleanup_status::explain(1 << 20).smtp_code == 451);
}
