// lib/tables/table_list.h - a list parameter of tables, e.g. virtual_alias_maps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"
#include "lib/tables/table.h"

namespace postrider::tables {

struct OpenContext;

// What a key is: the whole thing asked about, or a part of it (user, @domain, parent domain).  Pattern tables
// are asked about whole keys only.
enum class KeyPart { whole, part };

// An answer, and the table it came from.
struct [[nodiscard]] ListResult : LookupResult {
    ListResult() = default;
    ListResult(LookupResult result, const Table* from) : LookupResult(std::move(result)), table(from) {}
    const Table* table = nullptr;  // of Found::yes; owned by the list
};

// Tables asked in order for each key: the first that knows the key answers.  Cheap to copy.
class TableList {
  public:
    TableList() = default;
    // Opens every type:name of a list parameter's (expanded) value.
    TableList(std::string_view value, const Settings& settings);
    TableList(const Parameter<std::string>& parameter, const Settings& settings);
    // For tables whose results are paths, commands or users: a result must not have parts of the key in it,
    // so rules of regular expressions with $1 are left out.
    static TableList without_groups(const Parameter<std::string>& parameter, const Settings& settings);

    // For tables that are asked about text of messages, which may be in any encoding and is asked about as it
    // is.
    static TableList of_any_text(const Parameter<std::string>& parameter, const Settings& settings);
    static TableList of_any_text(std::string_view value, const Settings& settings);

    bool empty() const { return tables_.empty(); }
    const std::vector<TablePtr>& tables() const { return tables_; }

    // The first answer that is not "not found".  An empty value is a mistake of the table: try_again.
    Task<LookupResult> find(std::string key, KeyPart part = KeyPart::whole) const;
    // As find(), and says which table answered.
    Task<ListResult> find_with_table(std::string key, KeyPart part = KeyPart::whole) const;

    // The parameter that names the tables.
    const std::string& title() const { return title_; }

  private:
    TableList(std::string_view value, const OpenContext& context);
    // What warnings call the table: the parameter that names it, when that is known.
    const std::string& title(const Table& table) const { return title_.empty() ? table.name() : title_; }

    std::vector<TablePtr> tables_;
    std::string title_;
};

}  // namespace postrider::tables
