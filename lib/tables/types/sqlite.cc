// lib/tables/types/sqlite.cc - the table type sqlite: a query on a database file.
//
// The library is loaded when the first such table is opened, so that nobody else depends on it.  Queries run
// on the worker pool.
#include <dlfcn.h>
#include <fmt/core.h>
#include <sqlite3.h>

#include <memory>
#include <mutex>

#include "lib/async/offload.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/open.h"
#include "lib/tables/plugins/sql_query.h"
#include "lib/tables/types/query_config.h"

namespace postrider::tables {

namespace {

// The functions of the library that we call.
struct Library {
    decltype(&sqlite3_open_v2) open = nullptr;
    decltype(&sqlite3_close) close = nullptr;
    decltype(&sqlite3_errmsg) error_text = nullptr;
    decltype(&sqlite3_busy_timeout) busy_timeout = nullptr;
    decltype(&sqlite3_prepare_v2) prepare = nullptr;
    decltype(&sqlite3_step) step = nullptr;
    decltype(&sqlite3_finalize) finalize = nullptr;
    decltype(&sqlite3_column_text) column_text = nullptr;
};

template <class Function>
bool load(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

// nullptr when the library is not on this machine.
const Library* sqlite() {
    static const std::unique_ptr<Library> loaded = [] {
        auto made = std::make_unique<Library>();
        void* library = dlopen("libsqlite3.so.0", RTLD_NOW);
        const bool complete = library != nullptr && load(library, "sqlite3_open_v2", made->open) &&
                              load(library, "sqlite3_close", made->close) &&
                              load(library, "sqlite3_errmsg", made->error_text) &&
                              load(library, "sqlite3_busy_timeout", made->busy_timeout) &&
                              load(library, "sqlite3_prepare_v2", made->prepare) &&
                              load(library, "sqlite3_step", made->step) &&
                              load(library, "sqlite3_finalize", made->finalize) &&
                              load(library, "sqlite3_column_text", made->column_text);
        if (!complete) made.reset();
        return made;
    }();
    return loaded.get();
}

class Database {
  public:
    explicit Database(const Library& library) : library_(library) {}
    ~Database() { library_.close(handle_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Result<void> open(const std::string& path) {
        const int code = library_.open(path.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr);
        if (code != SQLITE_OK) return Error{fmt::format("open {}: {}", path, library_.error_text(handle_))};
        library_.busy_timeout(handle_, 1000);
        return {};
    }

    // The first column of all rows, where it is not NULL.  Called from worker threads.
    Result<std::vector<std::string>> ask(const std::string& query) {
        const std::lock_guard<std::mutex> alone(mutex_);
        sqlite3_stmt* statement = nullptr;
        if (library_.prepare(handle_, query.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            return Error{fmt::format("SQL prepare failed: {}", library_.error_text(handle_))};
        std::vector<std::string> values;
        int code = SQLITE_OK;
        while ((code = library_.step(statement)) == SQLITE_ROW) {
            const auto* text = library_.column_text(statement, 0);
            if (text != nullptr) values.emplace_back(reinterpret_cast<const char*>(text));
        }
        const std::string problem = code == SQLITE_DONE ? "" : library_.error_text(handle_);
        library_.finalize(statement);
        if (!problem.empty()) return Error{fmt::format("SQL step failed: {}", problem)};
        return values;
    }

  private:
    const Library& library_;
    sqlite3* handle_ = nullptr;
    std::mutex mutex_;
};

class SqliteTable : public Table {
  public:
    SqliteTable(const std::string& name, QueryConfig config, std::string query,
                std::shared_ptr<Database> database, const OpenContext& context)
        : Table(name),
          config_(std::move(config)),
          query_(std::move(query)),
          database_(std::move(database)),
          fold_(context.fold),
          utf8_(context.utf8) {}

    Task<LookupResult> find(std::string key) override {
        const auto folded = fixed_key(key, fold_, utf8_);
        if (!folded) co_return LookupResult::miss();
        const Match wanted = co_await config_.wants(*folded);
        if (wanted == Match::no) co_return LookupResult::miss();
        if (wanted == Match::try_again) co_return trouble("domain list lookup problem");
        const auto doubled = [](const std::string& text) { return replace_all(text, "'", "''"); };
        const auto query = expand_template(query_, *folded, *folded, doubled);
        if (!query) co_return LookupResult::miss();
        auto work = [database = database_, text = *query] { return database->ask(text); };
        const Result<std::vector<std::string>> values = co_await async::offload(std::move(work));
        if (!values) co_return trouble(values.error());
        const auto value = config_.join_values(*values, *folded);
        if (!value) co_return trouble(value.error());
        if (!*value) co_return LookupResult::miss();
        co_return LookupResult::hit(**value);
    }
    std::optional<uid_t> owner() const override { return config_.owner(); }

  private:
    LookupResult trouble(const std::string& reason) const {
        log::warning("{}: {}", name(), reason);
        return LookupResult::retry(fmt::format("{}: {}", name(), reason));
    }
    QueryConfig config_;
    std::string query_;
    std::shared_ptr<Database> database_;
    bool fold_;
    bool utf8_;
};

}  // namespace

Result<TablePtr> open_sqlite(const std::string& name, const std::string& argument,
                             const OpenContext& context) {
    const Library* library = sqlite();
    if (library == nullptr)
        return Error{"unsupported dictionary type: sqlite (libsqlite3.so.0 is not installed)"};
    Result<QueryConfig> config = QueryConfig::load(name, argument, context.settings);
    if (!config) return Error{config.error()};
    std::string path, query;
    try {
        const plugin::Options options(config->values());
        path = options.needed("dbpath");
        query = plugin::sql_query(options);
    } catch (const plugin::BadOption& problem) {
        return Error{fmt::format("{}: {}", argument, problem.what())};
    }
    if (Result<void> good = config->check_template("query", query); !good) return Error{good.error()};
    auto database = std::make_shared<Database>(*library);
    if (Result<void> opened = database->open(path); !opened) return Error{opened.error()};
    return TablePtr(std::make_shared<SqliteTable>(name, std::move(*config), std::move(query),
                                                  std::move(database), context));
}

}  // namespace postrider::tables
