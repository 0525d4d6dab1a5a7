// services/verify/cache.h - the store of verify(8): a table that can be changed (lib/tables/store.h), or
// memory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "lib/tables/store.h"

namespace postrider::verify {

class Cache {
  public:
    // `map`: type:name, as address_verify_map says; empty: in memory.  A table that cannot be opened is
    // logged, and memory is used.
    Cache(const std::string& map, const Settings& settings);

    // Failures are logged; to a caller they are an empty cache.
    Task<std::optional<std::string>> get(std::string key);
    Task<> put(std::string key, std::string value);
    // Removes the entries whose value is no longer wanted.
    Task<> remove_if(std::function<bool(const std::string& value)> unwanted);

  private:
    std::unique_ptr<tables::Store> store_;
};

}  // namespace postrider::verify
