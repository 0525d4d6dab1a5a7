// lib/tables/types/memcache.cc - the table type memcache: memcached's text protocol, with another table
// behind it; memcache_table(5).
//
// What memcached does not have is looked up in the backup table and put into memcached.  A memcached that
// does not answer is as one that has nothing when there is a backup, and "try again" when there is none.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/store.h"
#include "lib/tables/types/memcache.h"
#include "lib/tables/types/plugin.h"
#include "lib/tables/types/query_config.h"
#include "lib/tables/types/remote.h"

namespace postrider::tables {

namespace {

constexpr const char* default_server = "inet:localhost:11211";
// Of a table without a limit: everything ends some day.
constexpr int longest_timeout = 100;

struct Limits {
    std::size_t line = 1024;
    std::size_t data = 10240;
    int tries = 2;
    Seconds pause{1};
};

// One request: a line, perhaps data, and what comes back.
class Exchange : public RemoteServer::Dialogue {
  public:
    using Judge = bool (*)(const Exchange&);
    Exchange(std::string request, Judge is_good, const Limits& limits)
        : request_(std::move(request)), is_good_(is_good), limits_(limits) {}
    Task<> run(async::Stream& stream) override {
        connected = true;
        got_line = false;
        line.clear();
        value.reset();
        stream.put(request_);
        co_await stream.flush();
        line = co_await stream.read_line(line_limit());
        got_line = !stream.line_was_cut();
        const std::optional<std::size_t> size = got_line ? size_of_value() : std::nullopt;
        if (size) co_await read_value(stream, *size);
        // Who knows what comes after an answer that is none.
        if (!is_good()) stream.close();
    }
    bool is_good() const { return got_line && is_good_(*this); }
    bool connected = false;
    bool got_line = false;
    std::string line;                  // the status line
    std::optional<std::string> value;  // of a get
    // A value was promised, and there is none.
    bool value_is_cut() const { return got_line && !value && size_of_value().has_value(); }

  private:
    std::size_t line_limit() const { return std::max<std::size_t>(limits_.line - 1, 1); }
    // Of "VALUE key flags size"; nothing when the line says something else, or more than the limit.
    std::optional<std::size_t> size_of_value() const {
        const std::vector<std::string> words = split_words(line, " \t");
        if (words.size() < 4 || words[0] != "VALUE") return std::nullopt;
        char* end = nullptr;
        const long long size = std::strtoll(words[3].c_str(), &end, 10);
        if (end == words[3].c_str() || size < 0 || static_cast<std::size_t>(size) > limits_.data)
            return std::nullopt;
        return static_cast<std::size_t>(size);
    }
    // The bytes, an empty line, "END".
    Task<> read_value(async::Stream& stream, std::size_t size) {
        try {
            std::string data = co_await stream.read_exactly(size + 2);
            if (!data.ends_with("\r\n")) co_return;
            data.resize(size);
            value = std::move(data);
            const std::string end = co_await stream.read_line(line_limit());
            if (end != "END" || stream.line_was_cut()) stream.close();
        } catch (const async::PeerGone&) {
            // Compat: a value that is there is taken, however the answer ends.
            stream.close();
        }
    }
    std::string request_;
    Judge is_good_;
    Limits limits_;
};

// What a request may be answered with.
bool is_answer(const Exchange& said) {
    return said.value || said.line == "END";
}
bool is_stored(const Exchange& said) {
    return said.line == "STORED";
}
bool is_removed(const Exchange& said) {
    return said.line == "DELETED" || said.line == "NOT_FOUND";
}

// The configured server as connection failures name it: without "inet:" or "unix:".
std::string place_of(const std::string& server) {
    return server.substr(server.find(':') + 1);
}

}  // namespace

class Memcache::Impl {
  public:
    Impl(std::string argument, QueryConfig config, Endpoint endpoint, Limits limits, Seconds timeout)
        : name_("memcache:" + argument),
          argument_(std::move(argument)),
          config_(std::move(config)),
          key_format_(config_.value("key_format", "%s")),
          limits_(limits),
          server_(std::move(endpoint), timeout, timeout) {}

    const QueryConfig& config() const { return config_; }

