// lib/tables/files/table_file.h - making, changing and listing the files of indexed tables: hash, btree,
// lmdb, cdb.
//
// A file is never changed where readers look at it: the new content is made beside it, written to disk, and
// put in its place by rename.  Where the directory cannot be written, the content is copied over the old one
// under an exclusive lock, as Postfix does.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::tables {

enum class Purpose {
    build,   // from nothing
    change,  // entries are added to, or taken from, what is there (an empty file when there is none)
    list,    // for_each() only
};

struct TableFileOptions {
    std::size_t cache_bytes = 16U << 20;  // for Berkeley DB
    std::size_t map_bytes = 16U << 20;    // at least, for LMDB
    mode_t mode = 0644;                   // of a new file
    std::optional<bool>
        keys_end_in_nul{};  // unset: as this system's Postfix does, and as found when changing
};

// One entry of a whole table.
struct FileEntry {
    std::string_view key;
    std::string_view value;
};

class TableFile {
  public:
    virtual ~TableFile() = default;
    // Fills an empty file with entries of different keys, in the order that is best for it.
    virtual Result<void> put_all(std::vector<FileEntry>& entries) = 0;
    // False: the key was there, and `replace` is false.
    virtual Result<bool> put(const std::string& key, const std::string& value, bool replace) = 0;
    // As put(), but the bytes as they are, without a NUL behind them.
    virtual Result<bool> put_bare(const std::string& key, const std::string& value) = 0;
    // False: there was none.
    virtual Result<bool> remove(const std::string& key) = 0;
    // All entries, without the NUL behind keys and values.
    virtual Result<void> for_each(
        std::function<void(const std::string& key, const std::string& value)> visit) = 0;
    // Makes the change visible.  What is not committed leaves no trace.
    virtual Result<void> commit() = 0;
    // The name of the file itself, "/etc/postfix/access.db".
    virtual const std::string& path() const = 0;
};

Result<std::unique_ptr<TableFile>> open_lmdb_file(const std::string& name, Purpose purpose,
                                                  const TableFileOptions& options);
Result<std::unique_ptr<TableFile>> open_cdb_file(const std::string& name, Purpose purpose,
                                                 const TableFileOptions& options);

// Whether files of this type can be made here.
bool has_table_file(std::string_view type);
// ".db"; "" for other types.
std::string_view table_file_suffix(std::string_view type);
// Opens the file of type:name.  The error is a whole message ("open database X.db: reason").
Result<std::unique_ptr<TableFile>> open_table_file(const std::string& type, const std::string& name,
                                                   Purpose purpose, const TableFileOptions& options);

}  // namespace postrider::tables
