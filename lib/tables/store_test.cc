// lib/tables/store_test.cc
#include "lib/tables/store.h"

#include <fmt/core.h>

#include <catch2/catch.hpp>
#include <map>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/scratch_directory.h"
#include "lib/tables/types/redirect.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

struct Place {
    ScratchDirectory directory;
    Settings settings = Settings::from_text("");
};

std::map<std::string, std::string> all(Store& store) {
    std::map<std::string, std::string> entries;
    auto step = Store::Step::first;
    for (;;) {
        const auto entry = async::run(store.step(step));
        REQUIRE(entry);
        if (!*entry) return entries;
        entries.insert(**entry);
        step = Store::Step::next;
    }
}

std::string value_of(Store& store, const std::string& key) {
    const LookupResult answer = async::run(store.find(key));
    return answer.found == Found::yes ? answer.value : "(none)";
}

}  // namespace

TEST_CASE("Stores of every kind keep what they are told", "[tables]") {
    Place place;
    for (const char* const type : {"btree", "hash", "lmdb", "internal"}) {
        CAPTURE(type);
        const std::string name = fmt::format("{}:{}/{}", type, place.directory.path(), type);
        auto opened = open_store(name, OpenContext(place.settings));
        REQUIRE(opened);
        Store& store = **opened;
        CHECK(value_of(store, "Key") == "(none)");
        CHECK(all(store).empty());
        CHECK(async::run(store.update("Key", "one")));
        CHECK(async::run(store.update("Key", "two")));
        CHECK(async::run(store.update("other", "x")));
        CHECK(value_of(store, "Key") == "two");
        CHECK(value_of(store, "key") == "(none)");
        CHECK(all(store) == std::map<std::string, std::string>{{"Key", "two"}, {"other", "x"}});
        CHECK(*async::run(store.remove("other")));
        CHECK_FALSE(*async::run(store.remove("other")));
        CHECK(all(store).size() == 1);
    }
}

TEST_CASE("An entry can be removed while a walk stands on it", "[tables]") {
    Place place;
    for (const char* const type : {"btree", "hash", "lmdb", "internal"}) {
        CAPTURE(type);
        auto opened = open_store(fmt::format("{}:{}/{}", type, place.directory.path(), type),
                                 OpenContext(place.settings));
        REQUIRE(opened);
        Store& store = **opened;
        for (int i = 0; i < 2000; ++i) CHECK(async::run(store.update(std::to_string(i), "v")));
        int seen = 0;
        auto step = Store::Step::first;
        for (;;) {
            const auto entry = async::run(store.step(step));
            REQUIRE(entry);
            if (!*entry) break;
            ++seen;
            if (std::stoi((*entry)->first) % 2 == 0) CHECK(*async::run(store.remove((*entry)->first)));
            step = Store::Step::next;
        }
        CHECK(seen == 2000);
        CHECK(all(store).size() == 1000);
    }
}

TEST_CASE("A Berkeley DB store has one process; its file is the table of others", "[tables]") {
    Place place;
    const std::string name = "btree:" + place.directory.path() + "/cache";
    {
        auto opened = open_store(name, OpenContext(place.settings));
        REQUIRE(opened);
        CHECK(async::run((*opened)->update("k", "v")));
        const auto second = open_store(name, OpenContext(place.settings));
        REQUIRE_FALSE(second);
        CHECK(second.error().find("in use") != std::string::npos);
    }
    const LookupResult found = async::run(open_table(name, place.settings)->find("k"));
    CHECK(found.value == "v");
    CHECK_FALSE(open_store("cidr:/x", OpenContext(place.settings)));
}

TEST_CASE("sdbm files are read", "[tables]") {
    Place place;
    // One page with two entries, as the public-domain library lays them out: offsets in front, bytes behind.
    std::string page(1024, '\0');
    const auto put = [&page](std::size_t index, std::uint16_t number) {
        page.replace(index * 2, 2, std::string(reinterpret_cast<const char*>(&number), 2));
    };
    const std::string bytes =
        std::string("val2") + "two" + std::string("value1\0", 7) + std::string("one\0", 4);
    page.replace(1024 - bytes.size(), bytes.size(), bytes);
    put(0, 4);
    put(1, 1020);
    put(2, 1013);
    put(3, 1010);
    put(4, 1006);
    REQUIRE(replace_file(place.directory.path() + "/t.pag", page));
    REQUIRE(replace_file(place.directory.path() + "/t.dir", ""));
    const auto ask = [&](const char* key) {
        const LookupResult answer =
            async::run(open_table("sdbm:" + place.directory.path() + "/t", place.settings)->find(key));
        return answer.found == Found::yes ? answer.value : "(none)";
    };
    CHECK(ask("One") == "value1");
    CHECK(ask("two") == "val2");
    CHECK(ask("three") == "(none)");
    put(2, 2000);  // damaged
    REQUIRE(replace_file(place.directory.path() + "/t.pag", page));
    CHECK(ask("two") == "(none)");
}

TEST_CASE("Berkeley DB types stand for others when the migration level says so", "[tables]") {
    const auto type = [](const char* given, const char* main_cf) {
        return redirected_type(given, Settings::from_text(main_cf));
    };
    const char* const on =
        "non_bdb_migration_level = enable-redirect\ndefault_database_type = cdb\ndefault_cache_db_type = "
        "lmdb\n";
    CHECK(type("hash", "default_database_type = cdb") == "hash");
    CHECK(type("hash", on) == "cdb");
    CHECK(type("btree", on) == "lmdb");
    CHECK(type("cidr", on) == "cidr");
    // Nothing to redirect to.
    CHECK(type("hash", "non_bdb_migration_level = enable-redirect") == "hash");
    const std::string custom = std::string(on) + "non_bdb_custom_mapping = hash:lmdb, btree=cdb\n";
    CHECK(type("hash", custom.c_str()) == "lmdb");
    CHECK(type("btree", custom.c_str()) == "cdb");
}

TEST_CASE("A redirected table is the other file", "[tables]") {
    Place place;
    place.settings = Settings::from_text(
        "non_bdb_migration_level = enable-redirect\ndefault_database_type = lmdb\ndefault_cache_db_type = "
        "lmdb\n");
    auto opened = open_store("btree:" + place.directory.path() + "/t", OpenContext(place.settings));
    REQUIRE(opened);
    CHECK(async::run((*opened)->update("k", "v")));
    CHECK(stat_file(place.directory.path() + "/t.lmdb"));
    CHECK_FALSE(stat_file(place.directory.path() + "/t.db"));
    const TablePtr table = open_table("hash:" + place.directory.path() + "/t", place.settings);
    CHECK(async::run(table->find("K")).value == "v");
}
