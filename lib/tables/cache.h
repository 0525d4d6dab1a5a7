// lib/tables/cache.h - what a service remembers between its lives: a table that can be changed
// (lib/tables/store.h), or memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lib/tables/store.h"

namespace postrider::tables {

// Shared with what is under way when the owner lets go of it.
class Cache : public std::enable_shared_from_this<Cache> {
  public:
    // `map`: type:name, the value of `parameter`; empty: in memory.  A table that cannot be opened is logged,
    // and memory is used.  Waits a few seconds for a file that another process is about to leave: for the
    // start of a process.
    static std::shared_ptr<Cache> open(std::string_view parameter, const std::string& map,
                                       const Settings& settings);

    // Failures are logged; to a caller they are an empty cache.
    Task<std::optional<std::string>> get(std::string key);
    Task<> put(std::string key, std::string value);
    // Removes the entries whose value is no longer wanted; the time of the last cleanup is kept.
    Task<> remove_if(std::function<bool(const std::string& value)> unwanted);

    // When a removal last came to its end, by Postfix or by us, in seconds since the epoch; 0: never.
    Task<std::int64_t> last_cleanup();
    Task<> note_cleanup(std::int64_t now);

  private:
    Cache(std::string_view parameter, std::unique_ptr<Store> store)
        : parameter_(parameter), store_(std::move(store)) {}
    std::string parameter_;
    std::unique_ptr<Store> store_;
};

}  // namespace postrider::tables
