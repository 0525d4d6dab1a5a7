// services/verify/cache.h - the store of verify(8): a Berkeley DB file, or memory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "lib/base/result.h"
#include "lib/tables/berkeley.h"

namespace postrider::verify {

class Cache {
  public:
    // `map`: type:name, as address_verify_map says; empty: in memory.  A file that cannot be opened is
    // logged, and memory is used.
    explicit Cache(const std::string& map);

    std::optional<std::string> get(const std::string& key);
    void put(const std::string& key, const std::string& value);
    // Removes the entries whose value is no longer wanted.
    void remove_if(const std::function<bool(const std::string& value)>& unwanted);

  private:
    std::optional<tables::BerkeleyFile> file_;
    std::unordered_map<std::string, std::string> memory_;
};

}  // namespace postrider::verify
