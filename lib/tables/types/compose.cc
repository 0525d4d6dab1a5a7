// lib/tables/types/compose.cc - tables made of tables: pipemap, unionmap, randmap, debug.
#include <fmt/core.h>

#include <algorithm>
#include <random>

#include "lib/base/log.h"
#include "lib/tables/open.h"
#include "lib/tables/types/rules.h"

namespace postrider::tables {

namespace {

using Members = std::vector<TablePtr>;

// Members are fixed together when all are: a pattern table among them must see whole keys only.
KeyKind common_kind(const Members& members) {
    for (const TablePtr& member : members)
        if (member->key_kind() == KeyKind::pattern) return KeyKind::pattern;
    return KeyKind::fixed;
}

// The least trusted owner; root only when all are.
std::optional<uid_t> common_owner(const Members& members) {
    std::optional<uid_t> owner = 0;
    for (const TablePtr& member : members) {
        const auto one = member->owner();
        if (!one) return std::nullopt;
        if (*one != 0) owner = one;
    }
    return owner;
}

class Composed : public Table {
  public:
    Composed(const std::string& name, Members members) : Table(name), members_(std::move(members)) {}
    KeyKind key_kind() const override { return common_kind(members_); }
    std::optional<uid_t> owner() const override { return common_owner(members_); }

  protected:
    Members members_;
};

// The answer of each table is the key of the next.
class Pipe : public Composed {
  public:
    using Composed::Composed;
    Task<LookupResult> find(std::string key) override {
        for (const TablePtr& member : members_) {
            LookupResult answer = co_await member->find(key);
            if (answer.found != Found::yes) co_return answer;
            key = std::move(answer.value);
        }
        co_return LookupResult::hit(key);
    }
};

// All answers, joined by commas.
class Union : public Composed {
  public:
    using Composed::Composed;
    Task<LookupResult> find(std::string key) override {
        std::string all;
        bool any = false;
        for (const TablePtr& member : members_) {
            LookupResult answer = co_await member->find(key);
            if (answer.found == Found::try_again) co_return answer;
            if (answer.found == Found::no) continue;
            if (any) all += ',';
            all += answer.value;
            any = true;
        }
        if (!any) co_return LookupResult::miss();
        co_return LookupResult::hit(all);
    }
};

// One of the values of a list, drawn anew for each key.
class Random : public DirectTable {
  public:
    Random(const std::string& name, std::vector<std::string> values)
        : DirectTable(name), values_(std::move(values)), random_(std::random_device{}()) {}
    LookupResult look_up(const std::string&) override {
        std::uniform_int_distribution<std::size_t> draw(0, values_.size() - 1);
        return LookupResult::hit(values_[draw(random_)]);
    }
    KeyKind key_kind() const override { return KeyKind::pattern; }
    std::optional<uid_t> owner() const override { return 0; }

  private:
    std::vector<std::string> values_;
    std::minstd_rand random_;
};

// Logs each lookup of another table.
class Debug : public Composed {
  public:
    using Composed::Composed;
    Task<LookupResult> find(std::string key) override {
        LookupResult answer = co_await members_.front()->find(key);
        const char* const what = answer.found == Found::yes  ? ""
                                 : answer.found == Found::no ? "not found"
                                                             : "error";
        log::info("{} lookup: \"{}\" = \"{}{}\"", members_.front()->name(), key, answer.value, what);
        co_return answer;
    }
};

Result<Members> open_members(const std::string& name, const std::string& argument,
                             const OpenContext& context) {
    const auto items = braced_items(argument, InnerBraces::kept);
    const bool good =
        items && !items->empty() && std::all_of(items->begin(), items->end(), [](const std::string& item) {
            return item.find(':') != std::string::npos;
        });
    if (!good) {
        const std::string type = name.substr(0, name.find(':'));
        return Error{fmt::format("bad syntax: \"{}\"; need \"{}:{{type:name...}}\"", name, type)};
    }
    Members members;
    for (const std::string& item : *items) {
        if (!context.is_command) {
            members.push_back(open_table(item, context));
            continue;
        }
        Result<TablePtr> member = open_table_now(item, context);
        if (!member) return Error{member.error()};
        members.push_back(std::move(*member));
    }
    return members;
}

template <class Kind>
Result<TablePtr> open_composed(const std::string& name, const std::string& argument,
                               const OpenContext& context) {
    Result<Members> members = open_members(name, argument, context);
    if (!members) return Error{members.error()};
    return TablePtr(std::make_shared<Kind>(name, std::move(*members)));
}

}  // namespace

Result<TablePtr> open_pipemap(const std::string& name, const std::string& argument,
                              const OpenContext& context) {
    return open_composed<Pipe>(name, argument, context);
}

Result<TablePtr> open_unionmap(const std::string& name, const std::string& argument,
                               const OpenContext& context) {
    return open_composed<Union>(name, argument, context);
}

Result<TablePtr> open_randmap(const std::string& name, const std::string& argument, const OpenContext&) {
    auto items = braced_items(argument, InnerBraces::kept);
    if (!items || items->empty())
        return Error{fmt::format("bad syntax: \"{}\"; need \"randmap:{{value...}}\"", name)};
    return TablePtr(std::make_shared<Random>(name, std::move(*items)));
}

Result<TablePtr> open_debug(const std::string& name, const std::string& argument,
                            const OpenContext& context) {
    if (argument.empty()) return Error{fmt::format("bad syntax: \"{}\"; need \"debug:type:name\"", name)};
    Members members;
    members.push_back(open_table(argument, context));
    return TablePtr(std::make_shared<Debug>(name, std::move(members)));
}

}  // namespace postrider::tables
