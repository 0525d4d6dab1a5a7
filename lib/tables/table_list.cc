// lib/tables/table_list.cc - a list parameter of tables.
#include "lib/tables/table_list.h"

#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/open.h"

namespace postrider::tables {

TableList::TableList(std::string_view value, const OpenContext& context) {
    for (const std::string& word : split_words_with_braces(value)) {
        if (word.find(':') == std::string::npos)
            fatal("open dictionary: expecting \"type:name\" form instead of \"{}\"", word);
        tables_.push_back(open_table(word, context));
    }
}

TableList::TableList(std::string_view value, const Settings& settings)
    : TableList(value, OpenContext(settings)) {}

TableList::TableList(const Parameter<std::string>& parameter, const Settings& settings)
    : TableList(settings[parameter], settings) {
    title_ = parameter.name();
}

TableList TableList::without_groups(const Parameter<std::string>& parameter, const Settings& settings) {
    OpenContext context(settings);
    context.groups_in_results = false;
    TableList list(settings[parameter], context);
    list.title_ = parameter.name();
    return list;
}

TableList TableList::of_any_text(const Parameter<std::string>& parameter, const Settings& settings) {
    TableList list = of_any_text(settings[parameter], settings);
    list.title_ = parameter.name();
    return list;
}

TableList TableList::of_any_text(std::string_view value, const Settings& settings) {
    OpenContext context(settings);
    context.fold = false;
    context.utf8 = false;
    return TableList(value, context);
}

Task<LookupResult> TableList::find(std::string key, KeyPart part) const {
    ListResult answer = co_await find_with_table(std::move(key), part);
    co_return LookupResult(std::move(answer));
}

Task<ListResult> TableList::find_with_table(std::string key, KeyPart part) const {
    if (key.empty()) co_return ListResult();  // Compat: no table is asked for nothing, not even a pattern
    for (const TablePtr& table : tables_) {
        if (part == KeyPart::part && table->key_kind() == KeyKind::pattern) continue;
        LookupResult answer = co_await table->find(key);
        if (answer.found == Found::no) continue;
        if (answer.found == Found::yes && answer.value.empty()) {
            log::warning("{} lookup of {} returns an empty string result", title(*table), key);
            log::warning("{} should return NO RESULT in case of NOT FOUND", title(*table));
            answer = LookupResult::retry(fmt::format("table {}: empty string result", table->name()));
        } else if (answer.found == Found::try_again) {
            log::warning("{} lookup error for \"{:.100}\"", table->name(), key);
        }
        co_return ListResult(std::move(answer), table.get());
    }
    co_return ListResult();
}

}  // namespace postrider::tables
