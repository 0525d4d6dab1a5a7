// lib/delivery/mailbox_test.cc - writing mailboxes, Maildirs and to commands.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/no_descriptors.h"
#include "lib/base/scratch_directory.h"
#include "lib/delivery/command.h"
#include "lib/delivery/mailbox_file.h"
#include "lib/delivery/maildir.h"
#include "lib/delivery/rights.h"
#include "lib/queue/record.h"

using namespace postrider;
using namespace postrider::delivery;

namespace {

// The content part of a queue file.
Fd message(const ScratchDirectory& directory, const std::vector<std::string>& lines, bool complete = true) {
    std::string bytes;
    for (const std::string& line : lines) queue::append_record(bytes, queue::RecordType::text, line);
    if (complete) queue::append_record(bytes, queue::RecordType::extracted, "");
    REQUIRE(replace_file(directory / "message", bytes));
    return Fd(::open((directory / "message").c_str(), O_RDONLY | O_CLOEXEC));
}

std::string copied(const Fd& file, const CopyOptions& options) {
    std::string out;
    const Copied result = copy_message(file.get(), 0, options, [&out](std::string_view piece) {
        out += piece;
        return true;
    });
    return result == Copied::all ? out : "corrupt";
}

}  // namespace

TEST_CASE("What the machine lacks is no reason to return mail", "[delivery]") {
    ScratchDirectory directory;
    MailboxTarget target;
    target.path = directory / "box";
    target.trouble_status = "5.2.0";
    const Fd file = message(directory, {"Subject: x", "", "text"});
    const auto in_file = [&] { return append_to_mailbox(target, file.get(), 0, CopyOptions()); };
    const auto in_maildir = [&] {
        return deliver_to_maildir(directory / "maildir/", "host", 0, file.get(), 0, CopyOptions(), "5.2.0",
                                  nullptr);
    };
    const StepResult without = without_descriptors(in_file);
    CHECK(without.kind == StepResult::Kind::deferred);
    CHECK(without.status == "4.3.0");
    CHECK(without_descriptors(in_maildir).kind == StepResult::Kind::deferred);
    CHECK_FALSE(without_descriptors([] { return find_user_now("no-such-user").ok(); }));
    CHECK(in_file().kind == StepResult::Kind::delivered);
    const auto nobody = find_user_now("no-such-user");
    REQUIRE(nobody.ok());
    CHECK_FALSE(nobody->has_value());
    // A directory can be opened and not be read, as a file on a disk that fails.
    const Fd unreadable(::open((directory / "").c_str(), O_RDONLY | O_CLOEXEC));
    const StepResult lost = append_to_mailbox(target, unreadable.get(), 0, CopyOptions());
    CHECK(lost.kind == StepResult::Kind::deferred);
    CHECK(lost.status == "4.3.0");
}

TEST_CASE("A message is copied as mailboxes want it", "[delivery]") {
    ScratchDirectory directory;
    const Fd file = message(directory, {"Subject: x", "", "From me", ">From you", ".dot", "from here"});
    CopyOptions plain;
    CHECK(copied(file, plain) == "Subject: x\n\nFrom me\n>From you\n.dot\nfrom here\n");
    CopyOptions mbox;
    mbox.from_line = "From a@b  date";
    mbox.headers = {"Return-Path: <a@b>", "Delivered-To: c"};
    mbox.quote_from = true;
    mbox.blank_line_at_end = true;
    CHECK(copied(file, mbox) ==
          "From a@b  date\nReturn-Path: <a@b>\nDelivered-To: c\nSubject: x\n\n>From me\n"
          ">From you\n.dot\nfrom here\n\n");
    CopyOptions dots;
    dots.stuff_dots = true;
    dots.line_end = "\r\n";
    CHECK(copied(file, dots) == "Subject: x\r\n\r\nFrom me\r\n>From you\r\n..dot\r\nfrom here\r\n");
    CHECK(copied(message(directory, {"x"}, false), plain) == "corrupt");
}

TEST_CASE("Sender texts of mailboxes", "[delivery]") {
    CHECK(sender_text("") == "MAILER-DAEMON");
    CHECK(sender_text("a b@c") == "\"a b\"@c");
    CHECK(return_path_header("") == "Return-Path: <>");
    CHECK(from_line("a@b").starts_with("From a@b  "));
}

