// lib/tables/plugins/mysql/mysql.cc - the table type mysql: a query on a MySQL or MariaDB server;
// mysql_table(5).
#include <mysql.h>

#include <memory>

#include "lib/tables/plugins/server_table.h"
#include "lib/tables/plugins/sql_query.h"

namespace {

using namespace postrider::tables::plugin;

constexpr unsigned connect_limit = 10;  // seconds
constexpr unsigned answer_limit = 30;

struct Configuration {
    explicit Configuration(const Options& options)
        : user(options.text("user")),
          password(options.text("password")),
          // With an option file, the file may say where the database is.
          database(options.needed("dbname", options.has("option_file") ? 0 : 1)),
          charset(options.text("charset", "utf8mb4")),
          option_file(options.text("option_file")),
          option_group(options.text("option_group")),
          tls_key(options.text("tls_key_file")),
          tls_certificate(options.text("tls_cert_file")),
          tls_ca_file(options.text("tls_CAfile")),
          tls_ca_path(options.text("tls_CApath")),
          tls_ciphers(options.text("tls_ciphers")),
          tls_verify(options.flag("tls_verify_cert", false)),
          needs_result(options.flag("require_result_set", true)),
          query(sql_query(options)),
          hosts(options.some_words("hosts", option_file.empty() ? "localhost" : "inet:")),
          retry_interval(options.number("retry_interval", 60, 1)),
          idle_interval(options.number("idle_interval", 60, 1)) {}
    std::string user, password, database, charset, option_file, option_group;
    std::string tls_key, tls_certificate, tls_ca_file, tls_ca_path, tls_ciphers;
    bool tls_verify;
    bool needs_result;
    std::string query;
    std::vector<std::string> hosts;
    int retry_interval;
    int idle_interval;
    std::vector<std::string> templates() const { return {query}; }
};

const char* or_null(const std::string& text) {
    return text.empty() ? nullptr : text.c_str();
}

// What a query gave: a set of rows or, for a statement that has none, nothing.
struct FreeResult {
    void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};
using Rows = std::unique_ptr<MYSQL_RES, FreeResult>;

class MysqlConnection : public Connection {
  public:
    explicit MysqlConnection(std::shared_ptr<const Configuration> configuration)
        : configuration_(std::move(configuration)), server_(mysql_init(nullptr)) {}
    ~MysqlConnection() override {
        if (server_ != nullptr) mysql_close(server_);
    }

    // The reason of a failure; empty: connected.
    std::string connect(const std::string& where) {
        const ServerAddress address(where);
        if (server_ == nullptr) return "out of memory";
        const Configuration& c = *configuration_;
        set_options(c);
        unsigned port = 0;
        if (!address.port.empty()) port = static_cast<unsigned>(std::atoi(address.port.c_str()));
        if (mysql_real_connect(server_, or_null(address.host), or_null(c.user), or_null(c.password),
                               or_null(c.database), port, or_null(address.path),
                               CLIENT_MULTI_RESULTS) == nullptr)
            return mysql_error(server_);
        return "";
    }

    Answer ask(const Question& question) override {
        const auto quote = [this](const std::string& text) {
            std::string out(text.size() * 2 + 1, '\0');
            out.resize(mysql_real_escape_string(server_, out.data(), text.data(), text.size()));
            return out;
        };
        const auto query = question.expand(configuration_->query, quote);
        if (!query) return Answer::of({});
        if (mysql_real_query(server_, query->data(), query->size()) != 0) return failure();
        return read_answer();
    }

  private:
    void set_options(const Configuration& c) {
        if (!c.option_file.empty()) mysql_options(server_, MYSQL_READ_DEFAULT_FILE, c.option_file.c_str());
        if (!c.option_group.empty()) mysql_options(server_, MYSQL_READ_DEFAULT_GROUP, c.option_group.c_str());
        mysql_options(server_, MYSQL_OPT_CONNECT_TIMEOUT, &connect_limit);
        mysql_options(server_, MYSQL_OPT_READ_TIMEOUT, &answer_limit);
        mysql_options(server_, MYSQL_OPT_WRITE_TIMEOUT, &answer_limit);
        if (!c.charset.empty()) mysql_options(server_, MYSQL_SET_CHARSET_NAME, c.charset.c_str());
        if (!(c.tls_key + c.tls_certificate + c.tls_ca_file + c.tls_ca_path + c.tls_ciphers).empty())
            mysql_ssl_set(server_, or_null(c.tls_key), or_null(c.tls_certificate), or_null(c.tls_ca_file),
                          or_null(c.tls_ca_path), or_null(c.tls_ciphers));
        const my_bool verify = c.tls_verify ? 1 : 0;
        mysql_options(server_, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
    }

    // Errors from 2000 on are the client library's: the connection is lost.  Those of the server are about
    // the query, but for a server that is going down (1053, 1152, 1927) or too busy (1040, 1205, 1213).
    Answer failure() {
        const unsigned code = mysql_errno(server_);
        const std::string text = std::string("query failed: ") + mysql_error(server_);
        const bool gone = code >= 2000 || code == 1053 || code == 1152 || code == 1927 || code == 1040 ||
                          code == 1205 || code == 1213;
        return gone ? Answer::gone(text) : Answer::refuse(text);
    }

    // A stored procedure answers with its rows, and then with a status that has none.
    Answer read_answer() {
        std::vector<std::string> values;
        int sets = 0;
        for (;;) {
            const Rows rows(mysql_store_result(server_));
            if (rows) {
                ++sets;
                while (const MYSQL_ROW row = mysql_fetch_row(rows.get())) {
                    const unsigned long* const sizes = mysql_fetch_lengths(rows.get());
                    for (unsigned i = 0; i < mysql_num_fields(rows.get()); ++i)
                        if (row[i] != nullptr) values.emplace_back(row[i], sizes[i]);
                }
            } else if (mysql_field_count(server_) != 0) {
                return failure();
            }
            const int more = mysql_next_result(server_);
            if (more > 0) return failure();
            if (more < 0) break;
        }
        if (sets > 1) return Answer::refuse("query failed: query returned multiple result sets");
        if (sets == 0 && configuration_->needs_result)
            return Answer::refuse("query failed: query returned no result set (require_result_set = yes)");
        return Answer::of(std::move(values));
    }

    std::shared_ptr<const Configuration> configuration_;
    MYSQL* server_;
};

}  // namespace

POSTRIDER_PLUGIN;
POSTRIDER_OPENER postrider_open_mysql(const Options& options, std::string& reason) {
    // The library's own start is not for several threads at once.
    static const bool started = mysql_library_init(0, nullptr, nullptr) == 0;
    if (!started) {
        reason = "the MySQL client library does not start";
        return nullptr;
    }
    return open<ServerTable<Configuration, MysqlConnection>>(options, reason);
}
