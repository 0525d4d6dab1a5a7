// lib/tables/types/memcache.cc - the table type memcache: memcached's text protocol, with another table
// behind it; memcache_table(5).
//
// What memcached does not have is looked up in the backup table and put into memcached.  A memcached that
// does not answer is as one that has nothing when there is a backup, and "try again" when there is none.
#include <fmt/core.h>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/store.h"
#include "lib/tables/types/plugin.h"
#include "lib/tables/types/query_config.h"
#include "lib/tables/types/remote.h"

namespace postrider::tables {

namespace {

// memcached's own limit; keys have no blanks or control characters either.
constexpr std::size_t longest_key = 250;

struct Limits {
    std::size_t line = 1024;
    std::size_t data = 10240;
    int tries = 2;
    Seconds pause{1};
    Seconds timeout{2};
};

// One request: a line, perhaps data, and what comes back.
class Exchange : public RemoteServer::Dialogue {
  public:
    Exchange(std::string request, const Limits& limits) : request_(std::move(request)), limits_(limits) {}
    Task<> run(async::Stream& stream) override {
        problem.clear();
        value.reset();
        stream.put(request_);
        co_await stream.flush();
        line = co_await stream.read_line(limits_.line);
        if (stream.line_was_cut()) co_return give_up(stream, "reply line is too long");
        if (line.starts_with("VALUE ")) co_await read_value(stream);
    }
    std::string line;                  // the status line
    std::optional<std::string> value;  // of a get
    std::string problem;

  private:
    // "VALUE key flags size", the bytes, an empty line, "END".
    Task<> read_value(async::Stream& stream) {
        const std::vector<std::string> words = split_words(line, " ");
        const auto size = words.size() >= 4 ? parse_unsigned(words[3]) : std::nullopt;
        if (!size) co_return give_up(stream, "malformed reply: " + printable(line));
        if (*size > limits_.data) co_return give_up(stream, "the value is larger than data_size_limit");
        std::string data = co_await stream.read_exactly(*size);
        const std::string rest = co_await stream.read_line(limits_.line);
        const std::string end = co_await stream.read_line(limits_.line);
        if (!rest.empty() || end != "END") co_return give_up(stream, "malformed end of a reply");
        value = std::move(data);
    }
    void give_up(async::Stream& stream, std::string why) {
        problem = std::move(why);
        stream.close();
    }
    std::string request_;
    Limits limits_;
};

class Memcache {
  public:
    static Result<std::shared_ptr<Memcache>> open(const std::string& argument, const OpenContext& context) {
        Result<QueryConfig> config = QueryConfig::load("memcache:" + argument, argument, context.settings);
        if (!config) return Error{config.error()};
        const auto endpoint = Endpoint::parse(config->value("memcache", "inet:localhost:11211"));
        if (!endpoint) return Error{fmt::format("{}: bad memcache server address", argument)};
        if (Result<void> good = config->check_template("query", config->value("key_format", "%s")); !good)
            return Error{good.error()};
        const plugin::Options options(config->values());
        Limits limits;
        int flags = 0, ttl = 0;
        try {
            limits.line = static_cast<std::size_t>(options.number("line_size_limit", 1024, 1));
            limits.data = static_cast<std::size_t>(options.number("data_size_limit", 10240, 1));
            limits.tries = options.number("max_try", 2, 1);
            limits.pause = Seconds(options.number("retry_pause", 1, 1));
            limits.timeout = Seconds(options.number("timeout", 2, 1));
            flags = options.number("flags", 0);
            ttl = options.number("ttl", 3600);
        } catch (const plugin::BadOption& problem) {
            return Error{fmt::format("{}: {}", argument, problem.what())};
        }
        auto made = std::make_shared<Memcache>(argument, std::move(*config), *endpoint, limits);
        made->flags_ = flags;
        made->ttl_ = ttl;
        return made;
    }

    Memcache(const std::string& argument, QueryConfig config, Endpoint endpoint, Limits limits)
        : name_("memcache:" + argument),
          config_(std::move(config)),
          key_format_(config_.value("key_format", "%s")),
          limits_(limits),
          server_(std::move(endpoint), limits.timeout, limits.timeout) {}

    std::string backup_name() const { return config_.value("backup"); }

    // memcached's name for the key; nothing when it can have none.
    Task<std::optional<std::string>> name_of(std::string key) {
        const Match wanted = co_await config_.wants(key);
        if (wanted != Match::yes) co_return std::nullopt;
        auto name = expand_template(key_format_, key, key, nullptr);
        if (!name || name->empty() || name->size() > longest_key) co_return std::nullopt;
        for (const char c : *name)
            if (c == ' ' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) co_return std::nullopt;
        co_return name;
    }
    Task<LookupResult> get(std::string name) {
        Exchange exchange(fmt::format("get {}\r\n", name), limits_);
        const Result<void> done = co_await talk(exchange);
        if (!done) co_return LookupResult::retry(fmt::format("{}: {}", name_, done.error()));
        if (exchange.value) co_return LookupResult::hit(std::move(*exchange.value));
        if (exchange.line == "END") co_return LookupResult::miss();
        co_return LookupResult::retry(complaint(exchange.line));
    }
    Task<Result<void>> set(std::string name, std::string value) {
        if (value.size() > limits_.data) co_return Error{fmt::format("{}: the value is too large", name_)};
        Exchange exchange(fmt::format("set {} {} {} {}\r\n{}\r\n", name, flags_, ttl_, value.size(), value),
                          limits_);
        const Result<void> done = co_await talk(exchange);
        if (!done) co_return Error{fmt::format("{}: {}", name_, done.error())};
        if (exchange.line != "STORED") co_return Error{complaint(exchange.line)};
        co_return Result<void>();
    }
    // False: it was not there.
    Task<Result<bool>> remove(std::string name) {
        Exchange exchange(fmt::format("delete {}\r\n", name), limits_);
        const Result<void> done = co_await talk(exchange);
        if (!done) co_return Error{fmt::format("{}: {}", name_, done.error())};
        if (exchange.line != "DELETED" && exchange.line != "NOT_FOUND")
            co_return Error{complaint(exchange.line)};
        co_return exchange.line == "DELETED";
    }

