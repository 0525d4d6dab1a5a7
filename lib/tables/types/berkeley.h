// lib/tables/types/berkeley.h - Berkeley DB files: reading for lookups, building for postmap(1) and
// postalias(1).
//
// Keys and values are stored with a trailing NUL, as Postfix does on this system; readers also find keys
// without.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/tables/files/table_file.h"

struct __db;

namespace postrider::tables {

// For caches: sync() hands changes to the system and does not wait for the disk.  Counts for all files of the
// process.
void never_wait_for_disk();

enum class BerkeleyKind { hash, btree };

// How a hash file for many known entries is best laid out.
class HashLayout {
  public:
    // `nul`: bytes behind each key and value.
    HashLayout(const std::vector<FileEntry>& entries, std::size_t nul);
    // In the order of the buckets.
    void sort(std::vector<FileEntry>& entries, std::size_t nul) const;
    unsigned entries() const { return entries_; }
    unsigned entries_per_bucket() const { return entries_per_bucket_; }

  private:
    unsigned entries_ = 0;
    unsigned entries_per_bucket_ = 1;
    std::uint32_t bucket_mask_ = 1;
};

// One open database file.  Not shared between threads.
class BerkeleyFile {
  public:
    enum class Mode { read, change };
    // Opens an existing file, or makes an empty one with Mode::change and `create`.
    static Result<BerkeleyFile> open(const std::string& path, BerkeleyKind kind, Mode mode, bool create,
                                     std::size_t cache_bytes, const HashLayout* layout = nullptr);
    BerkeleyFile(BerkeleyFile&&) noexcept = default;
    BerkeleyFile& operator=(BerkeleyFile&&) noexcept = default;

    // The value stored under exactly these bytes.
    Result<std::optional<std::string>> get(const std::string& key);
    // False: the key was there and `replace` is false.
    Result<bool> put(const std::string& key, const std::string& value, bool replace);
    // False: there was none.
    Result<bool> remove(const std::string& key);
    // Calls `visit(key, value)` for each record, in the file's order.
    template <class Visit>
    Result<void> for_each(Visit visit) {
        std::string key, value;
        Result<bool> more = first(key, value);
        while (more && *more) {
            visit(key, value);
            more = next(key, value);
        }
        if (!more) return Error{more.error()};
        return {};
    }
    // One record after the other; false after the last.
    Result<bool> first(std::string& key, std::string& value);
    Result<bool> next(std::string& key, std::string& value);
    // Writes everything to disk.
    Result<void> sync();

  private:
    struct Handle {
        ~Handle();
        __db* db = nullptr;
        void* cursor = nullptr;
    };
    explicit BerkeleyFile(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
    Result<bool> move(std::string& key, std::string& value, unsigned flag);
    std::unique_ptr<Handle> handle_;
};

}  // namespace postrider::tables