TEST_CASE("A mailbox grows by whole messages only", "[delivery]") {
    ScratchDirectory directory;
    MailboxTarget target;
    target.path = directory / "box";
    target.locks.fcntl = target.locks.dotlock = true;
    target.locks.attempts = 1;
    const Fd file = message(directory, {"Subject: x", "", "text"});
    CopyOptions copy;
    StepResult result = append_to_mailbox(target, file.get(), 0, copy);
    CHECK(result.kind == StepResult::Kind::delivered);
    result = append_to_mailbox(target, file.get(), 0, copy);
    CHECK(result.offset == 17);
    const std::string once = "Subject: x\n\ntext\n";
    CHECK(*read_file(target.path) == once + once);
    CHECK((stat_file(target.path)->st_mode & 0777) == 0600);
    CHECK_FALSE(stat_file(target.path + ".lock"));

    target.size_limit = 40;
    result = append_to_mailbox(target, file.get(), 0, copy);
    CHECK(result.kind == StepResult::Kind::failed);
    CHECK(result.status == "5.2.2");
    CHECK(*read_file(target.path) == once + once);

    target.size_limit = 0;
    const Fd broken = message(directory, {"x"}, false);
    result = append_to_mailbox(target, broken.get(), 0, copy);
    CHECK(result.kind == StepResult::Kind::corrupt_message);
    CHECK(*read_file(target.path) == once + once);

    REQUIRE(replace_file(target.path + ".lock", ""));
    result = append_to_mailbox(target, file.get(), 0, copy);
    CHECK(result.kind == StepResult::Kind::deferred);
    CHECK(result.status == "4.2.0");
}

TEST_CASE("A lock that is soon free is soon taken", "[delivery]") {
    ScratchDirectory directory;
    MailboxTarget target;
    target.path = directory / "box";
    target.locks.flock = target.locks.dotlock = true;
    target.locks.attempts = 2;
    target.locks.delay = std::chrono::hours(1);
    const Fd file = message(directory, {"Subject: x", "", "text"});
    Fd held(::open((directory / "box").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    REQUIRE(lock_file(held.get(), LockMode::exclusive, LockWait::no, LockStyle::flock));
    REQUIRE(replace_file(target.path + ".lock", ""));
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        ::unlink((target.path + ".lock").c_str());
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        held.reset();
    });
    CHECK(append_to_mailbox(target, file.get(), 0, CopyOptions()).kind == StepResult::Kind::delivered);
    other.join();
}

TEST_CASE("A mailbox that is a link or has another name is refused", "[delivery]") {
    ScratchDirectory directory;
    const Fd file = message(directory, {"Subject: x", "", "text"});
    REQUIRE(replace_file(directory / "victim", "precious"));
    REQUIRE(symlink((directory / "victim").c_str(), (directory / "link").c_str()) == 0);
    REQUIRE(chmod((directory / "").c_str(), 0777) == 0);
    REQUIRE(link((directory / "victim").c_str(), (directory / "hard").c_str()) == 0);
    for (const char* name : {"link", "hard"}) {
        MailboxTarget target;
        target.path = directory / name;
        const StepResult result = append_to_mailbox(target, file.get(), 0, CopyOptions());
        CHECK(result.kind == StepResult::Kind::failed);
        CHECK(result.status == "5.2.0");
        CHECK(*read_file(directory / "victim") == "precious");
    }
    MailboxTarget target;
    target.path = directory / "program";
    target.refuse_executable = true;
    REQUIRE(replace_file(target.path, "", 0700));
    CHECK(append_to_mailbox(target, file.get(), 0, CopyOptions()).status == "5.7.1");
    target.path = "/dev/null";
    CHECK(append_to_mailbox(target, file.get(), 0, CopyOptions()).kind == StepResult::Kind::delivered);
    target.regular_for = "joe@v.test";
    CHECK(append_to_mailbox(target, file.get(), 0, CopyOptions()).status == "5.3.5");
}

TEST_CASE("Nobody acts as the user that means no change", "[delivery]") {
    if (!can_become_others()) return;
    Rights nobody;
    nobody.uid = static_cast<uid_t>(-1);
    nobody.gid = static_cast<gid_t>(-1);
    CHECK(async::run(write_as(nobody, [] { return StepResult::delivered(); })).status == "4.3.0");
    CHECK(geteuid() == 0);
    CHECK(async::run(run_step(
                         nobody, [] { return StepResult::delivered(); }, std::chrono::seconds(60)))
              .status == "4.3.0");
}

TEST_CASE("A Maildir is made and gets one file a message", "[delivery]") {
    CHECK(maildir_name(1795217282073603, 0xfe00, 0x86007, "vm") == "1795217282.Vfe00I86007M73603.vm");
    ScratchDirectory directory;
    const Fd file = message(directory, {"Subject: x", "", "text"});
    const std::string path = directory / "a/Maildir/";
    for (int i = 0; i < 2; ++i) {
        const StepResult result = deliver_to_maildir(path, "host", 0, file.get(), 0, CopyOptions());
        CHECK(result.kind == StepResult::Kind::delivered);
    }
    const auto names = list_directory(path + "new");
    REQUIRE(names);
    REQUIRE(names->size() == 2);
    CHECK(*read_file(path + "new/" + names->front()) == "Subject: x\n\ntext\n");
    CHECK((stat_file(path + "new/" + names->front())->st_mode & 0777) == 0600);
    CHECK(list_directory(path + "tmp")->empty());
    CHECK(stat_file(path + "cur"));
    CHECK(deliver_to_maildir(path, "host", 5, file.get(), 0, CopyOptions()).status == "5.2.2");
    CHECK(list_directory(path + "tmp")->empty());
    REQUIRE(replace_file(directory / "file", ""));
    CHECK(deliver_to_maildir(directory / "file/", "host", 0, file.get(), 0, CopyOptions()).status == "5.2.0");
}

