// lib/tables/open.cc - the list of table types, and opening by type:name.
#include "lib/tables/open.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/address.h"
#include "lib/tables/dynamic_maps.h"
#include "lib/tables/open_parameters.h"
#include "lib/tables/parameters.h"
#include "lib/tables/redirect.h"
#include "lib/tables/reindex.h"
#include "lib/tables/table_file.h"

namespace postrider::tables {

namespace {

struct Row {
    std::string_view type;
    Opener open;
};

constexpr Row rows[] = {
    {"btree", open_btree},         {"cdb", open_cdb},           {"cidr", open_cidr},
    {"debug", open_debug},         {"environ", open_environ},   {"fail", open_fail},
    {"hash", open_hash},           {"inline", open_inline},     {"internal", open_internal},
    {"lmdb", open_lmdb},           {"memcache", open_memcache}, {"nis", open_nis},
    {"pcre", open_pcre},           {"pipemap", open_pipemap},   {"proxy", open_proxy},
    {"randmap", open_randmap},     {"regexp", open_regexp},     {"sdbm", open_sdbm},
    {"socketmap", open_socketmap}, {"sqlite", open_sqlite},     {"tcp", open_tcp},
    {"static", open_static},       {"texthash", open_texthash}, {"unionmap", open_unionmap},
    {"unix", open_unix},
};

void (*replaced_action)() = nullptr;

// Stands in for a table that could not be opened: tries again at most once a second, and answers try_again
// until that succeeds.
class Unavailable : public Table {
  public:
    Unavailable(std::string name, std::string reason, const OpenContext& context)
        : Table(std::move(name)), reason_(std::move(reason)), context_(context), tried_(Clock::now()) {
        // A table may stand in many lists.
        static std::set<std::string> told;
        if (told.insert(this->name() + "\n" + reason_).second) log::error("{}", reason_);
    }

    Task<LookupResult> find(std::string key) override {
        if (!table_) try_to_open();
        if (!table_) {
            std::string unavailable = fmt::format("{} is unavailable. {}", name(), reason_);
            log::warning("{}", unavailable);
            co_return LookupResult::retry(std::move(unavailable));
        }
        LookupResult answer = co_await table_->find(std::move(key));
        co_return answer;
    }
    KeyKind key_kind() const override { return table_ ? table_->key_kind() : KeyKind::pattern; }
    std::optional<uid_t> owner() const override { return table_ ? table_->owner() : std::nullopt; }

  private:
    using Clock = std::chrono::steady_clock;

    void try_to_open() {
        const auto now = Clock::now();
        if (now - tried_ < std::chrono::seconds(1)) return;
        tried_ = now;
        Result<TablePtr> opened = open_table_now(name(), context_);
        if (opened) {
            table_ = *opened;
        } else {
            reason_ = opened.error();
        }
    }

    std::string reason_;
    OpenContext context_;
    Clock::time_point tried_;
    TablePtr table_;
};

}  // namespace

void on_replaced_table(void (*action)()) {
    replaced_action = action;
}

void table_was_replaced(const std::string& name) {
    if (replaced_action == nullptr) return;
    log::info("table {} has changed -- restarting", name);
    replaced_action();
    replaced_action = nullptr;
}

OpenContext::OpenContext(const Settings& from) : settings(from), fold(true), utf8(true) {
    if (const auto enabled = from.value_of("smtputf8_enable")) utf8 = *enabled != "no";
}

bool is_built_in(std::string_view type) {
    return std::any_of(std::begin(rows), std::end(rows), [type](const Row& row) { return row.type == type; });
}

std::string with_default_type(const std::string& type_and_name, const Settings& settings) {
    if (type_and_name.find(':') != std::string::npos) return type_and_name;
    return settings[config::default_database_type] + ":" + type_and_name;
}

Result<TablePtr> open_table_now(const std::string& type_and_name, const OpenContext& context) {
    std::string name = with_default_type(type_and_name, context.settings);
    std::size_t colon = name.find(':');
    const std::string argument = name.substr(colon + 1);
    if (colon == 0 || argument.empty())
        return Error{fmt::format("open dictionary: expecting \"type:name\" form instead of \"{}\"", name)};
    const std::string asked = name.substr(0, colon);
    const std::string opened = redirected_type(asked, context.settings, argument);
    if (opened != asked && has_table_file(opened) &&
        context.settings[non_bdb_migration_level] == "enable-reindex")
        make_missing_table(opened, argument, context.settings);
    name = opened + ":" + argument;
    colon = name.find(':');
    const std::string_view type = std::string_view(name).substr(0, colon);
    for (const Row& row : rows)
        if (row.type == type) return row.open(name, argument, context);
    return open_dynamic(std::string(type), name, argument, context);
}

TablePtr open_table(const std::string& type_and_name, const OpenContext& context) {
    Result<TablePtr> opened = open_table_now(type_and_name, context);
    if (opened) return *opened;
    if (context.settings[daemon_table_open_error_is_fatal])
        fatal("{}: {}", with_default_type(type_and_name, context.settings), opened.error());
    return std::make_shared<Unavailable>(with_default_type(type_and_name, context.settings), opened.error(),
                                         context);
}

TablePtr open_table(const std::string& type_and_name, const Settings& settings) {
    return open_table(type_and_name, OpenContext(settings));
}

std::vector<std::string> table_types(const Settings& settings) {
    std::vector<std::string> types;
    for (const Row& row : rows) types.emplace_back(row.type);
    for (const DynamicMap& map : dynamic_maps(settings)) types.push_back(map.type);
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    return types;
}

Task<LookupResult> DirectTable::find(std::string key) {
    co_return look_up(key);
}

std::optional<std::string> fixed_key(const std::string& key, bool fold, bool utf8) {
    if (is_ascii(key)) return fold ? lower(key) : key;
    if (!utf8) return fold ? lower(key) : key;
    if (!is_valid_utf8(key)) return std::nullopt;
    return fold ? mail::casefold(key) : key;
}

}  // namespace postrider::tables
