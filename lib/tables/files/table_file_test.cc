// lib/tables/files/table_file_test.cc - making table files, and the lines of aliases files.
#include "lib/tables/files/table_file.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/scratch_directory.h"
#include "lib/tables/files/alias_source.h"
#include "lib/tables/table.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

std::unique_ptr<TableFile> open(const std::string& name, Purpose purpose) {
    TableFileOptions options;
    options.cache_bytes = 1 << 16;
    options.mode = 0640;
    auto file = open_table_file("hash", name, purpose, options);
    REQUIRE(file);
    return std::move(*file);
}

std::map<std::string, std::string> entries(const std::string& name) {
    std::map<std::string, std::string> all;
    REQUIRE(open(name, Purpose::list)->for_each([&all](const std::string& key, const std::string& value) {
        all[key] = value;
    }));
    return all;
}

}  // namespace

TEST_CASE("A table file appears only when it is committed", "[tables]") {
    ScratchDirectory directory;
    const std::string name = directory.path() + "/t";
    open(name, Purpose::build)->put("a", "1", false).ok();
    CHECK(std::filesystem::is_empty(directory.path()));
    auto file = open(name, Purpose::build);
    CHECK(*file->put("a", "1", false));
    CHECK_FALSE(*file->put("a", "2", false));
    CHECK(*file->put("b", "1", false));
    REQUIRE(file->commit());
    CHECK(entries(name) == std::map<std::string, std::string>{{"a", "1"}, {"b", "1"}});
    CHECK((stat_file(name + ".db")->st_mode & 0777) == 0640);
    CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1);
}

TEST_CASE("A whole table is written at once, and can be changed and read afterwards", "[tables]") {
    ScratchDirectory directory;
    std::vector<std::string> texts;
    std::map<std::string, std::string> wanted;
    for (int i = 0; i < 10000; ++i) {
        texts.push_back("key" + std::to_string(i * 7919 % 10007));
        texts.push_back("value " + std::to_string(i));
        wanted[texts[texts.size() - 2]] = texts.back();
    }
    const Settings settings = Settings::from_text("myhostname = mx.example.test\n");
    for (const std::string type : {"hash", "btree", "lmdb", "cdb"}) {
        INFO(type);
        const std::string name = directory.path() + "/" + type;
        std::vector<FileEntry> all;
        for (std::size_t i = 0; i < texts.size(); i += 2) all.push_back({texts[i], texts[i + 1]});
        auto file = open_table_file(type, name, Purpose::build, {});
        REQUIRE(file);
        REQUIRE((*file)->put_all(all));
        REQUIRE((*file)->put_bare("bare", "end"));
        REQUIRE((*file)->commit());
        std::map<std::string, std::string> found;
        auto list = open_table_file(type, name, Purpose::list, {});
        REQUIRE(list);
        REQUIRE((*list)->for_each(
            [&found](const std::string& key, const std::string& value) { found[key] = value; }));
        CHECK(found.size() == wanted.size() + 1);
        found.erase("bare");
        CHECK(found == wanted);
        const TablePtr table = open_table(type + ":" + name, settings);
        for (const std::size_t i : {0U, 2U, 9998U, 19998U})
            CHECK(async::run(table->find(texts[i])).value == texts[i + 1]);
        if (type == "cdb") continue;
        auto change = open_table_file(type, name, Purpose::change, {});
        REQUIRE(change);
        CHECK_FALSE(*(*change)->put(texts[0], "other", false));
        CHECK(*(*change)->put("new", "one", false));
        CHECK(*(*change)->remove(texts[2]));
        REQUIRE((*change)->commit());
        CHECK(async::run(table->find("new")).value == "one");
        CHECK(async::run(table->find(texts[2])).found == Found::no);
    }
}

TEST_CASE("A change keeps the other entries and the mode of the file", "[tables]") {
    ScratchDirectory directory;
    const std::string name = directory.path() + "/t";
    auto file = open(name, Purpose::change);
    CHECK(*file->put("a", "1", false));
    CHECK(file->put_bare("YP", "x"));
    REQUIRE(file->commit());
    REQUIRE(chmod((name + ".db").c_str(), 0600) == 0);
    file = open(name, Purpose::change);
    CHECK(*file->put("a", "2", true));
    CHECK(*file->put("b", "3", true));
    CHECK(*file->remove("YP"));
    CHECK_FALSE(*file->remove("YP"));
    REQUIRE(file->commit());
    CHECK(entries(name) == std::map<std::string, std::string>{{"a", "2"}, {"b", "3"}});
    CHECK((stat_file(name + ".db")->st_mode & 0777) == 0600);
}