TEST_CASE("A command line needs a shell or is run as it is", "[delivery]") {
    using Words = std::vector<std::string>;
    CHECK(command_arguments("/bin/prog -a  b", "") == Words{"/bin/prog", "-a", "b"});
    CHECK(command_arguments("cat > x", "") == Words{"sh", "-c", "cat > x"});
    CHECK(command_arguments("", "") == Words{"sh", "-c", ""});
    CHECK(command_arguments("a b", "/bin/csh -c") == Words{"/bin/csh", "-c", "a b"});
}

TEST_CASE("The end of a command decides", "[delivery]") {
    const auto exited = [](int status) { return status << 8; };
    CHECK(command_result(exited(0), "c", "ok").kind == StepResult::Kind::delivered);
    struct Row {
        int status;
        std::string output, dsn, text;
    };
    const Row rows[] = {
        {exited(75), "", "4.3.0", "temporary failure"},
        {exited(67), "", "5.1.1", "user unknown"},
        {exited(68), "huh", "5.1.2", "host name unknown. Command output: huh"},
        {exited(1), "", "5.3.0", "Command died with status 1: \"c\""},
        {exited(1), "said", "5.3.0", "Command died with status 1: \"c\". Command output: said"},
        {exited(1), "5.7.17 by the script", "5.7.17", "by the script"},
        {exited(1), "4.2.1 later", "4.2.1", "later"},
        {exited(1), "2.1.5 fine", "2.1.5", "fine"},
        {9, "", "4.3.0", "Command died with signal 9: \"c\""},
    };
    for (const Row& row : rows) {
        const StepResult result = command_result(row.status, "c", row.output);
        CHECK(result.status == row.dsn);
        CHECK(result.text == row.text);
        CHECK((result.kind == StepResult::Kind::deferred) == (row.dsn[0] == '4'));
    }
}

TEST_CASE("A command gets the message and is killed at its time limit", "[delivery]") {
    ScratchDirectory directory;
    const Fd file = message(directory, {"Subject: x", "", "text"});
    CommandTarget target;
    target.command = "cat > " + (directory / "out") + "; echo said $WORD";
    target.environment = {"PATH=/usr/bin:/bin", "WORD=this"};
    StepResult result = run_command(target, file.get(), 0, CopyOptions());
    CHECK(result.kind == StepResult::Kind::delivered);
    CHECK(result.text == "said this ");
    CHECK(*read_file(directory / "out") == "Subject: x\n\ntext\n");

    target.command = "exec sleep 1000";
    target.time_limit = std::chrono::seconds(0);
    result = run_command(target, file.get(), 0, CopyOptions());
    CHECK(result.status == "5.3.0");
    CHECK(result.text.starts_with("Command time limit exceeded"));

    target.time_limit = std::chrono::seconds(60);
    target.command = "/no/such/program";
    result = run_command(target, file.get(), 0, CopyOptions());
    CHECK(result.status == "4.3.0");
    CHECK(result.text ==
          "temporary failure. Command output: pipe: fatal: pipe_command: execvp /no/such/program: No such "
          "file or "
          "directory ");
    target.command = "ulimit -f; printf 'a\\001\\tb\\n'; exit 1";
    target.file_size_limit = 1024 * 1024;
    CHECK(run_command(target, file.get(), 0, CopyOptions()).text.ends_with("output: 2048 a_ b "));
    target.command = "true";  // reads nothing
    CHECK(run_command(target, file.get(), 0, CopyOptions()).kind == StepResult::Kind::delivered);
}

TEST_CASE("A step that dies defers", "[delivery]") {
    Rights self;
    self.uid = geteuid();
    self.gid = getegid();
    const auto run = [&self](std::function<StepResult()> job) {
        return async::run(run_step(self, std::move(job), std::chrono::seconds(60))).kind;
    };
    CHECK(run([] { return StepResult::delivered(); }) == StepResult::Kind::delivered);
    CHECK(run([]() -> StepResult { _exit(0); }) == StepResult::Kind::deferred);
    CHECK(run([]() -> StepResult {
              ::raise(SIGKILL);
              _exit(0);
          }) == StepResult::Kind::deferred);
    CHECK(run([]() -> StepResult { throw std::runtime_error("x"); }) == StepResult::Kind::deferred);
    const std::function<StepResult()> hangs = []() -> StepResult {
        pause();
        return StepResult::delivered();
    };
    CHECK(async::run(run_step(self, hangs, std::chrono::milliseconds(20))).kind ==
          StepResult::Kind::deferred);
}

TEST_CASE("Commands get an environment of names and values", "[delivery]") {
    using Words = std::vector<std::string>;
    ::setenv("BOXES_TEST", "from here", 1);
    CHECK(exported_environment(
              {"A=1", "{B = two words }", "BOXES_TEST", "NOT_SET_ANYWHERE", "PATH=/evil", "C="}) ==
          Words{"A=1", "B=two words", "BOXES_TEST=from here", "C=", "PATH=/usr/bin:/bin"});
    CHECK(exported_environment({}) == Words{"PATH=/usr/bin:/bin"});
}
