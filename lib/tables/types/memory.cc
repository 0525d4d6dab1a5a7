// lib/tables/types/memory.cc - tables kept in memory: texthash, inline, internal; and nis.
#include <fmt/core.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/file_values.h"
#include "lib/tables/files/source.h"
#include "lib/tables/open.h"
#include "lib/tables/types/entry_set.h"
#include "lib/tables/types/listed_table.h"
#include "lib/tables/types/rules.h"

namespace postrider::tables {

namespace {

class MapTable : public DirectTable, public ListedTable {
  public:
    MapTable(const std::string& name, EntrySet entries, const OpenContext& context, uid_t owner)
        : DirectTable(name),
          entries_(std::move(entries)),
          fold_(context.fold),
          utf8_(context.utf8),
          owner_(owner) {}

    LookupResult look_up(const std::string& key) override {
        const auto folded = fixed_key(key, fold_, utf8_);
        if (!folded) return LookupResult::miss();
        const FileEntry* const found = entries_.find(*folded);
        return found == nullptr ? LookupResult::miss() : LookupResult::hit(std::string(found->value));
    }
    std::optional<uid_t> owner() const override { return owner_; }
    void for_each(const std::function<void(const std::string&, const std::string&)>& action) const override {
        for (const FileEntry& entry : entries_.entries())
            action(std::string(entry.key), std::string(entry.value));
    }

  private:
    EntrySet entries_;
    bool fold_;
    bool utf8_;
    uid_t owner_;
};

// There is no NIS client here: Debian's stock alias_maps names nis:mail.aliases on machines that have none.
class NisTable : public DirectTable {
  public:
    using DirectTable::DirectTable;
    LookupResult look_up(const std::string&) override {
        if (!warned_)
            log::warning("{}: NIS is not supported: every lookup is answered \"not found\"", name());
        warned_ = true;
        return LookupResult::miss();
    }

  private:
    bool warned_ = false;
};

// "name = value" as an inline table has it, perhaps in braces of its own.
Result<void> add_inline(EntrySet& entries, std::string item, const OpenContext& context) {
    if (item.front() == '{') {
        Result<std::string> inside = inside_braces(item);
        if (!inside) return Error{inside.error()};
        if (inside->empty()) return Error{"no key found; expected format: key = value"};
        item = std::move(*inside);
    }
    const std::size_t equals = item.find('=');
    if (equals == std::string::npos) return Error{"missing '=' after attribute name"};
    const std::string key(trim(std::string_view(item).substr(0, equals)));
    const std::string value(trim(std::string_view(item).substr(equals + 1)));
    if (key.empty()) return {};
    const auto folded = fixed_key(key, context.fold, context.utf8);
    if (!folded) return Error{fmt::format("non-UTF-8 key: \"{}\"", printable(key, '?', true))};
    std::string problem;
    const std::string kept = table_value(value, context, problem);
    if (!problem.empty()) return Error{problem};
    entries.put(*folded, kept, true);
    return {};
}

}  // namespace

Result<TablePtr> open_texthash(const std::string& name, const std::string& argument,
                               const OpenContext& context) {
    const Result<std::string> text = read_file(argument);
    if (!text) return Error{"open database " + text.error().substr(5)};
    EntrySet entries;
    const config::LogicalLine* current = nullptr;
    const auto warn = [&](std::string_view what) {
        log::warning("{}, line {}: {}", argument, current->first_line, what);
    };
    config::for_each_logical_line(*text, [&](const config::LogicalLine& line) {
        if (is_misplaced_continuation(line, argument)) return;
        current = &line;
        const KeyValue parsed = parse_key_value(line.text, context.utf8);
        if (!parsed.remark.empty()) warn(parsed.remark);
        std::string problem = parsed.problem;
        if (problem == key_value_expected) problem += " -- ignoring this line";
        std::string value;
        if (problem.empty()) {
            value = table_value(std::string(parsed.value), context, problem);
            if (!problem.empty()) problem += ": skipping this entry";
        }
        if (!problem.empty()) {
            warn(problem);
            return;
        }
        std::string key(parsed.key);
        if (auto folded = fixed_key(key, context.fold, context.utf8)) key = std::move(*folded);
        if (!entries.put(key, value, false)) warn(fmt::format("duplicate entry: \"{}\"", parsed.key));
    });
    const auto found = stat_file(argument);
    return TablePtr(std::make_shared<MapTable>(name, std::move(entries), context, found ? found->st_uid : 0));
}

Result<TablePtr> open_inline(const std::string& name, const std::string& argument,
                             const OpenContext& context) {
    const auto wrong = [&name, &context](std::string_view what) {
        return Error{fmt::format("{}: \"{}\"; need \"inline:{{name={}...}}\"", what, name,
                                 context.file_values ? "filename" : "value")};
    };
    const auto items = braced_items(argument, InnerBraces::kept);
    if (!items || items->empty()) return wrong("bad syntax");
    EntrySet entries;
    for (const std::string& item : *items) {
        if (Result<void> added = add_inline(entries, item, context); !added) return wrong(added.error());
    }
    return TablePtr(std::make_shared<MapTable>(name, std::move(entries), context, 0));
}

// A table that starts empty and that nothing outside this process can fill.
Result<TablePtr> open_internal(const std::string& name, const std::string&, const OpenContext& context) {
    return TablePtr(std::make_shared<MapTable>(name, EntrySet(), context, getuid()));
}

Result<TablePtr> open_nis(const std::string& name, const std::string&, const OpenContext&) {
    return TablePtr(std::make_shared<NisTable>(name));
}

}  // namespace postrider::tables
