// commands/postfix/check/table_content.cc - what is in a table, as far as it can be listed.
#include "commands/postfix/check/table_content.h"

#include <algorithm>
#include <regex>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/files/source.h"
#include "lib/tables/files/table_file.h"
#include "lib/tables/open.h"
#include "lib/tables/types/redirect.h"
#include "lib/tables/types/rules.h"

namespace postrider::postfix::check {

namespace {

// More than this nobody has written by hand.
constexpr std::size_t most_entries = 200'000;

std::optional<TableContent> inline_content(const std::string& argument) {
    const auto items = tables::braced_items(argument);
    if (!items) return std::nullopt;
    TableContent content;
    for (const std::string& item : *items) {
        const std::size_t equals = item.find('=');
        if (equals == std::string::npos) continue;
        content.emplace_back(trim(std::string_view(item).substr(0, equals)),
                             trim(std::string_view(item).substr(equals + 1)));
    }
    return content;
}

// Patterns, and their results.
std::optional<TableContent> rule_content(const std::string& argument) {
    const auto source = tables::read_rules(argument, "rules");
    if (!source) return std::nullopt;
    TableContent content;
    for (const config::LogicalLine& line : source->lines) {
        std::string_view rest;
        if (!tables::rule_keyword(line.text, rest).empty()) continue;
        const std::string_view text = trim(line.text);
        const std::size_t space = text.find_first_of(" \t");
        if (space == std::string_view::npos) continue;
        content.emplace_back(text.substr(0, space), trim(text.substr(space)));
    }
    return content;
}

std::optional<TableContent> text_content(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return std::nullopt;
    TableContent content;
    for (const config::LogicalLine& line : config::logical_lines(*text)) {
        tables::KeyValue entry = tables::parse_key_value(line.text, true);
        if (entry.problem.empty()) content.emplace_back(std::move(entry.key), std::move(entry.value));
    }
    return content;
}

std::optional<TableContent> file_content(const std::string& type, const std::string& name) {
    auto file = tables::open_table_file(type, name, tables::Purpose::list, {});
    if (!file) return std::nullopt;
    TableContent content;
    const auto listed = (*file)->for_each([&content](const std::string& key, const std::string& value) {
        if (content.size() < most_entries) content.emplace_back(key, value);
    });
    if (!listed || content.size() >= most_entries) return std::nullopt;
    return content;
}

}  // namespace

TableName table_name(std::string type_and_name, const Settings& settings) {
    while (type_and_name.starts_with("proxy:")) type_and_name.erase(0, 6);
    const std::string whole = tables::with_default_type(type_and_name, settings);
    const std::size_t colon = whole.find(':');
    TableName found;
    found.name = whole.substr(colon + 1);
    found.type = tables::redirected_type(whole.substr(0, colon), settings);
    return found;
}

std::optional<TableContent> table_content(const std::string& type_and_name, const Settings& settings) {
    const TableName table = table_name(type_and_name, settings);
    if (table.type == "static") {
        std::string value = table.name;
        if (value.starts_with('{') && value.ends_with('}'))
            value = trim(std::string_view(value).substr(1, value.size() - 2));
        return TableContent{{"", value}};
    }
    if (table.type == "inline") return inline_content(table.name);
    if (table.type == "cidr" || table.type == "regexp" || table.type == "pcre")
        return rule_content(table.name);
    if (table.type == "texthash") return text_content(table.name);
    if (tables::has_table_file(table.type)) return file_content(table.type, table.name);
    return std::nullopt;
}

bool matches_everybody(const std::string& key, Strangers strangers) {
    static const std::vector<std::string> addresses = {"anna@first.example", "192.0.2.77@second.invalid",
                                                       "x+y@a-b.test"};
    static const std::vector<std::string> domains = {"first.example", "second.invalid", "xn--y.a-b.test"};
    const std::size_t end = key.rfind('/');
    if (!key.starts_with('/') || end == 0) return false;
    const std::vector<std::string>& tried = strangers == Strangers::addresses ? addresses : domains;
    try {
        const std::regex pattern(key.substr(1, end - 1), std::regex::icase);
        return std::all_of(tried.begin(), tried.end(),
                           [&](const std::string& one) { return std::regex_search(one, pattern); });
    } catch (const std::regex_error&) {
        return false;  // its language has more than this one
    }
}

}  // namespace postrider::postfix::check
