// commands/postsuper/postsuper_test.cc - single messages and the structure of the queue.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "commands/postsuper/actions.h"
#include "commands/postsuper/structure.h"
#include "lib/queue/bounce_log.h"
#include "lib/queue/queue_file.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::postsuper;
using queue::Queue;

namespace {

std::string put_message(const queue::Spool& spool, Queue queue) {
    Result<queue::QueueFile> file = queue::QueueFile::create(spool, queue);
    REQUIRE(file);
    REQUIRE(file->commit_now());
    return file->id();
}

mode_t mode_of(const queue::Spool& spool, Queue queue, const std::string& id) {
    const auto status = spool.stat(queue, id);
    return status ? status->st_mode & 07777 : 0;
}

}  // namespace

TEST_CASE("Messages are held, released, expired, requeued and removed", "[postsuper]") {
    queue::TestSpool spool;
    Messages messages(*spool);
    const std::string id = put_message(*spool, Queue::deferred);
    const auto act = [&](Action action) { return messages.act(action, id, queues_of(action)); };
    REQUIRE(queue::append_log(*spool, Queue::defer, id, {}, queue::OldLine::no));
    CHECK_FALSE(act(Action::release));
    CHECK(act(Action::hold));
    CHECK(spool->stat(Queue::hold, id));
    CHECK(act(Action::expire_release));
    CHECK(mode_of(*spool, Queue::deferred, id) == (queue::mode_ready | queue::mode_expire));
    CHECK(spool->stat(Queue::defer, id));
    CHECK(act(Action::requeue));
    CHECK(mode_of(*spool, Queue::maildrop, id) == (queue::mode_ready | queue::mode_expire));
    CHECK_FALSE(spool->stat(Queue::defer, id));
    CHECK_FALSE(act(Action::hold));
    CHECK(act(Action::remove));
    CHECK_FALSE(act(Action::remove));
}

TEST_CASE("All messages of the named queues are acted on, unfinished ones are not", "[postsuper]") {
    queue::TestSpool spool;
    put_message(*spool, Queue::deferred);
    const std::string kept = put_message(*spool, Queue::hold);
    std::ofstream(spool->path(Queue::deferred, "0000012")) << "x";
    Messages messages(*spool);
    CHECK(messages.act_on_all(Action::remove, {Queue::deferred}) == 0 + 1);
    CHECK(spool->stat(Queue::hold, kept));
}

TEST_CASE("A message gets the ID of its inode, its logs follow", "[postsuper]") {
    queue::TestSpool spool;
    const std::string id = put_message(*spool, Queue::deferred);
    const std::string other = id.substr(0, 5) + "1";
    REQUIRE(spool->move(Queue::deferred, Queue::deferred, id, other));
    REQUIRE(queue::append_log(*spool, Queue::defer, other, {}, queue::OldLine::no));
    Repairs repairs;
    repairs.structure = true;
    Structure structure(*spool, repairs);
    structure.repair({Queue::deferred, Queue::defer});
    CHECK(structure.renamed() == 1);
    CHECK(spool->stat(Queue::deferred, id));
    CHECK(spool->stat(Queue::defer, id));
    Structure again(*spool, repairs);
    again.repair({Queue::deferred, Queue::defer});
    CHECK(again.renamed() == 0);
}

TEST_CASE("Two messages that swapped names are told apart again", "[postsuper]") {
    queue::TestSpool spool;
    const std::string a = put_message(*spool, Queue::incoming);
    const std::string b = put_message(*spool, Queue::incoming);
    const auto inode = [&](const std::string& id) { return spool->stat(Queue::incoming, id)->st_ino; };
    const ino_t inode_of_a = inode(a);
    // As a restore does: each file has an ID that names the other's inode.
    const std::string a_as_b = a.substr(0, 5) + b.substr(5);
    const std::string b_as_a = b.substr(0, 5) + a.substr(5);
    REQUIRE(spool->move(Queue::incoming, Queue::incoming, a, a_as_b));
    REQUIRE(spool->move(Queue::incoming, Queue::incoming, b, b_as_a));
    Repairs repairs;
    repairs.structure = true;
    Structure structure(*spool, repairs);
    structure.repair({Queue::incoming});
    CHECK(structure.renamed() == 2);
    CHECK(inode(a) == inode_of_a);
    CHECK(spool->stat(Queue::incoming, b));
}

TEST_CASE("Files move when the hash settings have changed", "[postsuper]") {
    queue::TestSpool spool;
    const std::string id = put_message(*spool, Queue::deferred);
    queue::Spool::Layout layout;
    layout.root = spool.root();
    layout.hashed = {"incoming"};
    const queue::Spool flat(layout);
    Repairs repairs;
    repairs.structure = true;
    Structure structure(flat, repairs);
    structure.repair({Queue::deferred});
    CHECK(structure.moved() == 1);
    CHECK(flat.stat(Queue::deferred, id));
}

TEST_CASE("Old temporary files are purged, young ones and messages are not", "[postsuper]") {
    queue::TestSpool spool;
    const std::string id = put_message(*spool, Queue::incoming);
    const std::string old_file = spool->directory(Queue::incoming) + "/123.456";
    const std::string young_file = spool->directory(Queue::incoming) + "/123.457";
    std::ofstream(old_file) << "x";
    std::ofstream(young_file) << "x";
    std::filesystem::last_write_time(old_file,
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(200));
    Repairs repairs;
    repairs.purge = true;
    Structure(*spool, repairs).repair({Queue::incoming});
    CHECK_FALSE(std::filesystem::exists(old_file));
    CHECK(std::filesystem::exists(young_file));
    CHECK(spool->stat(Queue::incoming, id));
}

TEST_CASE("The wanted ID keeps the time of the old one", "[postsuper]") {
    struct stat status {};
    status.st_ino = 0x1234;
    status.st_mtim.tv_sec = 1795217929;
    using queue::IdForm;
    CHECK_FALSE(wanted_id("2AE021234", status, IdForm::short_form, false));
    CHECK(wanted_id("2AE029999", status, IdForm::short_form, false) == "2AE021234");
    CHECK_FALSE(wanted_id("2AE021234", status, IdForm::long_form, false));
    const auto long_id = wanted_id("2AE021234", status, IdForm::long_form, true);
    REQUIRE(long_id);
    CHECK(queue::parse_queue_id(*long_id)->seconds == 1795217929);
    CHECK(wanted_id(*long_id, status, IdForm::short_form, true) == "2AE021234");
    CHECK(wanted_id("hello", status, IdForm::short_form, false));
}
