// lib/tables/table.h - lookup tables: ask with a key, get a value, nothing, or "try again".
//
// Tables are opened by their type:name string and compose (pipemap, unionmap, ...).  "Try again" stays a
// third answer on its whole way up: it defers mail and never means "not found".
#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::tables {

enum class Found { yes, no, try_again };

// The answer of one lookup.  `value` is set with Found::yes, `reason` with Found::try_again.
struct [[nodiscard]] LookupResult {
    LookupResult() = default;
    LookupResult(Found outcome, std::string text)
        : found(outcome),
          value(outcome == Found::yes ? std::move(text) : std::string()),
          reason(outcome == Found::try_again ? std::move(text) : std::string()) {}
    static LookupResult hit(std::string value) { return LookupResult(Found::yes, std::move(value)); }
    static LookupResult miss() { return LookupResult(); }
    static LookupResult retry(std::string reason) {
        return LookupResult(Found::try_again, std::move(reason));
    }

    Found found = Found::no;
    std::string value;
    std::string reason;
};

// What a table is asked: fixed tables get every part of an address, pattern tables the whole only.
enum class KeyKind { fixed, pattern };

class Table {
  public:
    explicit Table(std::string name) : name_(std::move(name)) {}
    virtual ~Table() = default;
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    // The value for one key.  Fixed tables fold the key to lower case themselves.  Never throws.
    virtual Task<LookupResult> find(std::string key) = 0;
    virtual KeyKind key_kind() const { return KeyKind::fixed; }
    // Whose rights the table's contents carry (commands and files of aliases): the owner of its file; root
    // when it is part of main.cf; nothing when that cannot be known (a table on another host).
    virtual std::optional<uid_t> owner() const { return std::nullopt; }
    // "type:name" as configured.
    const std::string& name() const { return name_; }

  private:
    std::string name_;
};

using TablePtr = std::shared_ptr<Table>;

// Opens type:name (default type `default_database_type`).  Never fails: what cannot be opened now is a table
// whose every lookup is try_again with the reason, logged once as a warning; file tables that appear or are
// replaced later are noticed.
TablePtr open_table(const std::string& type_and_name, const Settings& settings);
// Types that can be opened, plug-ins of dynamicmaps.cf among them, sorted: for postconf -m.
std::vector<std::string> table_types(const Settings& settings);

}  // namespace postrider::tables
