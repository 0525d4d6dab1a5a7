// lib/tables/types/constant.cc - tables without entries of their own: static, environ, fail.
//
// Small commands link these and no others (few/README.md): no client library here, and nothing that folds
// keys.
#include <fmt/core.h>

#include <cstdlib>

#include "lib/base/text.h"
#include "lib/tables/file_values.h"
#include "lib/tables/open.h"

namespace postrider::tables {

namespace {

class StaticTable : public DirectTable {
  public:
    StaticTable(const std::string& name, std::string value) : DirectTable(name), value_(std::move(value)) {}
    LookupResult look_up(const std::string&) override { return LookupResult::hit(value_); }
    std::optional<uid_t> owner() const override { return 0; }

  private:
    std::string value_;
};

class EnvironTable : public DirectTable {
  public:
    using DirectTable::DirectTable;
    LookupResult look_up(const std::string& key) override {
        const char* value = std::getenv(key.c_str());
        return value != nullptr ? LookupResult::hit(value) : LookupResult::miss();
    }
};

class FailTable : public DirectTable {
  public:
    FailTable(const std::string& name, std::string reason) : DirectTable(name), reason_(std::move(reason)) {}
    LookupResult look_up(const std::string&) override {
        return LookupResult::retry(fmt::format("{} lookup error: {}", name(), reason_));
    }
    KeyKind key_kind() const override { return KeyKind::pattern; }

  private:
    std::string reason_;
};

}  // namespace

Result<TablePtr> open_static(const std::string& name, const std::string& argument,
                             const OpenContext& context) {
    std::string value = argument;
    if (!value.empty() && value.front() == '{') {
        Result<std::string> inside = inside_braces(value);
        if (!inside) return Error{"bad static:name syntax: " + inside.error()};
        value = std::move(*inside);
    }
    std::string problem;
    std::string kept = table_value(value, context, problem);
    if (!problem.empty()) return Error{problem};
    return TablePtr(std::make_shared<StaticTable>(name, std::move(kept)));
}

Result<TablePtr> open_environ(const std::string& name, const std::string&, const OpenContext&) {
    return TablePtr(std::make_shared<EnvironTable>(name));
}

Result<TablePtr> open_fail(const std::string& name, const std::string& argument, const OpenContext&) {
    return TablePtr(std::make_shared<FailTable>(name, argument));
}

}  // namespace postrider::tables
