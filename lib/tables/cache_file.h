// lib/tables/cache_file.h - what a service remembers between its lives: a Berkeley DB file, or memory.
//
// Keys and values end in NUL in the file, as in Postfix's; callers see them without.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/tables/berkeley.h"

namespace postrider::tables {

class CacheFile {
  public:
    enum class Lock {
        none,
        exclusive,  // one process at a time; waits a few seconds for one that is about to leave
    };
    // `map`: type:name (btree or hash, perhaps with "proxy:" before it), the value of `parameter`; empty: in
    // memory.  A file that cannot be opened or locked is logged, and memory is used.  May block: for the
    // start of a process.
    CacheFile(std::string_view parameter, const std::string& map, Lock lock = Lock::none);

    std::optional<std::string> get(const std::string& key);
    void put(const std::string& key, const std::string& value);
    // Removes the entries whose value is no longer wanted; times of past removals are kept.
    void remove_if(const std::function<bool(const std::string& value)>& unwanted);

    // When a removal last came to its end, by Postfix or by us, in seconds since the epoch; 0: never.
    std::int64_t last_cleanup();
    void note_cleanup(std::int64_t now);

  private:
    bool lock(const std::string& path, BerkeleyKind kind);
    std::string parameter_;
    Fd lock_;
    std::optional<BerkeleyFile> file_;
    std::unordered_map<std::string, std::string> memory_;
};

}  // namespace postrider::tables
