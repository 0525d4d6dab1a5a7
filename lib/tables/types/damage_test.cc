// lib/tables/types/damage_test.cc - table files that are cut off, overwritten or of another type: a value,
// "not found" or "try again", and never the end of the process.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/scratch_directory.h"
#include "lib/tables/files/table_file.h"
#include "lib/tables/open.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

using namespace postrider;
using namespace postrider::tables;

namespace {

// A table of 3000 keys, and what can happen to its file.
class Damaged {
  public:
    explicit Damaged(std::string type) : type_(std::move(type)) {
        auto file = open_table_file(type_, table(), Purpose::build, options());
        REQUIRE(file);
        for (int i = 0; i < 3000; ++i)
            REQUIRE((*file)->put("key" + std::to_string(i),
                                 "value" + std::to_string(i) + std::string(40, 'x'), false));
        REQUIRE((*file)->commit());
        whole_ = *read_file(path());
    }

    const std::string& whole() const { return whole_; }
    std::string path() const { return table() + std::string(table_file_suffix(type_)); }
    void write(const std::string& bytes) const {
        std::filesystem::remove_all(path());
        std::ofstream(path(), std::ios::binary) << bytes;
    }
    // Asks, lists and changes the table; the number of keys that were found.
    int use() const {
        OpenContext context(settings_);
        const TablePtr opened = open_table(type_ + ":" + table(), context);
        int found = 0;
        for (int i = 0; i < 3000; i += 7) {
            const LookupResult answer = async::run(opened->find("key" + std::to_string(i)));
            if (answer.found == Found::yes) ++found;
            if (answer.found == Found::try_again) break;
        }
        if (auto file = open_table_file(type_, table(), Purpose::list, options()); file) {
            // Broken pages may lead in circles.
            int count = 0;
            const Result<void> listed = (*file)->for_each([&count](const std::string&, const std::string&) {
                if (++count > 100'000) throw std::runtime_error("it goes round and round");
            });
            (void)listed;
        }
        if (type_ == "cdb") return found;
        if (auto file = open_table_file(type_, table(), Purpose::change, options()); file) {
            if (const Result<bool> put = (*file)->put("new", "value", true); put) (void)(*file)->commit();
        }
        return found;
    }

  private:
    static TableFileOptions options() {
        TableFileOptions options;
        options.cache_bytes = 1 << 16;
        options.map_bytes = 1 << 24;
        options.mode = 0644;
        return options;
    }
    std::string table() const { return directory_ / "t"; }

    std::string type_;
    ScratchDirectory directory_;
    std::string whole_;
    Settings settings_ = Settings::from_text("");
};

// Berkeley DB itself does not free all it has when a file makes no sense.
class LeaksAreNotOurs {
#if defined(__SANITIZE_ADDRESS__)
  public:
    LeaksAreNotOurs() {
        __lsan_disable();
    }
    ~LeaksAreNotOurs() {
        __lsan_enable();
    }
    LeaksAreNotOurs(const LeaksAreNotOurs&) = delete;
    LeaksAreNotOurs& operator=(const LeaksAreNotOurs&) = delete;
#endif
};

void check_damages(const std::string& type) {
    const Damaged table(type);
    CHECK(table.use() == 429);
    const std::size_t size = table.whole().size();
    for (const std::size_t left : {std::size_t{0}, std::size_t{1}, std::size_t{511}, std::size_t{4096},
                                   std::size_t{8192}, std::size_t{20'000}, size / 2, size - 4096, size - 1}) {
        table.write(table.whole().substr(0, left));
        CHECK(table.use() <= 429);
    }
    for (const char byte : {'\0', '\xff', 'a'}) {
        table.write(std::string(size, byte));
        CHECK(table.use() == 0);
        if (type == "btree") continue;  // Berkeley DB follows broken pages of a tree in circles
        table.write(table.whole().substr(0, 8192) + std::string(size - 8192, byte));
        CHECK(table.use() <= 429);
    }
    std::filesystem::remove_all(table.path());
    std::filesystem::create_directory(table.path());
    CHECK(table.use() == 0);
    if (type == "hash" || type == "btree") return;
    std::mt19937 random(7);
    for (int round = 0; round < 20; ++round) {
        std::string bytes = table.whole();
        for (int i = 0; i < 200; ++i) bytes[random() % 4096] = static_cast<char>(random());
        table.write(bytes);
        CHECK(table.use() <= 429);
    }
}

}  // namespace

TEST_CASE("A damaged hash table ends no process", "[tables][damage]") {
    [[maybe_unused]] const LeaksAreNotOurs of_the_library;
    check_damages("hash");
}

TEST_CASE("A damaged btree table ends no process", "[tables][damage]") {
    [[maybe_unused]] const LeaksAreNotOurs of_the_library;
    check_damages("btree");
}

TEST_CASE("A damaged cdb table ends no process", "[tables][damage]") {
    check_damages("cdb");
}

TEST_CASE("A damaged lmdb table ends no process", "[tables][damage]") {
    check_damages("lmdb");
}
