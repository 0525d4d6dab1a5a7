// postdrop/submission_test.cc - what a user may put into maildrop.
#include "postdrop/submission.h"

#include <catch2/catch.hpp>

#include "lib/queue/envelope.h"
#include "lib/queue/test_spool.h"
#include "postdrop/sender_check.h"

using namespace postrider;
using namespace postrider::queue;
using postdrop::Submission;

namespace {
struct SubmissionUnderTest {
    SubmissionUnderTest()
        : created(QueueFile::create(*spool, Queue::maildrop)), submission(*created, "uid=1000") {}
    bool take(RecordType type, std::string_view data = "") { return submission.take(type, data).ok(); }

    TestSpool spool;
    Result<QueueFile> created;
    Submission submission;
};
}  // namespace

TEST_CASE("A message from a user is stored with our time and without forged facts", "[postdrop]") {
    SubmissionUnderTest test;
    CHECK(test.take(RecordType::attribute, "sasl_username=root"));
    CHECK(test.take(RecordType::attribute, "trace_flags=256"));
    CHECK(test.take(RecordType::attribute, "trace_flags=1024"));
    CHECK(test.take(RecordType::sender, "anna"));
    CHECK(test.take(RecordType::attribute, "notify_flags=4"));
    CHECK(test.take(RecordType::recipient, "bert"));
    CHECK(test.take(RecordType::message));
    CHECK(test.take(RecordType::text, std::string_view("a\0\r", 3)));
    CHECK(test.take(RecordType::extracted));
    CHECK_FALSE(test.submission.finished());
    CHECK(test.take(RecordType::end));
    CHECK(test.submission.finished());
    CHECK(test.submission.has_sender_and_recipient());
    CHECK(test.submission.sender() == "anna");
    REQUIRE(test.created->flush());
    const Result<Envelope> envelope = read_envelope(test.created->fd());
    REQUIRE(envelope);
    CHECK(envelope->arrival_seconds > 1);
    CHECK(envelope->sasl_username.empty());
    CHECK(envelope->trace_flags == 1024);
    CHECK(envelope->recipients.at(0).notify == 4);
}

TEST_CASE("Records that a user must not send are refused", "[postdrop]") {
    for (const char type :
         {'L', 'p', 'D', 'O', 'W', '>', 'E', 'X', 'N', 'K', 'w', '\0', 'f', 'm', 'T', 'C'}) {
        SubmissionUnderTest test;
        CHECK_FALSE(test.take(static_cast<RecordType>(type), "x"));
    }
    SubmissionUnderTest test;
    CHECK_FALSE(test.take(RecordType::sender, "a\nb"));
    CHECK_FALSE(test.take(RecordType::recipient, std::string_view("a\0b", 3)));
    CHECK(test.take(RecordType::message));
    CHECK_FALSE(test.take(RecordType::recipient, "a"));
    CHECK_FALSE(test.take(RecordType::pointer, "              0"));
    CHECK_FALSE(test.take(RecordType::text, "a\nb"));
}

TEST_CASE("Sender patterns of local_login_sender_maps", "[postdrop]") {
    const auto matches = [](std::string_view sender, std::string_view pattern) {
        return postdrop::sender_matches(sender, pattern, "<>", "+");
    };
    CHECK(matches("any@where", "*"));
    CHECK(matches("", "<>"));
    CHECK_FALSE(matches("", "anna"));
    CHECK(matches("anna", "anna"));
    CHECK(matches("anna+x", "Anna"));
    CHECK_FALSE(matches("anna@example.com", "anna"));
    CHECK_FALSE(matches("anna+x@example.com", "anna+x@example.com"));
    CHECK_FALSE(matches("anna", "@"));
    CHECK(matches("anna@", "@"));
    CHECK(matches("anna+x@example.com", "anna@example.com"));
    CHECK(matches("any@other.example", "@other.example"));
    CHECK_FALSE(matches("anna@other.example", "anna"));
    CHECK_FALSE(matches("bert@example.com", "anna"));
}
