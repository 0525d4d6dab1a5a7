// commands/postlock/mailbox_lock_test.cc - a lock on a mailbox file.
#include "commands/postlock/mailbox_lock.h"

#include <stdlib.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "lib/base/file.h"

using namespace postrider;
using namespace postrider::postlock;

namespace {

// A directory of its own, with a mailbox in it.
class Mailbox {
  public:
    Mailbox() { REQUIRE(mkdtemp(directory_) != nullptr); }
    ~Mailbox() {
        ::unlink(path().c_str());
        ::unlink(dot_file().c_str());
        ::rmdir(directory_);
    }
    std::string path() const { return std::string(directory_) + "/box"; }
    std::string dot_file() const { return path() + ".lock"; }

  private:
    char directory_[32] = "/tmp/postrider-lock-XXXXXX";
};

}  // namespace

TEST_CASE("lock styles are read from a list", "[postlock]") {
    const LockStyles styles = parse_styles("fcntl, dotlock");
    CHECK(styles.fcntl);
    CHECK(styles.dotlock);
    CHECK_FALSE(styles.flock);
}

TEST_CASE("a lock file stands as long as the lock is held", "[postlock]") {
    const Mailbox mailbox;
    const Settings settings = Settings::from_text("deliver_lock_attempts = 1\n");
    {
        const auto lock = MailboxLock::take(mailbox.path(), parse_styles("dotlock"), settings);
        REQUIRE(lock);
        CHECK(stat_file(mailbox.dot_file()));
        CHECK_FALSE(MailboxLock::take(mailbox.path(), parse_styles("dotlock"), settings));
        CHECK(stat_file(mailbox.dot_file()));
    }
    CHECK_FALSE(stat_file(mailbox.dot_file()));
}

TEST_CASE("a mailbox somebody else has locked is told", "[postlock]") {
    const Mailbox mailbox;
    const Settings settings = Settings::from_text("deliver_lock_attempts = 1\n");
    const auto first = MailboxLock::take(mailbox.path(), parse_styles("flock"), settings);
    REQUIRE(first);
    const auto second = MailboxLock::take(mailbox.path(), parse_styles("flock"), settings);
    REQUIRE_FALSE(second);
    CHECK(second.error() == "unable to lock " + mailbox.path() + " for exclusive access");
    const auto nowhere = MailboxLock::take("/nonexistent/box", parse_styles("flock"), settings);
    CHECK(nowhere.error() == "open file /nonexistent/box: cannot open file: No such file or directory");
}