    // memcached's name for the key; nothing when it can have none.
    Task<std::optional<std::string>> name_of(std::string key) {
        const Match wanted = co_await config_.wants(key);
        if (wanted != Match::yes) co_return std::nullopt;
        auto name = expand_template(key_format_, key, key, nullptr);
        if (!name || name->empty()) co_return std::nullopt;
        for (const char c : *name)
            if (c == ' ' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) co_return std::nullopt;
        co_return name;
    }
    Task<LookupResult> get(std::string key, std::string name, bool utf8) {
        Exchange exchange(fmt::format("get {}\r\n", name), is_answer, limits_);
        std::string complaint = argument_ + ": unexpected memcache server reply: ";
        const Result<void> done = co_await talk(exchange, std::move(complaint));
        if (!done) co_return LookupResult::retry(done.error());
        if (!exchange.value) co_return LookupResult::miss();
        co_return received_value(name_, key, std::move(*exchange.value), utf8);
    }
    Task<Result<void>> set(std::string name, std::string value) {
        Exchange exchange(fmt::format("set {} {} {} {}\r\n{}\r\n", name, flags, ttl, value.size(), value),
                          is_stored, limits_);
        std::string complaint = "database " + name_ + ": update failed: ";
        Result<void> done = co_await talk(exchange, std::move(complaint));
        co_return done;
    }
    Task<Result<bool>> remove(std::string name) {
        Exchange exchange(fmt::format("delete {}\r\n", name), is_removed, limits_);
        std::string complaint = "database " + name_ + ": delete failed: ";
        const Result<void> done = co_await talk(exchange, std::move(complaint));
        if (!done) co_return Error{done.error()};
        co_return exchange.line == "DELETED";
    }

    int flags = 0;
    int ttl = 3600;

  private:
    // Until there is an answer that is good, or it has been tried often enough.  Compat: the first failure is
    // not worth a word; a server that cannot be reached is not tried again.
    Task<Result<void>> talk(Exchange& exchange, std::string complaint) {
        std::string why;
        for (int attempt = 0; attempt < limits_.tries; ++attempt) {
            if (attempt > 0) co_await async::sleep_for(limits_.pause);
            exchange.connected = false;
            const Result<void> done = co_await server_.talk(exchange);
            if (!exchange.connected) co_return unreachable(done.error());
            if (done && exchange.is_good()) co_return Result<void>();
            const bool late = !done && done.error() == "timeout";
            why = late ? std::strerror(ETIMEDOUT) : "Application error";
            if (attempt == 0) continue;
            if (!done || !exchange.got_line)
                log::warning("database {}: I/O error{}{}", name_, late ? ": " : "", late ? why : "");
            else if (exchange.value_is_cut())
                log::warning("{}: EOF receiving memcache server reply", argument_);
            else
                log::warning("{}{}", complaint, printable(exchange.line));
        }
        co_return Error{why};
    }
    Error unreachable(const std::string& why) const {
        const std::size_t colon = why.rfind(": ");
        std::string reason = colon == std::string::npos ? why : why.substr(colon + 2);
        log::warning("connect to {}: {}", place_of(config_.value("memcache", default_server)), reason);
        return Error{std::move(reason)};
    }

