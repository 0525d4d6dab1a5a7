// lib/tables/types/plugin_table_test.cc
#include "lib/tables/types/plugin_table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "lib/base/file.h"

using namespace postrider;
using namespace postrider::tables;
using namespace std::chrono_literals;

namespace {

// What the fake servers did, and how they are to behave.
struct World {
    std::mutex mutex;
    std::vector<std::string> events;
    std::set<std::string> dead;         // no connection
    std::set<std::string> closes_kept;  // a second question finds the connection closed
    std::vector<std::string> values = {"a@b", "c@d"};
    bool refuses = false;
    int connecting = 0, most_connecting = 0;
    std::chrono::milliseconds connect_time{0};

    void note(std::string event) {
        const std::lock_guard lock(mutex);
        events.push_back(std::move(event));
    }
    int count(const std::string& event) {
        const std::lock_guard lock(mutex);
        return static_cast<int>(std::count(events.begin(), events.end(), event));
    }
};

class FakeConnection : public plugin::Connection {
  public:
    FakeConnection(World& world, std::string server) : world_(world), server_(std::move(server)) {}
    plugin::Answer ask(const plugin::Question& question) override {
        if (asked_++ > 0 && world_.closes_kept.count(server_) != 0) {
            world_.note("closed " + server_);
            return plugin::Answer::gone("server has gone away");
        }
        const auto doubled = [](const std::string& text) { return "<" + text + ">"; };
        world_.note(server_ + " " + question.expand("%u at %d", doubled).value_or("nothing"));
        if (world_.refuses) return plugin::Answer::refuse("syntax error");
        return plugin::Answer::of(world_.values);
    }

  private:
    World& world_;
    std::string server_;
    int asked_ = 0;
};

class FakeType : public plugin::Table {
  public:
    FakeType(World& world, std::vector<std::string> servers) : world_(world), servers_(std::move(servers)) {}
    std::vector<std::string> servers() const override { return servers_; }
    bool spread_load() const override { return false; }
    std::vector<std::string> templates() const override { return {"%u at %d"}; }
    std::unique_ptr<plugin::Connection> connect(const std::string& server,
                                                std::string& reason) const override {
        {
            const std::lock_guard lock(world_.mutex);
            world_.most_connecting = std::max(world_.most_connecting, ++world_.connecting);
        }
        std::this_thread::sleep_for(world_.connect_time);
        {
            const std::lock_guard lock(world_.mutex);
            --world_.connecting;
        }
        world_.note("connect " + server);
        reason = "refused";
        if (world_.dead.count(server) != 0) return nullptr;
        return std::make_unique<FakeConnection>(world_, server);
    }

  private:
    World& world_;
    std::vector<std::string> servers_;
};

class Fixture {
  public:
    explicit Fixture(std::vector<std::string> servers, std::string parameters = "") {
        char name[] = "/tmp/postrider-plugin-XXXXXX";
        const Fd file(::mkstemp(name));
        write_all(file.get(), parameters.data(), parameters.size());
        Result<QueryConfig> config = QueryConfig::load(std::string("fake:") + name, name, settings);
        ::unlink(name);
        REQUIRE(config);
        table = std::make_unique<PluginTable>("fake:t", std::move(*config),
                                              std::make_unique<FakeType>(world, std::move(servers)),
                                              OpenContext(settings));
    }
    // "=value", "-" or "!reason".
    std::string ask(const std::string& key) {
        const LookupResult answer = async::run(table->find(key));
        if (answer.found == Found::yes) return "=" + answer.value;
        return answer.found == Found::no ? "-" : "!" + answer.reason;
    }
    Settings settings = Settings::from_text("smtputf8_enable = yes");
    World world;
    std::unique_ptr<PluginTable> table;
};

Task<> ask_into(PluginTable& table, std::vector<LookupResult>& answers) {
    LookupResult answer = co_await table.find("joe@x.example");
    answers.push_back(std::move(answer));
}

Task<> ask_many(PluginTable& table, int count, std::vector<LookupResult>& answers) {
    async::Scope scope;
    for (int i = 0; i < count; ++i) scope.spawn(ask_into(table, answers));
    co_await scope.join();
}

}  // namespace