TEST_CASE("A file that is no database is not changed", "[tables]") {
    ScratchDirectory directory;
    const std::string name = directory.path() + "/t";
    REQUIRE(replace_file(name + ".db", "not a database at all, only text"));
    const auto file = open_table_file("hash", name, Purpose::change, TableFileOptions());
    CHECK_FALSE(file);
    CHECK(*read_file(name + ".db") == "not a database at all, only text");
    CHECK_FALSE(open_table_file("texthash", name, Purpose::build, TableFileOptions()));
}

TEST_CASE("An alias has a local name and a value", "[tables]") {
    struct Row {
        std::string line, name, value;
    };
    const Row rows[] = {
        {"one: two", "one", "two"},
        {"Three: \"|cmd arg\", four", "Three", "\"|cmd arg\", four"},
        {"\"with space\": five", "\"with space\"", "five"},
        {"a: :include:/x/y", "a", ":include:/x/y"},
        {"\"a:b\": c", "\"a:b\"", "c"},
        {"a: \"|sh -c 'x: y'\" , /f", "a", "\"|sh -c 'x: y'\", /f"},
    };
    for (const Row& row : rows) {
        const AliasEntry entry = parse_alias(row.line);
        INFO(row.line);
        CHECK(entry.problem.empty());
        CHECK(entry.name == row.name);
        CHECK(entry.value == row.value);
    }
    for (const std::string bad :
         {"seven", "e2: ", ": x", "a@b: x", "a%b: x", ":include:/x: y", "", "\"open: x"}) {
        INFO(bad);
        CHECK_FALSE(parse_alias(bad).problem.empty());
    }
}

TEST_CASE("LMDB and cdb files are made, listed and asked like the others", "[tables]") {
    ScratchDirectory directory;
    const Settings settings = Settings::from_text("");
    for (const std::string type : {"lmdb", "cdb", "btree"}) {
        const std::string name = directory.path() + "/" + type;
        {
            auto file = open_table_file(type, name, Purpose::build, TableFileOptions());
            REQUIRE(file);
            CHECK(*(*file)->put("a", "1", false));
            CHECK_FALSE(*(*file)->put("a", "2", false));
            CHECK(*(*file)->put("b", "2", false));
            CHECK(*(*file)->put("b", "3", true));
            REQUIRE((*file)->commit());
        }
        const TablePtr table = open_table(type + ":" + name, settings);
        CHECK(async::run(table->find("A")).value == "1");
        CHECK(async::run(table->find("b")).value == "3");
        CHECK(async::run(table->find("c")).found == Found::no);
        CHECK(async::run(table->find(std::string(2000, 'x'))).found == Found::no);
        std::map<std::string, std::string> all;
        auto listed = open_table_file(type, name, Purpose::list, TableFileOptions());
        REQUIRE(listed);
        REQUIRE((*listed)->for_each(
            [&all](const std::string& key, const std::string& value) { all[key] = value; }));
        CHECK(all.size() >= 2);
        CHECK(all["a"] == "1");
        auto changed = open_table_file(type, name, Purpose::change, TableFileOptions());
        CHECK(changed.ok() == (type != "cdb"));
        if (!changed) continue;
        CHECK(*(*changed)->remove("a"));
        CHECK_FALSE(*(*changed)->remove("a"));
        REQUIRE((*changed)->commit());
        const TablePtr again = open_table(type + ":" + name, settings);
        CHECK(async::run(again->find("a")).found == Found::no);
        CHECK(async::run(again->find("b")).value == "3");
    }
    CHECK(async::run(open_table("lmdb:" + directory.path() + "/none", settings)->find("a")).found ==
          Found::try_again);
    CHECK(async::run(open_table("cdb:" + directory.path() + "/none", settings)->find("a")).found ==
          Found::try_again);
}
