// services/flush/site_log_test.cc - the logs of flush(8).
#include "services/flush/site_log.h"

#include <catch2/catch.hpp>

#include "lib/queue/queue_file.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::flush;

TEST_CASE("A destination has one log, however it is written", "[flush]") {
    CHECK(site_file("Mail.Example.COM") == "mail_example_com");
    CHECK(site_file("[192.0.2.1]") == "_192_0_2_1_");
    CHECK(site_file("../../etc/passwd") == "______etc_passwd");
    CHECK_FALSE(site_file(""));
    CHECK_FALSE(site_file(std::string(300, 'a')));
}

TEST_CASE("Queue IDs come out of a log once, and the log is empty then", "[flush]") {
    queue::TestSpool spool;
    CHECK(take_all(*spool, "example_com")->empty());
    for (const char* id : {"A1", "B2", "A1", "x/y"}) REQUIRE(append(*spool, "example_com", id));
    CHECK(*take_all(*spool, "example_com") == std::vector<std::string>{"A1", "B2"});
    CHECK(take_all(*spool, "example_com")->empty());
}

TEST_CASE("A deferred message is released with the mark that forgives its destination", "[flush]") {
    queue::TestSpool spool;
    Result<queue::QueueFile> file = queue::QueueFile::create(*spool, queue::Queue::deferred);
    REQUIRE(file);
    REQUIRE(file->commit_now());
    CHECK(release(*spool, file->id()));
    const auto status = spool->stat(queue::Queue::incoming, file->id());
    REQUIRE(status);
    CHECK((status->st_mode & 07777) == (queue::mode_ready | queue::mode_unthrottle));
    CHECK_FALSE(release(*spool, file->id()));
}
