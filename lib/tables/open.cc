// lib/tables/open.cc - opening by type:name, and what is done when that fails.
#include "lib/tables/open.h"

#include <fmt/core.h>

#include <chrono>
#include <set>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/tables/open_parameters.h"

namespace postrider::tables {

namespace {

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

std::string with_default_type(const std::string& type_and_name, const Settings& settings) {
    if (type_and_name.find(':') != std::string::npos) return type_and_name;
    return settings[config::default_database_type] + ":" + type_and_name;
}

Result<TablePtr> open_table_now(const std::string& type_and_name, const OpenContext& context) {
    const std::string name = with_default_type(type_and_name, context.settings);
    const std::size_t colon = name.find(':');
    const std::string argument = name.substr(colon + 1);
    if (colon == 0 || argument.empty())
        return Error{fmt::format("open dictionary: expecting \"type:name\" form instead of \"{}\"", name)};
    return open_type(name.substr(0, colon), argument, context);
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

Task<LookupResult> DirectTable::find(std::string key) {
    co_return look_up(key);
}

}  // namespace postrider::tables
