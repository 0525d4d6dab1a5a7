// lib/tables/plugins/redis/redis.cc - the table types redis and valkey: a command to a Redis or Valkey
// server; redis_table(5).
#include <hiredis/hiredis.h>

#include <memory>

#include "lib/tables/plugins/server_table.h"
#include "lib/tables/plugins/sql_query.h"

namespace {

using namespace postrider::tables::plugin;

struct Configuration {
    explicit Configuration(const Options& options)
        : user(options.text("user")),
          password(options.text("password")),
          database(options.number("database", 0)),
          timeout(options.number("timeout", 5, 1)),
          query(options.text("query", "GET %s")),
          hosts(options.some_words("hosts", "inet:localhost:6379")),
          retry_interval(options.number("retry_interval", 60, 1)),
          idle_interval(options.number("idle_interval", 60, 1)) {
        std::string word;
        for (const char c : query + " ") {
            if (c != ' ' && c != '\t') {
                word += c;
            } else if (!word.empty()) {
                words.push_back(std::move(word));
                word.clear();
            }
        }
        if (words.empty()) throw BadOption("there is no query");
    }
    std::string user, password;
    int database;
    int timeout;
    std::string query;
    std::vector<std::string> words;  // of the query; each becomes one argument, whatever the key holds
    std::vector<std::string> hosts;
    int retry_interval;
    int idle_interval;
    std::vector<std::string> templates() const { return {query}; }
};

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

class RedisConnection : public Connection {
  public:
    explicit RedisConnection(std::shared_ptr<const Configuration> configuration)
        : configuration_(std::move(configuration)) {}
    ~RedisConnection() override { redisFree(server_); }

    // The reason of a failure; empty: connected, logged in, the database selected.
    std::string connect(const std::string& where) {
        const ServerAddress address(where);
        const Configuration& c = *configuration_;
        const timeval limit{c.timeout, 0};
        const int port = address.port.empty() ? 6379 : std::atoi(address.port.c_str());
        server_ = address.path.empty() ? redisConnectWithTimeout(address.host.c_str(), port, limit)
                                       : redisConnectUnixWithTimeout(address.path.c_str(), limit);
        if (server_ == nullptr) return "out of memory";
        if (server_->err != 0) return server_->errstr;
        redisSetTimeout(server_, limit);
        if (!c.password.empty()) {
            std::vector<std::string> login = {"AUTH"};
            if (!c.user.empty()) login.push_back(c.user);
            login.push_back(c.password);
            if (const std::string problem = command_problem(login); !problem.empty()) return problem;
        }
        if (c.database == 0) return "";
        return command_problem({"SELECT", std::to_string(c.database)});
    }

    Answer ask(const Question& question) override {
        std::vector<std::string> words;
        for (const std::string& word : configuration_->words) {
            auto expanded = question.expand(word, nullptr);
            if (!expanded) return Answer::of({});
            words.push_back(std::move(*expanded));
        }
        const Reply reply = send(words);
        if (!reply) return Answer::gone(error());
        if (reply->type == REDIS_REPLY_ERROR) return refusal(std::string(reply->str, reply->len));
        std::vector<std::string> values;
        add_values(*reply, values);
        return Answer::of(std::move(values));
    }

  private:
    std::string error() const { return std::string("redis command failed: ") + server_->errstr; }

    // A server that loads its data, or is no master any more, may be better later or elsewhere.
    static Answer refusal(const std::string& text) {
        for (const char* const temporary : {"LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY"})
            if (text.rfind(temporary, 0) == 0) return Answer::gone("redis server: " + text);
        return Answer::refuse("redis server: " + text);
    }

    Reply send(const std::vector<std::string>& words) {
        std::vector<const char*> arguments;
        std::vector<std::size_t> sizes;
        for (const std::string& word : words) {
            arguments.push_back(word.data());
            sizes.push_back(word.size());
        }
        return Reply(static_cast<redisReply*>(
            redisCommandArgv(server_, static_cast<int>(words.size()), arguments.data(), sizes.data())));
    }

    std::string command_problem(const std::vector<std::string>& words) {
        const Reply reply = send(words);
        if (!reply) return error();
        if (reply->type == REDIS_REPLY_ERROR)
            return words.front() + " refused: " + std::string(reply->str, reply->len);
        return "";
    }

    static void add_values(const redisReply& reply, std::vector<std::string>& values) {
        switch (reply.type) {
            case REDIS_REPLY_STRING:
            case REDIS_REPLY_STATUS:
                values.emplace_back(reply.str, reply.len);
                break;
            case REDIS_REPLY_INTEGER:
                values.push_back(std::to_string(reply.integer));
                break;
            case REDIS_REPLY_ARRAY:
                for (std::size_t i = 0; i < reply.elements; ++i) add_values(*reply.element[i], values);
                break;
            default:
                break;  // nil: not there
        }
    }

    std::shared_ptr<const Configuration> configuration_;
    redisContext* server_ = nullptr;
};

}  // namespace

POSTRIDER_PLUGIN;
POSTRIDER_OPENER postrider_open_redis(const Options& options, std::string& reason) {
    return open<ServerTable<Configuration, RedisConnection>>(options, reason);
}
