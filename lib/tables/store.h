// lib/tables/store.h - tables that programs keep what they learn in: the caches of verify(8) and
// postscreen(8).
//
// btree, hash and lmdb files (made when they are not there), internal (memory), memcache, and by way of
// proxywrite each of these as proxy:type:name, for processes that share one.  Keys are taken as they are.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "lib/tables/open.h"

namespace postrider::tables {

class Store {
  public:
    // The first or next entry of a walk through all of them.
    enum class Step { first, next };
    using Entry = std::pair<std::string, std::string>;

    virtual ~Store() = default;
    virtual Task<LookupResult> find(std::string key) = 0;
    // Sets the value of the key, whether or not it was there.
    virtual Task<Result<void>> update(std::string key, std::string value) = 0;
    // False: it was not there.
    virtual Task<Result<bool>> remove(std::string key) = 0;
    // Nothing after the last entry.  An entry may be removed while it is the current one.
    virtual Task<Result<std::optional<Entry>>> step(Step step) = 0;
};

// The error is a reason such as "open database /x.db: Permission denied", "/x.db is in use by another
// process".
Result<std::unique_ptr<Store>> open_store(const std::string& type_and_name, const OpenContext& context);

Result<std::unique_ptr<Store>> open_lmdb_store(const std::string& path, const OpenContext& context);
Result<std::unique_ptr<Store>> open_memcache_store(const std::string& argument, const OpenContext& context);
Result<std::unique_ptr<Store>> open_proxy_store(const std::string& argument, const OpenContext& context);

}  // namespace postrider::tables
