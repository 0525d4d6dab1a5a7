// lib/delivery/agent_test.cc - an agent's side of the connection, played by hand.
#include "lib/delivery/agent.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "lib/ipc/client.h"
#include "lib/queue/test_spool.h"

namespace postrider::delivery {
namespace {

Task<> deliver_to_all(Delivery& delivery) {
    for (const Recipient& recipient : delivery.request().recipients) {
        Outcome outcome;
        outcome.action = Action::delivered;
        outcome.status = "2.0.0";
        outcome.reason = "done";
        co_await delivery.sent(recipient, std::move(outcome));
    }
    delivery.destination_failed("4.4.1", "went away");
}

Task<> throw_up(Delivery&) {
    throw std::runtime_error("broken agent");
    co_return;
}

// Sends one request and returns the report, as qmgr does.
Task<Report> ask(async::Stream& stream, Request request) {
    stream.set_timeout(std::chrono::seconds(10));
    const ipc::Frame hello = co_await ipc::read_frame(stream);
    CHECK(hello.tag == frame_tag::hello);
    CHECK(ipc::decode<Hello>(hello.body)->protocol == "delivery_request_protocol");
    ipc::put_frame(stream, frame_tag::request, ipc::encode(request));
    co_await stream.flush();
    const ipc::Frame answer = co_await ipc::read_frame(stream);
    CHECK(answer.tag == frame_tag::report);
    std::optional<Report> report = ipc::decode<Report>(answer.body);
    stream.close();
    co_return report.value_or(Report());
}

// The agents look for queue files below the current directory.
struct InSpool {
    explicit InSpool(const std::string& root) : before(std::filesystem::current_path()) {
        std::filesystem::current_path(root);
    }
    ~InSpool() { std::filesystem::current_path(before); }
    std::filesystem::path before;
};

Task<Report> converse(const Settings& settings, Request request, Deliver deliver) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    async::Stream qmgr{Fd(ends[0])};
    async::Stream agent{Fd(ends[1])};
    async::Scope scope("agent");
    scope.spawn(serve_deliveries(std::move(agent), settings, std::move(deliver)));
    Report report = co_await ask(qmgr, std::move(request));
    co_await scope.join();
    co_return report;
}

Request request_for_file(const char* id) {
    Request request;
    request.flags = request_flag::delete_on_success;
    request.queue_name = "active";
    request.queue_id = id;
    Recipient recipient;
    recipient.recipient = "anna@example.com";
    recipient.offset = 3;
    request.recipients.push_back(recipient);
    return request;
}

void make_file(const queue::TestSpool& spool, const char* id, mode_t mode) {
    const Fd file(::open(spool->path(queue::Queue::active, id).c_str(), O_CREAT | O_WRONLY, 0600));
    REQUIRE(::write(file.get(), "xxxRxxx", 7) == 7);
    REQUIRE(::fchmod(file.get(), mode) == 0);
}

std::string content(const queue::TestSpool& spool, const char* id) {
    return read_file(spool->path(queue::Queue::active, id)).value();
}

}  // namespace

TEST_CASE("A delivered recipient is marked in the queue file", "[delivery]") {
    const queue::TestSpool spool;
    const InSpool here(spool.root());
    const Settings settings = Settings::from_text("");
    make_file(spool, "AAAAA1", 0700);
    const Report report = async::run(converse(settings, request_for_file("AAAAA1"), deliver_to_all));
    CHECK(report.all_done);
    CHECK(report.reason == "went away");
    CHECK(report.logs == 0);
    CHECK(content(spool, "AAAAA1") == "xxxDxxx");
}

TEST_CASE("What cannot be delivered now stays as it is", "[delivery]") {
    const queue::TestSpool spool;
    const InSpool here(spool.root());
    const Settings settings = Settings::from_text("");
    SECTION("a file that is gone") {
        CHECK_FALSE(async::run(converse(settings, request_for_file("AAAAA2"), deliver_to_all)).all_done);
    }
    SECTION("a file that is not complete") {
        make_file(spool, "AAAAA3", 0600);
        CHECK_FALSE(async::run(converse(settings, request_for_file("AAAAA3"), deliver_to_all)).all_done);
        CHECK(content(spool, "AAAAA3") == "xxxRxxx");
    }
    SECTION("a name that leads elsewhere") {
        CHECK_FALSE(async::run(converse(settings, request_for_file("../x"), deliver_to_all)).all_done);
    }
    SECTION("a file in the hands of the queue manager") {
        make_file(spool, "AAAAA4", 0700);
        const Fd locked = spool->open(queue::Queue::active, "AAAAA4", O_RDWR);
        REQUIRE(lock_file(locked.get(), LockMode::exclusive, LockWait::no));
        CHECK_FALSE(async::run(converse(settings, request_for_file("AAAAA4"), deliver_to_all)).all_done);
    }
    SECTION("an agent that fails") {
        make_file(spool, "AAAAA5", 0700);
        CHECK_FALSE(async::run(converse(settings, request_for_file("AAAAA5"), throw_up)).all_done);
        CHECK(content(spool, "AAAAA5") == "xxxRxxx");
    }
}

}  // namespace postrider::delivery
