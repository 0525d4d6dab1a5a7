// lib/tables/types/key_reader.h - the files behind indexed tables, as lookups see them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "lib/base/file.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::tables {

// One open file.
class KeyReader {
  public:
    virtual ~KeyReader() = default;
    // The value stored under exactly these bytes.
    virtual Result<std::optional<std::string>> get(const std::string& key) = 0;
};

// A kind of files: how their name ends, how writers that change them in place lock them, how they are opened.
struct KeyFileKind {
    std::string_view suffix;
    std::optional<LockStyle> lock;
    Result<std::unique_ptr<KeyReader>> (*open)(const std::string& path, const Settings& settings);
};

extern const KeyFileKind hash_files, btree_files, lmdb_files, cdb_files;

}  // namespace postrider::tables