  private:
    std::string complaint(const std::string& line) const {
        log::warning("{}: unexpected reply: {}", name_, printable(line));
        return fmt::format("{}: unexpected reply: {}", name_, printable(line));
    }
    Task<Result<void>> talk(Exchange& exchange) {
        std::string why;
        for (int attempt = 0; attempt < limits_.tries; ++attempt) {
            if (attempt > 0) co_await async::sleep_for(limits_.pause);
            const Result<void> done = co_await server_.talk(exchange);
            if (done && exchange.problem.empty()) co_return Result<void>();
            why = done ? exchange.problem : done.error();
        }
        log::warning("{}: {}", name_, why);
        co_return Error{why};
    }

    std::string name_;
    QueryConfig config_;
    std::string key_format_;
    Limits limits_;
    RemoteServer server_;
    int flags_ = 0;
    int ttl_ = 3600;
};

class MemcacheTable : public Table {
  public:
    MemcacheTable(const std::string& name, std::shared_ptr<Memcache> memcache, TablePtr backup,
                  const OpenContext& context)
        : Table(name),
          memcache_(std::move(memcache)),
          backup_(std::move(backup)),
          fold_(context.fold),
          utf8_(context.utf8) {}

    Task<LookupResult> find(std::string key) override {
        const auto folded = fixed_key(key, fold_, utf8_);
        if (!folded || folded->empty()) co_return LookupResult::miss();
        const std::optional<std::string> name = co_await memcache_->name_of(*folded);
        LookupResult answer;
        if (name) answer = co_await memcache_->get(*name);
        if (answer.found == Found::yes || !backup_) co_return answer;
        const bool reachable = answer.found == Found::no;
        answer = co_await backup_->find(*folded);
        // That memcached does not take it changes nothing.
        if (answer.found == Found::yes && name && reachable) {
            const Result<void> kept = co_await memcache_->set(*name, answer.value);
            if (!kept) log::warning("{}", kept.error());
        }
        co_return answer;
    }

  private:
    std::shared_ptr<Memcache> memcache_;
    TablePtr backup_;
    bool fold_;
    bool utf8_;
};

class MemcacheStore : public Store {
  public:
    MemcacheStore(std::shared_ptr<Memcache> memcache, std::unique_ptr<Store> backup)
        : memcache_(std::move(memcache)), backup_(std::move(backup)) {}

    Task<LookupResult> find(std::string key) override {
        const std::optional<std::string> name = co_await memcache_->name_of(key);
        LookupResult answer;
        if (name) answer = co_await memcache_->get(*name);
        if (answer.found == Found::yes || !backup_) co_return answer;
        const bool reachable = answer.found == Found::no;
        answer = co_await backup_->find(std::move(key));
        if (answer.found == Found::yes && name && reachable) {
            const Result<void> kept = co_await memcache_->set(*name, answer.value);
            if (!kept) log::warning("{}", kept.error());
        }
        co_return answer;
    }
    Task<Result<void>> update(std::string key, std::string value) override {
        const std::optional<std::string> name = co_await memcache_->name_of(key);
        Result<void> done = Error{"the key cannot be stored in memcached"};
        if (name) done = co_await memcache_->set(*name, value);
        if (!backup_) co_return done;
        Result<void> kept = co_await backup_->update(std::move(key), std::move(value));
        co_return kept;
    }
    Task<Result<bool>> remove(std::string key) override {
        const std::optional<std::string> name = co_await memcache_->name_of(key);
        Result<bool> done = false;
        if (name) done = co_await memcache_->remove(*name);
        if (!backup_) co_return done;
        Result<bool> removed = co_await backup_->remove(std::move(key));
        co_return removed;
    }
    Task<Result<std::optional<Entry>>> step(Step step) override {
        if (!backup_) co_return Error{"memcached cannot list its entries; there is no backup table"};
        Result<std::optional<Entry>> entry = co_await backup_->step(step);
        co_return entry;
    }

  private:
    std::shared_ptr<Memcache> memcache_;
    std::unique_ptr<Store> backup_;
};

}  // namespace

Result<TablePtr> open_memcache(const std::string& name, const std::string& argument,
                               const OpenContext& context) {
    Result<std::shared_ptr<Memcache>> memcache = Memcache::open(argument, context);
    if (!memcache) return Error{memcache.error()};
    TablePtr backup;
    if (const std::string behind = (*memcache)->backup_name(); !behind.empty())
        backup = open_table(behind, context);
    return TablePtr(std::make_shared<MemcacheTable>(name, std::move(*memcache), std::move(backup), context));
}

Result<std::unique_ptr<Store>> open_memcache_store(const std::string& argument, const OpenContext& context) {
    Result<std::shared_ptr<Memcache>> memcache = Memcache::open(argument, context);
    if (!memcache) return Error{memcache.error()};
    std::unique_ptr<Store> backup;
    if (const std::string behind = (*memcache)->backup_name(); !behind.empty()) {
        Result<std::unique_ptr<Store>> opened = open_store(behind, context);
        if (!opened) return Error{opened.error()};
        backup = std::move(*opened);
    }
    return std::unique_ptr<Store>(std::make_unique<MemcacheStore>(std::move(*memcache), std::move(backup)));
}

}  // namespace postrider::tables
