// pickup/message_test.cc - files of maildrop on their way to cleanup.
#include "pickup/message.h"

#include <fcntl.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "lib/queue/fake_cleanup.h"

using namespace postrider;
using namespace postrider::pickup;
using queue::RecordType;

namespace {

using Records = std::vector<std::pair<RecordType, std::string>>;

Task<> hand_over(queue::FakeCleanup& cleanup, const DroppedMessage& message, const MessageRules& rules,
                 Verdict& verdict) {
    async::Scope server("fake cleanup");
    server.spawn(cleanup.serve(1));
    verdict = co_await hand_to_cleanup(message, rules);
    // A message that was given up leaves the service waiting.
    server.cancel();
    co_await server.join();
}

struct Handed {
    Verdict verdict = Verdict::later;
    std::string records;
};

Handed bring_in(const Records& records, Origin origin, int status = 0) {
    queue::TestSpool spool;
    queue::FakeCleanup cleanup(spool);
    cleanup.status = status;
    std::string bytes;
    for (const auto& [type, data] : records) append_record(bytes, type, data);
    std::ofstream("dropped", std::ios::binary) << bytes;
    DroppedMessage message;
    message.id = "OLD1";
    message.file.reset(::open("dropped", O_RDONLY));
    REQUIRE(::fstat(message.file.get(), &message.status) == 0);
    message.status.st_uid = 1000;
    message.status.st_mtim.tv_sec = 99;
    message.origin = origin;
    MessageRules rules;
    rules.hostname = "mx.example";
    rules.mail_name = "Postrider";
    rules.cleanup_service = "cleanup";
    rules.time_limit = std::chrono::seconds(5);
    Handed result;
    async::run(hand_over(cleanup, message, rules, result.verdict));
    if (!cleanup.messages.empty()) result.records = cleanup.messages.front();
    return result;
}

const Records simple = {{RecordType::sender, "anna"}, {RecordType::recipient, "bert"},
                        {RecordType::message, ""},    {RecordType::text, " indented"},
                        {RecordType::extracted, ""},  {RecordType::end, ""}};

}  // namespace

TEST_CASE("A message gets a time, a context and a Received header", "[pickup]") {
    const Handed result = bring_in(simple, Origin::user);
    CHECK(result.verdict == Verdict::queued);
    CHECK(result.records.starts_with(
        "T:99 0\nS:anna\nR:bert\nA:log_message_origin=local\nA:rewrite_context=local\nM:\n"
        "N:Received: by mx.example (Postrider, from userid 1000)\nN:\tid NEW0; "));
    CHECK(result.records.ends_with("\nN:\nN: indented\nX:\nE:\n"));
}

TEST_CASE("A last line without an end gets one", "[pickup]") {
    Records records = simple;
    records[3] = {RecordType::long_text, "half"};
    const Handed result = bring_in(records, Origin::user);
    CHECK(result.verdict == Verdict::queued);
    CHECK(result.records.ends_with("\nL:half\nN:\nX:\nE:\n"));
}

TEST_CASE("Requeued mail loses finished recipients and old decisions", "[pickup]") {
    const Records requeued = {{RecordType::size, "10 20 1"},
                              {RecordType::time, "5 6"},
                              {RecordType::filter, "smtp:old"},
                              {RecordType::sender, "anna"},
                              {RecordType::attribute, "rewrite_context=remote"},
                              {RecordType::attribute, "notify_flags=1"},
                              {RecordType::original_recipient, "first"},
                              {RecordType::done, "first"},
                              {RecordType::original_recipient, "second"},
                              {RecordType::recipient, "second"},
                              {RecordType::message, ""},
                              {RecordType::text, "x"},
                              {RecordType::extracted, ""},
                              {RecordType::redirect, "elsewhere"},
                              {RecordType::attribute, "message_id=<1@x>"},
                              {RecordType::recipient, "third"},
                              {RecordType::end, ""}};
    const Handed result = bring_in(requeued, Origin::requeued);
    CHECK(result.verdict == Verdict::queued);
    CHECK(result.records.find("S:anna\nA:rewrite_context=remote\nO:second\nR:second\nM:\n") !=
          std::string::npos);
    CHECK(result.records.ends_with("N:x\nX:\nR:third\nE:\n"));
    CHECK(result.records.find("first") == std::string::npos);
    CHECK(result.records.find("smtp:old") == std::string::npos);
}

TEST_CASE("A file that is no message is set aside", "[pickup]") {
    for (std::size_t cut = 0; cut < simple.size(); ++cut) {
        const Records part(simple.begin(), simple.begin() + static_cast<long>(cut));
        CHECK(bring_in(part, Origin::user).verdict == Verdict::corrupt);
    }
    CHECK(bring_in({{RecordType::filter, "smtp:forged"}}, Origin::user).verdict == Verdict::corrupt);
    CHECK(bring_in({{RecordType::message, ""}}, Origin::user).verdict == Verdict::corrupt);
}

TEST_CASE("What cleanup answers decides about the file", "[pickup]") {
    namespace status = queue::cleanup_status;
    CHECK(bring_in(simple, Origin::user, status::write_error).verdict == Verdict::later);
    CHECK(bring_in(simple, Origin::user, status::write_error | status::bad).verdict == Verdict::later);
    CHECK(bring_in(simple, Origin::user, status::bad).verdict == Verdict::corrupt);
    CHECK(bring_in(simple, Origin::user, status::no_recipients).verdict == Verdict::worthless);
    CHECK(bring_in(simple, Origin::user, status::content).verdict == Verdict::later);
}