    std::string name_;
    std::string argument_;
    QueryConfig config_;
    std::string key_format_;
    Limits limits_;
    RemoteServer server_;
};

Result<std::shared_ptr<Memcache>> Memcache::open(const std::string& argument, const OpenContext& context) {
    Result<QueryConfig> config = QueryConfig::load("memcache:" + argument, argument, context.settings);
    if (!config) return Error{config.error()};
    const std::string server = config->value("memcache", default_server);
    const auto endpoint = Endpoint::parse(server);
    if (!endpoint) return Error{fmt::format("need service transport:endpoint instead of \"{}\"", server)};
    if (Result<void> good = config->check_template("query", config->value("key_format", "%s")); !good)
        return Error{good.error()};
    const plugin::Options options(config->values());
    constexpr int any = std::numeric_limits<int>::min();
    Limits limits;
    int flags = 0, ttl = 0, timeout = 0;
    try {
        limits.line = static_cast<std::size_t>(options.number("line_size_limit", 1024, 1));
        limits.data = static_cast<std::size_t>(options.number("data_size_limit", 10240, 1));
        limits.tries = options.number("max_try", 2, 1);
        limits.pause = Seconds(options.number("retry_pause", 1, 1));
        timeout = options.number("timeout", 2, any);
        flags = options.number("flags", 0, any);
        ttl = options.number("ttl", 3600, any);
    } catch (const plugin::BadOption& problem) {
        return Error{fmt::format("{}: {}", argument, problem.what())};
    }
    if (timeout <= 0) timeout = longest_timeout;
    auto made = std::make_shared<Memcache>();
    made->impl_ = std::make_unique<Impl>(argument, std::move(*config), *endpoint, limits, Seconds(timeout));
    made->impl_->flags = flags;
    made->impl_->ttl = ttl;
    return made;
}

Memcache::Memcache() = default;
Memcache::~Memcache() = default;

std::string Memcache::backup_name() const {
    return impl_->config().value("backup");
}

Task<LookupResult> Memcache::get(std::string key, bool utf8) {
    const std::optional<std::string> name = co_await impl_->name_of(key);
    LookupResult answer;
    if (name) answer = co_await impl_->get(std::move(key), *name, utf8);
    co_return answer;
}

Task<Result<void>> Memcache::set(std::string key, std::string value) {
    const std::optional<std::string> name = co_await impl_->name_of(std::move(key));
    Result<void> done;
    if (name) done = co_await impl_->set(*name, std::move(value));
    co_return done;
}

Task<Result<bool>> Memcache::remove(std::string key) {
    const std::optional<std::string> name = co_await impl_->name_of(std::move(key));
    Result<bool> done = false;
    if (name) done = co_await impl_->remove(*name);
    co_return done;
}

namespace {

class MemcacheTable : public Table {
  public:
    MemcacheTable(const std::string& name, std::shared_ptr<Memcache> memcache, TablePtr backup,
                  const OpenContext& context)
        : Table(name),
          memcache_(std::move(memcache)),
          backup_(std::move(backup)),
          fold_(context.fold),
          utf8_(context.utf8),
          file_values_(context.file_values) {}

    Task<LookupResult> find(std::string key) override {
        const auto folded = fixed_key(key, fold_, utf8_);
        if (!folded || folded->empty()) co_return LookupResult::miss();
        LookupResult answer = co_await memcache_->get(*folded, utf8_);
        if (answer.found == Found::yes && file_values_) co_return decoded(*folded, answer.value);
        if (answer.found == Found::yes || !backup_) co_return answer;
        answer = co_await backup_->find(*folded);
        if (answer.found == Found::try_again) answer.reason = "Application error";
        // That memcached does not take it changes nothing.
        if (answer.found == Found::yes) (void)co_await memcache_->set(*folded, answer.value);
        co_return answer;
    }

  private:
    LookupResult decoded(const std::string& key, const std::string& value) const {
        auto content = base64_decode(value);
        if (content) return LookupResult::hit(std::move(*content));
        log::warning("table {}: key {}: malformed BASE64 value: {}", name(), key, value);
        return LookupResult::retry("malformed BASE64 value");
    }

    std::shared_ptr<Memcache> memcache_;
    TablePtr backup_;
    bool fold_;
    bool utf8_;
    bool file_values_;
};

class MemcacheStore : public Store {
  public:
    MemcacheStore(std::shared_ptr<Memcache> memcache, std::unique_ptr<Store> backup)
        : memcache_(std::move(memcache)), backup_(std::move(backup)) {}

    Task<LookupResult> find(std::string key) override {
        LookupResult answer = co_await memcache_->get(key, false);
        if (answer.found == Found::yes || !backup_) co_return answer;
        answer = co_await backup_->find(key);
        if (answer.found == Found::yes) (void)co_await memcache_->set(std::move(key), answer.value);
        co_return answer;
    }
    Task<Result<void>> update(std::string key, std::string value) override {
        Result<void> done = co_await memcache_->set(key, value);
        if (backup_) done = co_await backup_->update(std::move(key), std::move(value));
        co_return done;
    }
    Task<Result<bool>> remove(std::string key) override {
        Result<bool> done = co_await memcache_->remove(key);
        if (backup_) done = co_await backup_->remove(std::move(key));
        co_return done;
    }
    Task<Result<std::optional<Entry>>> step(Step step) override {
        if (!backup_) co_return Error{"first/next support requires backup database"};
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
    if (const std::string behind = (*memcache)->backup_name(); !behind.empty()) {
        if (context.is_command) {
            Result<TablePtr> opened = open_table_now(behind, context);
            if (!opened) return Error{opened.error()};
            backup = std::move(*opened);
        } else {
            backup = open_table(behind, context);
        }
    }
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
