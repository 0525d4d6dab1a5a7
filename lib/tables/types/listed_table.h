// lib/tables/types/listed_table.h - tables in memory whose entries can be listed (postmap -s).
#pragma once

#include <functional>
#include <string>

namespace postrider::tables {

class ListedTable {
  public:
    virtual ~ListedTable() = default;
    virtual void for_each(
        const std::function<void(const std::string& key, const std::string& value)>& action) const = 0;
};

}  // namespace postrider::tables
