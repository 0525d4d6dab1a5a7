// lib/delivery/maildir_quota_test.cc - accounts of Maildirs, honest and other ones.
#include "lib/delivery/maildir_quota.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <ctime>
#include <filesystem>

#include "lib/base/file.h"
#include "lib/base/scratch_directory.h"

using namespace postrider;
using namespace postrider::delivery;

namespace {

// A Maildir, with a file maildirsize if need be.
class Maildir {
  public:
    Maildir() { make_folder(""); }
    std::string operator/(const std::string& name) const { return directory_ / name; }
    void make_folder(const std::string& name) const {
        for (const char* part : {"tmp", "new", "cur"})
            std::filesystem::create_directories(*this / (name + "/" + part));
    }
    void put(const std::string& name, const std::string& text) const { directory_.write(name, text); }
    std::string account() const {
        return read_file(*this / "maildirsize").ok() ? text("maildirsize") : "none";
    }
    std::string text(const std::string& name) const { return *read_file(*this / name); }

  private:
    ScratchDirectory directory_;
};

QuotaOptions options(std::int64_t bytes, std::int64_t messages = 0) {
    QuotaOptions made;
    made.limit.bytes = bytes;
    made.limit.messages = messages;
    made.use_file = true;
    made.uncounted = ".Trash";
    made.text = "full";
    return made;
}

bool admits(const Maildir& maildir, const QuotaOptions& how, std::int64_t size) {
    return MaildirQuota(maildir / "", how).admits(size);
}

// Makes the account look older than what is believed.
void make_old(const std::string& path) {
    const timespec long_ago[2] = {{1000000000, 0}, {1000000000, 0}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), long_ago, 0) == 0);
}

}  // namespace

TEST_CASE("Limits of Maildirs are read and written", "[quota]") {
    struct Row {
        const char* text;
        std::int64_t bytes, messages;
    };
    for (const Row& row : {Row{"1000S", 1000, 0}, Row{"1000S,5C", 1000, 5}, Row{"5C, 1000S", 1000, 5},
                           Row{"7C", 0, 7}, Row{"1234", 1234, 0}, Row{"0", 0, 0}, Row{" 12S ", 12, 0}}) {
        const auto limit = parse_quota_limit(row.text);
        REQUIRE(limit);
        CHECK(limit->bytes == row.bytes);
        CHECK(limit->messages == row.messages);
        CHECK(parse_quota_limit(quota_limit_text(*limit)) == limit);
    }
    for (const char* bad :
         {"", "S", "1X", "-1S", "1S,2S", "1,2S", "1S,", "99999999999999999999S", "1 S 2", "1e3S"})
        CHECK_FALSE(parse_quota_limit(bad));
}

TEST_CASE("The size in the name of a message", "[quota]") {
    CHECK(size_in_name("1.V2.host,S=123") == 123);
    CHECK(size_in_name("1.V2.host,S=123:2,S") == 123);
    CHECK(size_in_name("1.V2.host,S=123,W=130:2,") == 123);
    for (const char* none :
         {"1.V2.host", "1.host:2,S", "x,S=", "x,S=:2,", "x,S=-5", "x,S=12a", "x,S=99999999999999999999"})
        CHECK_FALSE(size_in_name(none));
}

TEST_CASE("An account is believed only when it is well-formed", "[quota]") {
    const auto account = parse_quota_account("1000S,5C\n100 1\n 250  2 \n-50 -1\n");
    REQUIRE(account);
    CHECK(account->limit == QuotaLimit{1000, 5});
    CHECK(account->usage.bytes == 300);
    CHECK(account->usage.messages == 2);
    CHECK(account->lines == 3);
    for (const char* bad :
         {"", "\n", "1000S", "1000S\n100 1", "x\n100 1\n", "1000S\n100\n", "1000S\n1 2 3\n", "1000S\n\n",
          "1000S\n-5 -1\n", "1000S\n9223372036854775807 1\n9 1\n", "1000S\na b\n"})
        CHECK_FALSE(parse_quota_account(bad));
}

