// commands/postlock/mailbox_lock_test.cc - a lock on a mailbox file.
#include "commands/postlock/mailbox_lock.h"

#include <stdlib.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "lib/base/file.h"
#include "lib/base/scratch_directory.h"

using namespace postrider;
using namespace postrider::postlock;

namespace {

// A directory of its own, with a mailbox in it.
class Mailbox {
  public:
    std::string path() const { return directory_ / "box"; }
    std::string dot_file() const { return path() + ".lock"; }

  private:
    ScratchDirectory directory_;
};

// Locks that are tried for once.
delivery::MailboxLocks once(std::string_view words) {
    return delivery::parse_mailbox_locks(Settings::from_text("deliver_lock_attempts = 1\n"), words);
}

}  // namespace

TEST_CASE("a lock file stands as long as the lock is held", "[postlock]") {
    const Mailbox mailbox;
    {
        const auto lock = MailboxLock::take(mailbox.path(), once("dotlock"));
        REQUIRE(lock);
        CHECK(stat_file(mailbox.dot_file()));
        CHECK_FALSE(MailboxLock::take(mailbox.path(), once("dotlock")));
        CHECK(stat_file(mailbox.dot_file()));
    }
    CHECK_FALSE(stat_file(mailbox.dot_file()));
}

TEST_CASE("a mailbox somebody else has locked is told", "[postlock]") {
    const Mailbox mailbox;
    const auto first = MailboxLock::take(mailbox.path(), once("flock"));
    REQUIRE(first);
    const auto second = MailboxLock::take(mailbox.path(), once("flock"));
    REQUIRE_FALSE(second);
    CHECK(second.error() == "open file " + mailbox.path() +
                                ": unable to lock for exclusive access: Resource temporarily unavailable");
    const auto nowhere = MailboxLock::take("/nonexistent/box", once("flock"));
    CHECK(nowhere.error() ==
          "open file /nonexistent/box: cannot create file exclusively: No such file or directory");
}
