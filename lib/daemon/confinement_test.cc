// lib/daemon/confinement_test.cc - tried in children: what is given up is gone for good.
#include "lib/daemon/confinement.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>
#include <fstream>

#include <cstdlib>
#include <filesystem>
#include <functional>

#include "lib/base/fd.h"
#include "lib/base/scratch_directory.h"

using namespace postrider;
using daemon::Confinement;
using daemon::Confiner;

namespace {

// A spool, a table outside of it, and a file of somebody else's.
class Place {
  public:
    Place() {
        for (const char* directory :
             {"/spool", "/spool/incoming", "/spool/deferred", "/spool/hold", "/tables", "/other", "/data"})
            std::filesystem::create_directory(root + directory);
        for (const char* file : {"/tables/access", "/other/secret", "/spool/deferred/1", "/spool/hold/1"})
            std::ofstream(root + file) << "x\n";
    }

    Settings settings(const std::string& more = "") const {
        return Settings::from_text("queue_directory = " + root + "/spool\ndata_directory = " + root +
                                   "/data\n" + more);
    }
    // What `look` answers in a process that is confined.
    int confined(const Confinement& needs, const Settings& settings, const std::function<int()>& look) const {
        const pid_t child = ::fork();
        if (child == 0) {
            const Confiner confiner(needs, settings);
            if (::chdir((root + "/spool").c_str()) != 0) ::_exit(99);
            confiner.apply();
            ::_exit(look());
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
    }

    ScratchDirectory scratch;
    std::string root = scratch.path();
};

// errno of an attempt to open, 0: it works.
int open_error(const std::string& path, int flags) {
    const Fd file(::open(path.c_str(), flags | O_CLOEXEC, 0600));
    return file ? 0 : errno;
}

int connect_error() {
    const Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(1);  // nobody listens
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0
                                                                                                     : errno;
}

bool confines_files() {
    return daemon::confinement_problem().empty();
}

}  // namespace

TEST_CASE("a confined daemon reaches its own places only", "[confinement]") {
    if (!confines_files()) {
        WARN("not tried: " << daemon::confinement_problem());
        return;
    }
    const Place place;
    const Confinement needs{.reads = {"deferred"}, .writes = {"incoming"}};
    const Settings settings = place.settings(
        "smtpd_sender_restrictions = check_sender_access hash:" + place.root + "/tables/access\n");
    const auto seen = [&](const std::function<int()>& look) { return place.confined(needs, settings, look); };
    CHECK(seen([] { return open_error("incoming/new", O_WRONLY | O_CREAT); }) == 0);
    CHECK(seen([] { return open_error("deferred/1", O_RDONLY); }) == 0);
    CHECK(seen([] { return open_error("deferred/1", O_RDWR); }) == EACCES);
    CHECK(seen([] { return open_error("hold/1", O_RDONLY); }) == EACCES);
    CHECK(seen([&] { return open_error(place.root + "/tables/access", O_RDONLY); }) == 0);
    CHECK(seen([&] { return open_error(place.root + "/other/secret", O_RDONLY); }) == EACCES);
    CHECK(seen([&] { return open_error(place.root + "/data/cache", O_WRONLY | O_CREAT); }) == EACCES);
    CHECK(seen([] { return open_error("/etc/passwd", O_RDONLY); }) == 0);
    CHECK(seen([] { return open_error("/dev/null", O_RDWR); }) == 0);
}

TEST_CASE("a table that was replaced can still be read", "[confinement]") {
    if (!confines_files()) return;
    const Place place;
    const Settings settings = place.settings("virtual_alias_maps = $table_type:" + place.root +
                                             "/tables/access\ntable_type = hash\n");
    CHECK(place.confined({}, settings, [&] {
        // Somebody outside would do this; the new file is another inode.
        const std::string file = place.root + "/tables/access";
        return open_error(file, O_RDONLY) == 0 && open_error(file, O_RDWR) == EACCES ? 0 : 1;
    }) == 0);
    const Confiner confiner({}, settings);
    const auto& readable = confiner.readable();
    CHECK(std::find(readable.begin(), readable.end(), place.root + "/tables") != readable.end());
}

TEST_CASE("the files that a table's description names can be read", "[confinement]") {
    const Place place;
    std::ofstream(place.root + "/tables/users.cf") << "dbpath = " << place.root << "/other/users.db\n";
    const Settings settings =
        place.settings("virtual_mailbox_maps = proxy:sqlite:" + place.root + "/tables/users.cf\n");
    const Confiner confiner({}, settings);
    const auto& readable = confiner.readable();
    CHECK(std::find(readable.begin(), readable.end(), place.root + "/other") != readable.end());
}

TEST_CASE("the files that a description of the daemon's own names can be read", "[confinement]") {
    const Place place;
    std::ofstream(place.root + "/tables/smtpd.conf") << "sasldb_path: " << place.root << "/other/sasldb2\n";
    const Settings settings = place.settings("");
    const Confiner confiner({.descriptions = {place.root + "/tables/smtpd.conf", "/no/such.conf"}}, settings);
    const auto& readable = confiner.readable();
    CHECK(std::find(readable.begin(), readable.end(), place.root + "/other") != readable.end());
}

TEST_CASE("the spool is never readable as a whole because a value names it", "[confinement]") {
    const Place place;
    const Settings settings =
        place.settings("smtpd_milters = unix:" + place.root + "/spool/filter.sock\nbiff = /\n");
    const Confiner confiner({}, settings);
    for (const std::string& readable : confiner.readable()) {
        CHECK(readable != place.root + "/spool");
        CHECK(readable != "/");
    }
}

TEST_CASE("caches can be written where they are wanted", "[confinement]") {
    if (!confines_files()) return;
    const Place place;
    const auto write_cache = [&] { return open_error(place.root + "/data/cache", O_WRONLY | O_CREAT); };
    CHECK(place.confined({.caches = true}, place.settings(), write_cache) == 0);
    CHECK(place.confined({.network = true}, place.settings(), write_cache) == EACCES);
}

TEST_CASE("the network is for those who need it", "[confinement]") {
    if (!confines_files()) return;
    const Place place;
    CHECK(place.confined({.network = true}, place.settings(), connect_error) == ECONNREFUSED);
    // Landlock knows of TCP since Linux 6.7.
    const int without = place.confined({}, place.settings(), connect_error);
    CHECK((without == EACCES || without == ECONNREFUSED));
}

TEST_CASE("no program is started, no other process looked into", "[confinement]") {
    const Place place;
    const auto run_true = [] {
        ::execl("/bin/true", "true", nullptr);
        return errno;
    };
    const auto trace = [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : errno; };
    const auto share = [] { return ::mount("none", "/tmp", "tmpfs", 0, nullptr) == 0 ? 0 : errno; };
    // EACCES: Landlock came first.
    const int started = place.confined({}, place.settings(), run_true);
    CHECK((started == EPERM || started == EACCES));
    CHECK(place.confined({.programs = true}, place.settings(), run_true) == 0);
    CHECK(place.confined({}, place.settings(), trace) == EPERM);
    CHECK(place.confined({}, place.settings(), share) == EPERM);
}
