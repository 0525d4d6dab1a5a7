// lib/tables/plugins/pgsql/pgsql.cc - the table type pgsql: a query on a PostgreSQL server; pgsql_table(5).
#include <libpq-fe.h>
#include <poll.h>

#include <chrono>
#include <memory>

#include "lib/tables/plugins/server_table.h"
#include "lib/tables/plugins/sql_query.h"

namespace {

using namespace postrider::tables::plugin;

constexpr auto answer_limit = std::chrono::seconds(30);

struct Configuration {
    explicit Configuration(const Options& options)
        : user(options.text("user")),
          password(options.text("password")),
          database(options.text("dbname")),
          encoding(options.text("encoding", "UTF8")),
          query(sql_query(options)),
          hosts(options.some_words("hosts", "localhost")),
          retry_interval(options.number("retry_interval", 60, 1)),
          idle_interval(options.number("idle_interval", 60, 1)) {}
    std::string user, password, database, encoding, query;
    std::vector<std::string> hosts;
    int retry_interval;
    int idle_interval;
    std::vector<std::string> templates() const { return {query}; }
};

struct FreeResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Rows = std::unique_ptr<PGresult, FreeResult>;

bool is_uri(const std::string& text) {
    return text.rfind("postgresql://", 0) == 0 || text.rfind("postgres://", 0) == 0;
}

class PgsqlConnection : public Connection {
  public:
    explicit PgsqlConnection(std::shared_ptr<const Configuration> configuration)
        : configuration_(std::move(configuration)) {}
    ~PgsqlConnection() override { PQfinish(server_); }

    // The reason of a failure; empty: connected.
    std::string connect(const std::string& where) {
        const Configuration& c = *configuration_;
        std::vector<const char*> names, values;
        const auto add = [&](const char* name, const std::string& value) {
            if (value.empty()) return;
            names.push_back(name);
            values.push_back(value.c_str());
        };
        const ServerAddress address(is_uri(where) ? "" : where);
        // A URI in the place of the database's name is taken apart by the library; what follows it wins.
        if (is_uri(where)) {
            add("dbname", where);
        } else {
            add("host", address.path.empty() ? address.host : address.path);
            add("port", address.port);
            add("dbname", c.database);
            add("user", c.user);
            add("password", c.password);
        }
        const std::string limit = "10";
        add("connect_timeout", limit);
        names.push_back(nullptr);
        values.push_back(nullptr);
        server_ = PQconnectdbParams(names.data(), values.data(), 1);
        if (PQstatus(server_) != CONNECTION_OK) return error();
        PQsetNoticeProcessor(
            server_, [](void*, const char*) {}, nullptr);
        if (PQsetClientEncoding(server_, c.encoding.c_str()) != 0)
            return "cannot set the encoding to " + c.encoding + ": " + error();
        return "";
    }

    Answer ask(const Question& question) override {
        std::string problem;
        const auto quote = [&](const std::string& text) {
            std::string out(text.size() * 2 + 1, '\0');
            int failed = 0;
            out.resize(PQescapeStringConn(server_, out.data(), text.data(), text.size(), &failed));
            if (failed != 0) problem = "cannot quote the key: " + error();
            return out;
        };
        const auto query = question.expand(configuration_->query, quote);
        if (!query) return Answer::of({});
        if (!problem.empty()) return Answer::refuse(problem);
        if (PQsendQuery(server_, query->c_str()) != 1) return Answer::gone("query failed: " + error());
        return read_answer();
    }

  private:
    std::string error() const {
        std::string text = PQerrorMessage(server_);
        while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
        return text;
    }

    // Waits until the next result is complete.
    bool await_result(std::chrono::steady_clock::time_point deadline) {
        while (PQisBusy(server_) != 0) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            pollfd socket{PQsocket(server_), POLLIN, 0};
            if (left.count() <= 0 || ::poll(&socket, 1, static_cast<int>(left.count())) == 0) return false;
            if (PQconsumeInput(server_) != 1) return false;
        }
        return true;
    }

    Answer read_answer() {
        const auto deadline = std::chrono::steady_clock::now() + answer_limit;
        Answer answer;
        for (;;) {
            if (!await_result(deadline)) {
                const std::string why = error();
                return Answer::gone("query failed: " + (why.empty() ? "timeout" : why));
            }
            const Rows rows(PQgetResult(server_));
            if (!rows) break;
            // Of several statements the last one answers, unless one fails.
            if (answer.kind == Answer::Kind::values) answer = rows_of(rows.get());
        }
        if (PQstatus(server_) != CONNECTION_OK) return Answer::gone("query failed: " + error());
        return answer;
    }

    Answer rows_of(const PGresult* rows) {
        Answer answer;
        const ExecStatusType status = PQresultStatus(rows);
        if (status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) return answer;
        if (status != PGRES_TUPLES_OK) return Answer::refuse("query failed: " + error());
        for (int row = 0; row < PQntuples(rows); ++row)
            for (int column = 0; column < PQnfields(rows); ++column)
                if (PQgetisnull(rows, row, column) == 0)
                    answer.values.emplace_back(PQgetvalue(rows, row, column),
                                               static_cast<std::size_t>(PQgetlength(rows, row, column)));
        return answer;
    }

    std::shared_ptr<const Configuration> configuration_;
    PGconn* server_ = nullptr;
};

}  // namespace

POSTRIDER_PLUGIN;
POSTRIDER_OPENER postrider_open_pgsql(const Options& options, std::string& reason) {
    return open<ServerTable<Configuration, PgsqlConnection>>(options, reason);
}
