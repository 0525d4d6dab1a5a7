// lib/daemon/file_watch_test.cc - files that are replaced, by name and behind a link.
#include "lib/daemon/file_watch.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "lib/tls/test_certificates.h"

using namespace postrider;
using daemon::FileWatch;

TEST_CASE("A replaced file is noticed once", "[daemon]") {
    const tls::test::Directory directory;
    const std::string cert = directory.write("cert.pem", "one");
    const std::string key = directory.write("key.pem", "one");
    FileWatch watch({cert, key}, async::Duration::zero());
    CHECK_FALSE(watch.changed());
    directory.write("other.pem", "not ours");
    CHECK_FALSE(watch.changed());
    directory.write("key.pem", "two");
    CHECK(watch.changed());
    CHECK_FALSE(watch.changed());
    CHECK(watch.readable());
    CHECK(::unlink(key.c_str()) == 0);
    CHECK_FALSE(watch.readable());
    // Between the old and the new one there is nothing to take up.
    CHECK_FALSE(watch.changed());
    directory.write("key.pem", "three");
    CHECK(watch.changed());
}

TEST_CASE("What a link points to is watched, too", "[daemon]") {
    const tls::test::Directory archive;
    const tls::test::Directory live;
    const std::string first = archive.write("cert1.pem", "one");
    const std::string link = live.path() + "/cert.pem";
    REQUIRE(::symlink(first.c_str(), link.c_str()) == 0);
    FileWatch watch({link}, async::Duration::zero());
    CHECK_FALSE(watch.changed());
    archive.write("cert1.pem", "replaced");
    CHECK(watch.changed());
    const std::string second = archive.write("cert2.pem", "two");
    REQUIRE(::symlink(second.c_str(), (link + ".new").c_str()) == 0);
    REQUIRE(::rename((link + ".new").c_str(), link.c_str()) == 0);
    CHECK(watch.changed());
    CHECK_FALSE(watch.changed());
}

TEST_CASE("It looks once an interval", "[daemon]") {
    const tls::test::Directory directory;
    const std::string cert = directory.write("cert.pem", "one");
    FileWatch watch({cert}, std::chrono::hours(1));
    CHECK_FALSE(watch.changed());
    directory.write("cert.pem", "two");
    CHECK_FALSE(watch.changed());
}
