// lib/tables/cache_test.cc - what a service remembers between its lives.
#include "lib/tables/cache.h"

#include <catch2/catch.hpp>

#include "lib/async/loop.h"
#include "lib/base/scratch_directory.h"

namespace postrider::tables {

namespace {

// A cache in a directory of its own.
struct Place {
    std::shared_ptr<Cache> open(const std::string& type) const {
        const std::string map = type.empty() ? type : type + ":" + directory / "cache";
        return Cache::open("x_map", map, settings);
    }
    ScratchDirectory directory{};
    Settings settings = Settings::from_text("");
};

std::optional<std::string> get(const std::shared_ptr<Cache>& cache, const std::string& key) {
    return async::run(cache->get(key));
}
void put(const std::shared_ptr<Cache>& cache, const std::string& key, const std::string& value) {
    async::run(cache->put(key, value));
}

}  // namespace

TEST_CASE("a cache outlives its process in tables of several types", "[tables]") {
    for (const std::string type : {"btree", "hash", "lmdb"}) {
        CAPTURE(type);
        const Place place;
        {
            const auto cache = place.open(type);
            put(cache, "192.0.2.1", "1;2");
            async::run(cache->note_cleanup(77));
        }
        const auto again = place.open(type);
        CHECK(get(again, "192.0.2.1") == "1;2");
        CHECK_FALSE(get(again, "192.0.2.2"));
        CHECK(async::run(again->last_cleanup()) == 77);
        // The time of the last cleanup is no entry, whatever the caller thinks of its value.
        async::run(again->remove_if([](const std::string&) { return true; }));
        CHECK_FALSE(get(again, "192.0.2.1"));
        CHECK(async::run(again->last_cleanup()) == 77);
    }
}

TEST_CASE("a cleanup goes through all entries, and lets others have their turn", "[tables]") {
    for (const std::string type : {"btree", ""}) {
        const Place place;
        const auto cache = place.open(type);
        for (int i = 0; i < 1000; ++i) put(cache, "key" + std::to_string(i), std::to_string(i % 2));
        bool done = false;
        async::Scope scope;
        scope.spawn([](std::shared_ptr<Cache> cleaned, bool& flag) -> Task<> {
            std::function<bool(const std::string&)> unwanted = [](const std::string& value) {
                return value == "1";
            };
            co_await cleaned->remove_if(std::move(unwanted));
            flag = true;
        }(cache, done));
        CHECK_FALSE(done);
        async::run(scope.join());
        CHECK(done);
        for (int i = 0; i < 1000; ++i)
            CHECK(get(cache, "key" + std::to_string(i)).has_value() == (i % 2 == 0));
    }
}

TEST_CASE("one process at a time uses a cache file", "[tables]") {
    const Place place;
    auto first = place.open("btree");
    put(first, "a", "1");
    {
        const auto second = place.open("btree");
        CHECK_FALSE(get(second, "a"));
        put(second, "a", "2");
        CHECK(get(second, "a") == "2");
    }
    CHECK(get(first, "a") == "1");
    first.reset();
    CHECK(get(place.open("btree"), "a") == "1");
}

TEST_CASE("a cache without a table is kept in memory", "[tables]") {
    const Place place;
    const auto cache = place.open("");
    put(cache, "a", "1");
    put(cache, "b", "2");
    async::run(cache->remove_if([](const std::string& value) { return value == "1"; }));
    CHECK_FALSE(get(cache, "a"));
    CHECK(get(cache, "b") == "2");
}

}  // namespace postrider::tables
