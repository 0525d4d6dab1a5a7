// lib/tables/types/plugin_table.cc - a table whose type is a plug-in.
#include "lib/tables/types/plugin_table.h"

#include <fmt/core.h>

#include "lib/async/offload.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tables {

namespace {

// Of the 8 workers of a process no table may take more.
constexpr int lookups_at_once = 3;

class KeyQuestion : public plugin::Question {
  public:
    explicit KeyQuestion(std::string key) : key_(std::move(key)) {}
    const std::string& key() const override { return key_; }
    std::optional<std::string> expand(const std::string& text, const plugin::Quote& quote) const override {
        return expand_template(text, key_, key_, quote);
    }

  private:
    std::string key_;
};

// "scheme://user:password@host/?options" without its secrets.
std::string without_password(std::string server) {
    const std::size_t start = server.find("://");
    if (start == std::string::npos) return server;
    server.resize(std::min(server.size(), server.find('?')));
    const std::size_t at = server.rfind('@');
    const std::size_t colon = server.find(':', start + 3);
    if (at != std::string::npos && colon < at) server.erase(colon, at - colon);
    return server;
}

ServerChoice::Order order_of(const plugin::Table& type) {
    return type.spread_load() ? ServerChoice::Order::random : ServerChoice::Order::as_given;
}

}  // namespace

struct PluginTable::Attempt {
    std::shared_ptr<plugin::Table> type;
    std::string type_name;
    std::string key;
    std::size_t server = 0;
    std::string server_name;
    std::unique_ptr<plugin::Connection> connection;  // none: a new one is made
    bool was_kept = false;
    bool is_connected = false;
    plugin::Answer answer;

    void run() {
        try {
            if (!connection) connection = type->connect(server_name, answer.reason);
            is_connected = connection != nullptr;
            if (is_connected) {
                answer = connection->ask(KeyQuestion(key));
            } else {
                answer = plugin::Answer::gone(fmt::format("connect to {} server {}: {}", type_name,
                                                          without_password(server_name), answer.reason));
            }
        } catch (const std::exception& problem) {
            answer = plugin::Answer::gone(problem.what());
        }
        if (answer.kind == plugin::Answer::Kind::server_gone) connection.reset();
    }
};

PluginTable::PluginTable(const std::string& name, QueryConfig config, std::unique_ptr<plugin::Table> type,
                         const OpenContext& context)
    : Table(name),
      config_(std::move(config)),
      type_(std::move(type)),
      servers_(type_->servers(), order_of(*type_), std::chrono::seconds(type_->retry_interval())),
      free_(lookups_at_once),
      idle_interval_(type_->idle_interval()),
      fold_(context.fold),
      utf8_(context.utf8) {
    for (std::size_t i = 0; i < servers_.size(); ++i) {
        connecting_.push_back(std::make_unique<async::Event>());
        connecting_.back()->set();
    }
}

PluginTable::~PluginTable() = default;

bool PluginTable::can_be_asked(const std::string& key) const {
    for (const std::string& text : type_->templates())
        if (!expand_template(text, key, key, nullptr)) return false;
    return true;
}

Task<LookupResult> PluginTable::find(std::string key) {
    const auto folded = fixed_key(key, fold_, utf8_);
    if (!folded) co_return LookupResult::miss();
    const Match wanted = co_await config_.wants(*folded);
    if (wanted == Match::try_again) co_return trouble("domain list lookup problem");
    if (wanted == Match::no || !can_be_asked(*folded)) co_return LookupResult::miss();
    co_await free_.acquire();
    plugin::Answer answer;
    try {
        answer = co_await ask(*folded);
    } catch (...) {
        free_.release();
        throw;
    }
    free_.release();
    co_return weigh(answer, *folded);
}

// Server after server, until one answers or none is left.
Task<plugin::Answer> PluginTable::ask(std::string key) {
    std::set<std::size_t> tried;
    drop_idle();
    for (;;) {
        const std::optional<std::size_t> server = servers_.pick(tried, async::Clock::now());
        if (!server) break;
        async::Event& nobody_connects = *connecting_[*server];
        if (!servers_.is_up(*server) && !nobody_connects.is_set()) {
            co_await nobody_connects.wait(async::after(std::chrono::seconds(60)));
            continue;
        }
        auto attempt = std::make_shared<Attempt>();
        attempt->type = type_;
        attempt->type_name = name().substr(0, name().find(':'));
        attempt->key = key;
        attempt->server = *server;
        attempt->server_name = servers_.name(*server);
        attempt->connection = take_kept(*server);
        attempt->was_kept = attempt->connection != nullptr;
        attempt = co_await run(std::move(attempt));
        if (attempt->answer.kind != plugin::Answer::Kind::server_gone) co_return std::move(attempt->answer);
        // What was kept may have been closed by the server; that says nothing of a new connection.
        if (attempt->was_kept) continue;
        last_reason_ = printable(attempt->answer.reason);
        if (attempt->is_connected)
            last_reason_ = fmt::format("{}: {}", without_password(attempt->server_name), last_reason_);
        log::warning("{}{}", attempt->is_connected ? name() + ": " : "", last_reason_);
        servers_.failed(*server, async::Clock::now());
        tried.insert(*server);
    }
    co_return plugin::Answer::gone(last_reason_);
}

Task<std::shared_ptr<PluginTable::Attempt>> PluginTable::run(std::shared_ptr<Attempt> attempt) {
    async::Event& nobody_connects = *connecting_[attempt->server];
    const bool first = !servers_.is_up(attempt->server);
    if (first) nobody_connects.clear();
    auto work = [attempt] { attempt->run(); };
    co_await async::offload(std::move(work));
    if (attempt->answer.kind != plugin::Answer::Kind::server_gone) {
        servers_.worked(attempt->server);
        Kept kept{attempt->server, std::move(attempt->connection), async::Clock::now()};
        kept_.push_back(std::move(kept));
    }
    if (first) nobody_connects.set();
    co_return attempt;
}

std::unique_ptr<plugin::Connection> PluginTable::take_kept(std::size_t server) {
    for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
        if (kept->server != server) continue;
        std::unique_ptr<plugin::Connection> connection = std::move(kept->connection);
        kept_.erase(std::next(kept).base());
        return connection;
    }
    return nullptr;
}

void PluginTable::drop_idle() {
    const auto now = async::Clock::now();
    std::erase_if(kept_, [&](const Kept& kept) { return now - kept.used >= idle_interval_; });
}

LookupResult PluginTable::trouble(const std::string& reason) const {
    return LookupResult::retry(fmt::format("{}: {}", name(), reason));
}

LookupResult PluginTable::weigh(const plugin::Answer& answer, const std::string& key) const {
    if (answer.kind == plugin::Answer::Kind::server_gone) return trouble(answer.reason);
    if (answer.kind == plugin::Answer::Kind::refused) {
        log::warning("{}: {}", name(), printable(answer.reason));
        return trouble(printable(answer.reason));
    }
    const auto value = config_.join_values(answer.values, key);
    if (!value) {
        log::warning("{}: {}", name(), value.error());
        return trouble(value.error());
    }
    if (!*value) return LookupResult::miss();
    if (utf8_ && !is_valid_utf8(**value)) {
        log::warning("{}: the value of \"{}\" is not UTF-8", name(), key);
        return trouble("the value is not UTF-8");
    }
    return LookupResult::hit(**value);
}

}  // namespace postrider::tables