TEST_CASE("A Maildir without an account is counted, and gets one", "[quota]") {
    Maildir maildir;
    maildir.make_folder(".Sent");
    maildir.make_folder(".Trash");
    maildir.put("new/1.a.host", std::string(100, 'x'));
    maildir.put("cur/2.b.host,S=200:2,S", "the name says its size");
    maildir.put(".Sent/cur/3.c.host:2,", std::string(30, 'x'));
    maildir.put(".Trash/cur/4.d.host,S=5000:2,", "");
    maildir.put("tmp/5.e.host", std::string(500, 'x'));
    REQUIRE(::symlink("/etc/passwd", (maildir / "new/6.f.host").c_str()) == 0);
    CHECK(admits(maildir, options(400), 70));
    CHECK(maildir.account() == "400S\n330 3\n");
    CHECK_FALSE(admits(maildir, options(400), 71));
}

TEST_CASE("Deliveries are added to the account, and another limit counts anew", "[quota]") {
    Maildir maildir;
    MaildirQuota quota(maildir / "", options(1000, 3));
    REQUIRE(quota.admits(600));
    maildir.put("new/1.a.host,S=600", "");
    quota.add(600);
    CHECK(maildir.account() == "1000S,3C\n0 0\n600 1\n");
    CHECK(admits(maildir, options(1000, 3), 400));
    CHECK(maildir.account() == "1000S,3C\n0 0\n600 1\n");
    // Denied only after a count: the file has more than one line.
    CHECK_FALSE(admits(maildir, options(1000, 3), 401));
    CHECK(maildir.account() == "1000S,3C\n600 1\n");
    CHECK(admits(maildir, options(2000), 401));
    CHECK(maildir.account() == "2000S\n600 1\n");
    CHECK_FALSE(admits(maildir, options(0, 1), 1));
    CHECK(maildir.account() == "1C\n600 1\n");
}

TEST_CASE("An account that denies is believed for a while", "[quota]") {
    Maildir maildir;
    maildir.put("maildirsize", "1000S\n900 9\n");
    CHECK_FALSE(admits(maildir, options(1000), 200));
    CHECK(maildir.account() == "1000S\n900 9\n");
    make_old(maildir / "maildirsize");
    CHECK(admits(maildir, options(1000), 200));
    CHECK(maildir.account() == "1000S\n0 0\n");
}

TEST_CASE("An account that its owner made up is counted anew", "[quota]") {
    Maildir maildir;
    maildir.put("new/1.a.host", std::string(100, 'x'));
    std::string longer = "150S\n";
    while (longer.size() < 5120) longer += "0 0\n";
    for (const std::string& made_up :
         {std::string("150S\n-9000 -1\n"), std::string("150S\n10 1"), longer, std::string(),
          std::string("150S\n") + std::string(1, '\0') + " 1\n"}) {
        maildir.put("maildirsize", made_up);
        CHECK_FALSE(admits(maildir, options(150), 51));
        CHECK(maildir.account() == "150S\n100 1\n");
    }
    // A link, another name of a file, a fifo: neither read nor written, but replaced.
    maildir.put("victim", "150S\n0 0\n");
    for (const auto& make : {::symlink, ::link}) {
        std::filesystem::remove(maildir / "maildirsize");
        REQUIRE(make((maildir / "victim").c_str(), (maildir / "maildirsize").c_str()) == 0);
        MaildirQuota quota(maildir / "", options(150));
        quota.add(7);
        CHECK(maildir.text("victim") == "150S\n0 0\n");
        CHECK_FALSE(quota.admits(51));
        CHECK(maildir.account() == "150S\n100 1\n");
    }
    std::filesystem::remove(maildir / "maildirsize");
    REQUIRE(::mkfifo((maildir / "maildirsize").c_str(), 0600) == 0);
    CHECK_FALSE(admits(maildir, options(150), 51));
    CHECK(maildir.account() == "150S\n100 1\n");
    // A directory cannot be replaced: counted each time.
    std::filesystem::remove(maildir / "maildirsize");
    std::filesystem::create_directory(maildir / "maildirsize");
    CHECK_FALSE(admits(maildir, options(150), 51));
    CHECK(admits(maildir, options(150), 50));
    CHECK(std::filesystem::is_empty(maildir / "tmp"));
}

