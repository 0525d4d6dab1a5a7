// qmgr/remover_test.cc - messages taken off the disk.
#include "qmgr/remover.h"

#include <catch2/catch.hpp>
#include <cerrno>

#include "lib/async/loop.h"
#include "lib/queue/queue_file.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::qmgr;

namespace {

Task<> wait_for(async::Event& event) {
    co_await event.wait(async::after(std::chrono::seconds(10)));
}

}  // namespace

TEST_CASE("Each finished message is taken off the disk and reported once", "[qmgr]") {
    queue::TestSpool spool;
    std::vector<std::string> ids;
    for (int i = 0; i < 50; ++i) {
        Result<queue::QueueFile> file = queue::QueueFile::create(*spool, queue::Queue::active);
        REQUIRE(file);
        REQUIRE(file->commit_now());
        ids.push_back(file->id());
    }
    ids.emplace_back("ABCDEF0123");  // postsuper was faster
    std::vector<Removal> done;
    async::Event all;
    Remover remover(*spool, [&](const Removal& removal) {
        done.push_back(removal);
        if (done.size() == ids.size()) all.set();
    });
    for (const std::string& id : ids) remover.remove(id, true);
    async::run(wait_for(all));
    REQUIRE(done.size() == ids.size());
    for (const Removal& removal : done) CHECK(removal.error == (removal.id == ids.back() ? ENOENT : 0));
    for (const std::string& id : ids) CHECK_FALSE(spool->stat(queue::Queue::active, id));
}
