// lib/tables/types/memcache.h - a memcached server as a table of type memcache sees it, for those who change
// what it keeps.
#pragma once

#include <memory>
#include <string>

#include "lib/tables/open.h"

namespace postrider::tables {

// Without the table behind it.  Failures have been logged; keys are as they are in tables, and one that
// memcached cannot have is in none.
class Memcache {
  public:
    static Result<std::shared_ptr<Memcache>> open(const std::string& argument, const OpenContext& context);
    Memcache();
    ~Memcache();

    // "type:name" of the table behind it, or nothing.
    std::string backup_name() const;
    Task<LookupResult> get(std::string key, bool utf8);
    Task<Result<void>> set(std::string key, std::string value);
    // False: it was not there.
    Task<Result<bool>> remove(std::string key);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace postrider::tables