TEST_CASE("A folder counts with the Maildir it is in", "[quota]") {
    Maildir maildir;
    maildir.make_folder(".Spam");
    maildir.make_folder(".Trash");
    maildir.put("new/1.a.host", std::string(100, 'x'));
    MaildirQuota spam(maildir / ".Spam/", options(150));
    CHECK(spam.admits(50));
    spam.add(50);
    CHECK(maildir.account() == "150S\n100 1\n50 1\n");
    CHECK(stat_file(maildir / ".Spam/maildirfolder"));
    CHECK_FALSE(stat_file(maildir / ".Spam/maildirsize"));
    CHECK_FALSE(MaildirQuota(maildir / ".Spam/", options(150)).admits(51));
    MaildirQuota trash(maildir / ".Trash/", options(150));
    CHECK(trash.admits(5000));
    trash.add(5000);
    QuotaOptions all = options(150);
    all.uncounted = "";
    CHECK_FALSE(MaildirQuota(maildir / ".Trash/", all).admits(5000));
}

TEST_CASE("An account from the next second is believed, one from tomorrow is not", "[quota]") {
    Maildir maildir;
    const std::string path = maildir / "maildirsize";
    maildir.put("maildirsize", "1000S\n900 1\n");
    const std::time_t now = std::time(nullptr);
    const timespec next_second[2] = {{now + 2, 0}, {now + 2, 0}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), next_second, 0) == 0);
    CHECK_FALSE(admits(maildir, options(1000), 101));
    const timespec tomorrow[2] = {{now + 86400, 0}, {now + 86400, 0}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), tomorrow, 0) == 0);
    CHECK(admits(maildir, options(1000), 101));
}

TEST_CASE("Only the inbox counts, if that is wanted", "[quota]") {
    Maildir maildir;
    maildir.make_folder(".Sent");
    maildir.put("new/1.a.host", std::string(100, 'x'));
    maildir.put(".Sent/cur/2.b.host", std::string(1000, 'x'));
    QuotaOptions inbox = options(150);
    inbox.inbox_only = true;
    CHECK(admits(maildir, inbox, 50));
    CHECK_FALSE(admits(maildir, inbox, 51));
    CHECK(maildir.account() == "none");
    CHECK(MaildirQuota(maildir / ".Sent/", inbox).admits(5000));
}

TEST_CASE("Without a limit of our own that of the account holds", "[quota]") {
    Maildir maildir;
    CHECK(admits(maildir, options(0), 1 << 30));
    CHECK(maildir.account() == "none");
    maildir.put("maildirsize", "1000S\n900 1\n");
    CHECK(admits(maildir, options(0), 100));
    CHECK_FALSE(admits(maildir, options(0), 101));
    QuotaOptions counting = options(0);
    counting.use_file = false;
    CHECK(admits(maildir, counting, 101));
}

TEST_CASE("What senders are told of a full Maildir", "[quota]") {
    Maildir maildir;
    QuotaOptions how = options(1);
    CHECK(MaildirQuota(maildir / "", how).refusal().kind == StepResult::Kind::deferred);
    how.status = "5.2.2";
    const StepResult result = MaildirQuota(maildir / "", how).refusal();
    CHECK(result.kind == StepResult::Kind::failed);
    CHECK(result.text == "maildir delivery failed: full");
}
