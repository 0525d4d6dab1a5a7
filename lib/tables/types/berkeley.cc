// lib/tables/types/berkeley.cc - Berkeley DB files.
#include "lib/tables/types/berkeley.h"

#include <db.h>
#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "lib/base/file.h"
#include "lib/tables/parameters.h"
#include "lib/tables/types/key_reader.h"

namespace postrider::tables {

namespace {

DBT as_dbt(const std::string& text) {
    DBT out{};
    out.data = const_cast<char*>(text.data());
    out.size = static_cast<u_int32_t>(text.size());
    return out;
}

std::string as_text(const DBT& dbt) {
    return std::string(static_cast<const char*>(dbt.data), dbt.size);
}

Error failure(int code) {
    return Error{db_strerror(code)};
}

constexpr unsigned page_bytes = 4096;

// The library's own hash function (Fowler, Noll, Vo).  Were it another one, only the order would suffer.
std::uint32_t hash_of(std::string_view key, std::size_t nul) {
    std::uint32_t hash = 0;
    const auto add = [&hash](unsigned char c) { hash = (hash * 16777619U) ^ c; };
    for (const char c : key) add(static_cast<unsigned char>(c));
    for (std::size_t i = 0; i < nul; ++i) add(0);
    return hash;
}

// The library prints to standard error unless somebody listens.
void ignore_message(const DB_ENV*, const char*, const char*) {}

}  // namespace

HashLayout::HashLayout(const std::vector<FileEntry>& entries, std::size_t nul) {
    std::size_t bytes = 0;
    for (const FileEntry& entry : entries) bytes += entry.key.size() + entry.value.size() + 2 * nul;
    // In a page each of the two has a type byte and two bytes of index; six sevenths full leave room for the
    // uneven spread of keys.  The library wants a power of two of buckets.
    bytes += entries.size() * 6;
    entries_ = static_cast<unsigned>(entries.size());
    while (std::size_t{bucket_mask_ + 1} * page_bytes * 6 / 7 < bytes) bucket_mask_ = bucket_mask_ * 2 + 1;
    entries_per_bucket_ = (entries_ - 1) / (bucket_mask_ + 1) + 1;
}

void HashLayout::sort(std::vector<FileEntry>& entries, std::size_t nul) const {
    struct Place {
        std::uint32_t bucket;
        std::uint32_t entry;
    };
    std::vector<Place> places;
    places.reserve(entries.size());
    for (const FileEntry& entry : entries)
        places.push_back({hash_of(entry.key, nul) & bucket_mask_, static_cast<std::uint32_t>(places.size())});
    // Within a page the library keeps keys in order, and puts the last one in most quickly.
    std::sort(places.begin(), places.end(), [&entries](const Place& a, const Place& b) {
        return a.bucket != b.bucket ? a.bucket < b.bucket : entries[a.entry].key < entries[b.entry].key;
    });
    std::vector<FileEntry> sorted;
    sorted.reserve(entries.size());
    for (const Place& place : places) sorted.push_back(entries[place.entry]);
    entries = std::move(sorted);
}

void never_wait_for_disk() {
    db_env_set_func_fsync([](int) { return 0; });
}

BerkeleyFile::Handle::~Handle() {
    if (cursor != nullptr) {
        auto* dbc = static_cast<DBC*>(cursor);
        dbc->close(dbc);
    }
    if (db != nullptr) db->close(db, 0);
}

Result<BerkeleyFile> BerkeleyFile::open(const std::string& path, BerkeleyKind kind, Mode mode, bool create,
                                        std::size_t cache_bytes, const HashLayout* layout) {
    const auto failed = [&path](int code) {
        return Error{
            fmt::format("open database {}: {}", path, code > 0 ? errno_text(code) : db_strerror(code))};
    };
    auto handle = std::make_unique<Handle>();
    if (const int code = db_create(&handle->db, nullptr, 0); code != 0) return failed(code);
    DB* db = handle->db;
    db->set_errcall(db, ignore_message);
    db->set_cachesize(db, 0, static_cast<u_int32_t>(cache_bytes), 0);
    if (layout != nullptr) {
        db->set_pagesize(db, page_bytes);
        db->set_h_nelem(db, layout->entries());
        db->set_h_ffactor(db, layout->entries_per_bucket());
    } else if (kind == BerkeleyKind::hash && create) {
        db->set_h_nelem(db, 4096);
    }
    const u_int32_t flags = (mode == Mode::read ? DB_RDONLY : 0U) | (create ? DB_CREATE : 0U);
    const int code = db->open(db, nullptr, path.c_str(), nullptr,
                              kind == BerkeleyKind::hash ? DB_HASH : DB_BTREE, flags, 0600);
    if (code != 0) return failed(code);
    return BerkeleyFile(std::move(handle));
}

Result<std::optional<std::string>> BerkeleyFile::get(const std::string& key) {
    DBT wanted = as_dbt(key);
    DBT value{};
    const int code = handle_->db->get(handle_->db, nullptr, &wanted, &value, 0);
    if (code == DB_NOTFOUND) return std::optional<std::string>();
    if (code != 0) return failure(code);
    return std::optional<std::string>(as_text(value));
}

Result<bool> BerkeleyFile::put(const std::string& key, const std::string& value, bool replace) {
    DBT where = as_dbt(key);
    DBT what = as_dbt(value);
    const int code = handle_->db->put(handle_->db, nullptr, &where, &what, replace ? 0 : DB_NOOVERWRITE);
    if (code == DB_KEYEXIST) return false;
    if (code != 0) return failure(code);
    return true;
}

Result<bool> BerkeleyFile::remove(const std::string& key) {
    DBT where = as_dbt(key);
    const int code = handle_->db->del(handle_->db, nullptr, &where, 0);
    if (code == DB_NOTFOUND) return false;
    if (code != 0) return failure(code);
    return true;
}

Result<bool> BerkeleyFile::first(std::string& key, std::string& value) {
    return move(key, value, DB_FIRST);
}
Result<bool> BerkeleyFile::next(std::string& key, std::string& value) {
    return move(key, value, DB_NEXT);
}

Result<bool> BerkeleyFile::move(std::string& key, std::string& value, unsigned flag) {
    if (handle_->cursor == nullptr) {
        DBC* made = nullptr;
        if (const int code = handle_->db->cursor(handle_->db, nullptr, &made, 0); code != 0)
            return failure(code);
        handle_->cursor = made;
    }
    auto* cursor = static_cast<DBC*>(handle_->cursor);
    DBT found_key{};
    DBT found_value{};
    const int code = cursor->get(cursor, &found_key, &found_value, flag);
    if (code == DB_NOTFOUND) return false;
    if (code != 0) return failure(code);
    key = as_text(found_key);
    value = as_text(found_value);
    return true;
}

Result<void> BerkeleyFile::sync() {
    if (const int code = handle_->db->sync(handle_->db, 0); code != 0) return failure(code);
    return {};
}

namespace {

class BerkeleyReader : public KeyReader {
  public:
    explicit BerkeleyReader(BerkeleyFile file) : file_(std::move(file)) {}
    Result<std::optional<std::string>> get(const std::string& key) override { return file_.get(key); }

  private:
    BerkeleyFile file_;
};

Result<std::unique_ptr<KeyReader>> open_reader(const std::string& path, BerkeleyKind kind,
                                               const Settings& settings) {
    const auto cache = static_cast<std::size_t>(settings[berkeley_db_read_buffer_size]);
    Result<BerkeleyFile> file = BerkeleyFile::open(path, kind, BerkeleyFile::Mode::read, false, cache);
    if (!file) return Error{file.error()};
    return std::unique_ptr<KeyReader>(std::make_unique<BerkeleyReader>(std::move(*file)));
}

Result<std::unique_ptr<KeyReader>> open_hash_reader(const std::string& path, const Settings& settings) {
    return open_reader(path, BerkeleyKind::hash, settings);
}
Result<std::unique_ptr<KeyReader>> open_btree_reader(const std::string& path, const Settings& settings) {
    return open_reader(path, BerkeleyKind::btree, settings);
}

}  // namespace

const KeyFileKind hash_files = {".db", LockStyle::flock, open_hash_reader};
const KeyFileKind btree_files = {".db", LockStyle::flock, open_btree_reader};

}  // namespace postrider::tables