TEST_CASE("A plug-in's values are shaped and joined, its connection is kept", "[tables]") {
    Fixture f({"one"}, "result_format = %u+%U\n");
    CHECK(f.table->owner() == ::geteuid());  // of its file
    CHECK(f.ask("Joe@X.example") == "=a+joe,c+joe");
    CHECK(f.ask("jim@x.example") == "=a+jim,c+jim");
    CHECK(f.world.events ==
          std::vector<std::string>{"connect one", "one <joe> at <x.example>", "one <jim> at <x.example>"});
    f.world.values = {""};
    CHECK(f.ask("joe@x.example") == "-");
    f.world.values = {"caf\xe9"};
    CHECK(f.ask("joe@x.example")[0] == '!');
}

TEST_CASE("Keys that cannot fill the query, or are outside the domains, ask nobody", "[tables]") {
    Fixture f({"one"}, "domain = x.example, y.example\n");
    for (const char* const key : {"joe", "@x.example", "joe@", "joe@z.example", "", "\xff@x.example"})
        CHECK(f.ask(key) == "-");
    CHECK(f.world.events.empty());
    CHECK(f.ask("joe@Y.example") == "=a@b,c@d");
}

TEST_CASE("More values than expansion_limit are no answer", "[tables]") {
    Fixture f({"one"}, "expansion_limit = 1\n");
    CHECK(f.ask("joe@x.example")[0] == '!');
}

TEST_CASE("A dead server is left alone, the next one answers", "[tables]") {
    Fixture f({"one", "two"});
    f.world.dead = {"one"};
    CHECK(f.ask("joe@x.example") == "=a@b,c@d");
    CHECK(f.ask("joe@x.example") == "=a@b,c@d");
    CHECK(f.world.count("connect one") == 1);
    CHECK(f.world.count("connect two") == 1);
    f.world.dead = {"one", "two"};
    f.world.closes_kept = {"two"};
    CHECK(f.ask("joe@x.example") == "!fake:t: connect to fake server two: refused");
    // Nobody is asked any more until the retry interval is over.
    const std::size_t events = f.world.events.size();
    CHECK(f.ask("joe@x.example") == "!fake:t: connect to fake server two: refused");
    CHECK(f.world.events.size() == events);
}

TEST_CASE("A password in a server's URI is not told to anybody", "[tables]") {
    Fixture f({"db://user:secret@host:1/name?password=secret"});
    f.world.dead = {"db://user:secret@host:1/name?password=secret"};
    CHECK(f.ask("joe@x.example") == "!fake:t: connect to fake server db://user@host:1/name: refused");
}

TEST_CASE("A kept connection that the server closed is made again", "[tables]") {
    Fixture f({"one"});
    f.world.closes_kept = {"one"};
    CHECK(f.ask("joe@x.example") == "=a@b,c@d");
    CHECK(f.ask("joe@x.example") == "=a@b,c@d");
    CHECK(f.world.count("closed one") == 1);
    CHECK(f.world.count("connect one") == 2);
}

TEST_CASE("A refused query is try again, and the server is still good", "[tables]") {
    Fixture f({"one"});
    f.world.refuses = true;
    CHECK(f.ask("joe@x.example") == "!fake:t: syntax error");
    f.world.refuses = false;
    CHECK(f.ask("joe@x.example") == "=a@b,c@d");
    CHECK(f.world.count("connect one") == 1);
}

TEST_CASE("One lookup alone finds out that a server does not answer", "[tables]") {
    Fixture f({"one"});
    f.world.dead = {"one"};
    f.world.connect_time = 30ms;
    std::vector<LookupResult> answers;
    async::run(ask_many(*f.table, 20, answers));
    CHECK(answers.size() == 20);
    for (const LookupResult& answer : answers) CHECK(answer.found == Found::try_again);
    CHECK(f.world.most_connecting == 1);
    CHECK(f.world.count("connect one") == 1);
}

TEST_CASE("A working server gets several questions at once, but not all workers", "[tables]") {
    Fixture f({"one"});
    std::vector<LookupResult> answers;
    async::run(ask_many(*f.table, 50, answers));
    CHECK(answers.size() == 50);
    for (const LookupResult& answer : answers) CHECK(answer.found == Found::yes);
    CHECK(f.world.count("connect one") <= 3);
}

