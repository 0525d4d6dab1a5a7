// lib/tables/cache_file_test.cc - what a service remembers between its lives.
#include "lib/tables/cache_file.h"

#include <stdlib.h>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace postrider::tables {

namespace {

// A cache in a directory of its own.
struct Place {
    Place() {
        char name[] = "/tmp/cache_file_test.XXXXXX";
        directory = ::mkdtemp(name);
    }
    ~Place() {
        ::unlink((directory + "/cache.db").c_str());
        ::rmdir(directory.c_str());
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    std::string map(const std::string& type) const { return type + directory + "/cache"; }
    std::string directory;
};

}  // namespace

TEST_CASE("a cache file outlives its process", "[tables]") {
    const Place place;
    for (const char* type : {"btree:", "proxy:btree:"}) {
        CacheFile cache("x_map", place.map(type));
        cache.put("192.0.2.1", "1;2");
        cache.note_cleanup(77);
    }
    CacheFile again("x_map", place.map("btree:"));
    CHECK(again.get("192.0.2.1") == "1;2");
    CHECK_FALSE(again.get("192.0.2.2"));
    CHECK(again.last_cleanup() == 77);
    // The time of the last cleanup is no entry, whatever the caller thinks of its value.
    again.remove_if([](const std::string&) { return true; });
    CHECK_FALSE(again.get("192.0.2.1"));
    CHECK(again.last_cleanup() == 77);
}

TEST_CASE("one process at a time uses a locked cache file", "[tables]") {
    const Place place;
    std::optional<CacheFile> first;
    first.emplace("x_map", place.map("btree:"), CacheFile::Lock::exclusive);
    first->put("a", "1");
    {
        CacheFile second("x_map", place.map("btree:"), CacheFile::Lock::exclusive);
        CHECK_FALSE(second.get("a"));
        second.put("a", "2");
        CHECK(second.get("a") == "2");
    }
    CHECK(first->get("a") == "1");
    first.reset();
    CacheFile successor("x_map", place.map("btree:"), CacheFile::Lock::exclusive);
    CHECK(successor.get("a") == "1");
}

TEST_CASE("a cache without a file is kept in memory", "[tables]") {
    CacheFile cache("x_map", "");
    cache.put("a", "1");
    cache.put("b", "2");
    cache.remove_if([](const std::string& value) { return value == "1"; });
    CHECK_FALSE(cache.get("a"));
    CHECK(cache.get("b") == "2");
}

}  // namespace postrider::tables