TEST_CASE("Servers are chosen by what is known of them", "[tables]") {
    const auto start = ServerChoice::Clock::now();
    ServerChoice servers({"inet:a", "unix:/b", "inet:c"}, ServerChoice::Order::random, 60s);
    CHECK(servers.pick({}, start) == 1);  // this machine before others
    servers.failed(1, start);
    const auto first = servers.pick({}, start);
    REQUIRE(first);
    CHECK(*first != 1);
    servers.worked(*first);
    const std::size_t other = *first == 0 ? 2 : 0;
    CHECK(servers.pick({}, start) == *first);  // works before untried
    CHECK(servers.pick({*first}, start) == other);
    CHECK(servers.pick({*first, other}, start) == std::nullopt);
    CHECK(servers.pick({*first, other}, start + 61s) == 1);
    ServerChoice ordered({"a", "b"}, ServerChoice::Order::as_given, 10s);
    ordered.worked(1);
    CHECK(ordered.pick({}, start) == 0);
    ordered.failed(0, start);
    CHECK(ordered.pick({}, start) == 1);
    CHECK(ordered.pick({}, start + 11s) == 1);  // what works, before what may be back
    CHECK(ordered.pick({1}, start + 11s) == 0);
}

TEST_CASE("Templates are filled from key and value, or not at all", "[tables]") {
    const auto fill = [](const char* text, const char* value, const char* key) {
        return expand_template(text, value, key, nullptr).value_or("(none)");
    };
    CHECK(fill("%s|%u|%d|%%", "u@d.e", "u@d.e") == "u@d.e|u|d.e|%");
    CHECK(fill("%1.%2.%3", "x", "u@a.b.c") == "c.b.a");
    CHECK(fill("%3", "x", "u@b.c") == "(none)");
    CHECK(fill("%1", "x@y", "bare") == "(none)");
    CHECK(fill("%u", "bare", "bare") == "bare");
    CHECK(fill("%d", "bare", "bare") == "(none)");
    CHECK(fill("%u", "@d", "@d") == "(none)");
    CHECK(fill("%U of %D: %s", "value", "k@d") == "k of d: value");
    CHECK(fill("%S", "v", "a@b@c") == "a@b@c");
    CHECK(fill("%U/%D", "v", "a@b@c") == "a@b/c");
    const auto doubled = [](const std::string& text) { return text + text; };
    CHECK(expand_template("'%s'", "x", "x", doubled) == "'xx'");
}

TEST_CASE("A table's name without a slash leads to main.cf", "[tables]") {
    const Settings settings = Settings::from_text(
        "mydb_query = SELECT $mydomain\nmydomain = x.example\nmydb_dbname = d\nother_a = b\n");
    const Result<QueryConfig> config = QueryConfig::load("mysql:mydb", "mydb", settings);
    REQUIRE(config);
    CHECK(config->value("query") == "SELECT x.example");
    CHECK(config->value("dbname") == "d");
    CHECK(config->values().size() == 2);
}

TEST_CASE("Templates are looked at when a table is opened", "[tables]") {
    const Settings settings = Settings::from_text(
        "good_result_format = %u-%%-%1\nend_result_format = x%\nletter_result_format = %z\n"
        "none_result_format =\nold_result_filter = <%s>\nlimit_expansion_limit = x\n");
    const auto problem = [&settings](const std::string& table) {
        const std::string name = table.substr(table.find(':') + 1);
        const Result<QueryConfig> config = QueryConfig::load(table, name, settings);
        return config ? "" : config.error();
    };
    CHECK(problem("mysql:good") == "");
    CHECK(problem("mysql:end") == "end: Invalid result template: x%");
    CHECK(problem("mysql:letter") == "letter: Invalid result template: %z");
    CHECK(problem("mysql:none") == "none: bad string length 0 < 1: result_format =");
    CHECK(problem("ldap:none") == "");
    CHECK(problem("mysql:limit") == "limit: bad numerical configuration: expansion_limit = x");
    const auto shaped = [&settings](const std::string& table) {
        return QueryConfig::load(table, "old", settings)->join_values({"v"}, "k")->value_or("-");
    };
    CHECK(shaped("ldap:old") == "<v>");
    CHECK(shaped("mysql:old") == "v");
}
