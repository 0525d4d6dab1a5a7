// lib/sasl/dovecot_server_test.cc - logins at a fake of Dovecot's auth server.
#include "lib/sasl/dovecot_server.h"

#include <catch2/catch.hpp>

#include "lib/base/log.h"
#include "tests/fakes/dovecot_auth.h"

using namespace postrider;
using namespace postrider::sasl;
using Kind = Answer::Kind;

namespace {

using Names = std::vector<std::string>;

std::string log_text;
void keep_log(log::Level, std::string_view line) {
    log_text += std::string(line) + "\n";
}
struct WatchedLog {
    WatchedLog() {
        log_text.clear();
        log::set_observer(keep_log);
    }
    ~WatchedLog() { log::set_observer(nullptr); }
};

ServerFacts facts_with(const char* demands) {
    ServerFacts facts;
    facts.service = "smtp";
    facts.client_address = "192.0.2.10";
    facts.server_address = "192.0.2.1";
    facts.security = *parse_security_options(demands);
    return facts;
}

// "success joe", "failure bad (joe)": one AUTH command with responses to its challenges.
Task<std::string> log_in(DovecotServer& server, std::string mechanism, std::optional<std::string> initial,
                         std::vector<std::string> responses) {
    const std::unique_ptr<ServerConversation> conversation = server.open(facts_with("noanonymous"));
    if (initial) initial = base64_encode(*initial);
    Answer answer = co_await conversation->begin(mechanism, initial);
    for (const std::string& response : responses) {
        if (answer.kind != Kind::challenge) co_return "no challenge";
        std::string given = base64_encode(response);
        Answer next = co_await conversation->step(std::move(given));
        answer = std::move(next);
    }
    if (answer.kind == Kind::challenge) answer.text = base64_decode(answer.text).value_or("?");
    constexpr const char* names[] = {"challenge", "success", "failure", "try_later"};
    co_return std::string(names[static_cast<int>(answer.kind)]) + " " + answer.text + "(" + answer.user + ")";
}

std::string log_in_once(DovecotServer& server, const std::string& user, const std::string& password) {
    const std::string plain = std::string(1, '\0') + user + std::string(1, '\0') + password;
    return async::run(log_in(server, "PLAIN", plain, {}));
}

Names mechanisms_of(DovecotServer& server, const char* demands) {
    const auto names = async::run(server.mechanisms(facts_with(demands)));
    return names ? *names : Names{"error: " + names.error()};
}

}  // namespace

TEST_CASE("Dovecot's mechanisms are offered as far as they meet the demands", "[sasl]") {
    fakes::DovecotAuth auth;
    DovecotServer server(auth.path());
    CHECK(mechanisms_of(server, "") == Names{"PLAIN", "LOGIN", "CRAM-MD5"});
    CHECK(mechanisms_of(server, "noplaintext") == Names{"CRAM-MD5"});
    CHECK(auth.connections == 1);
}

TEST_CASE("passwords are checked by Dovecot", "[sasl]") {
    fakes::DovecotAuth auth;
    DovecotServer server("unix:" + auth.path());
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    CHECK(log_in_once(server, "joe", "wrong") == "failure (joe)");
    CHECK(log_in_once(server, "broken", "x") == "try_later (broken)");
    CHECK(async::run(log_in(server, "LOGIN", std::nullopt, {"joe", "secret"})) == "success (joe)");
    CHECK(async::run(log_in(server, "PLAIN", std::nullopt, {std::string("\0joe\0secret", 11)})) ==
          "success (joe)");
    CHECK(async::run(log_in(server, "SECRET", "", {})) == "failure Invalid authentication mechanism()");
    CHECK(async::run(log_in(server, "NOTHING", "", {})) == "failure Invalid authentication mechanism()");
    CHECK(auth.connections == 1);
    CHECK(auth.lines.at(2).starts_with(
        "AUTH\t1\tPLAIN\tservice=smtp\tnologin\tlip=192.0.2.1\trip=192.0.2.10\tresp="));
}

TEST_CASE("many logins share one connection, and none waits for another", "[sasl]") {
    fakes::DovecotAuth auth;
    auth.answers["slow"] = "";
    DovecotServer server(auth.path());
    async::Scope scope("slow");
    bool slow_ended = false;
    const auto wait = [](DovecotServer& whom, bool& ended) -> Task<> {
        const std::unique_ptr<ServerConversation> conversation = whom.open(facts_with(""));
        std::string plain("\0slow\0x", 7);
        const Answer answer = co_await conversation->begin("PLAIN", plain);
        ended = answer.kind == Kind::success;
    };
    scope.spawn(wait(server, slow_ended));
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    CHECK_FALSE(slow_ended);
    CHECK(auth.connections == 1);
    scope.cancel();
    async::run(scope.join());
    // What was left does no harm to those who come later.
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    CHECK(auth.connections == 1);
}

TEST_CASE("a login that the client gave up is cancelled", "[sasl]") {
    fakes::DovecotAuth auth;
    DovecotServer server(auth.path());
    CHECK(async::run(log_in(server, "LOGIN", std::nullopt, {"joe"})) == "challenge Password:()");
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    CHECK(std::find(auth.lines.begin(), auth.lines.end(), "CANCEL\t1") != auth.lines.end());
}

TEST_CASE("with Dovecot down logins are told to try later, until it is back", "[sasl]") {
    const WatchedLog watched;
    fakes::DovecotAuth auth;
    DovecotServer server(auth.path());
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    auth.stop();
    CHECK(log_in_once(server, "joe", "secret") == "try_later Can't connect to authentication server()");
    CHECK(mechanisms_of(server, "") == Names{"error: No such file or directory"});
    CHECK(log_text.find("SASL: Connect to Dovecot auth socket '" + auth.path() +
                        "' failed: No such file or directory") != std::string::npos);
    auth.start();
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    CHECK(auth.connections == 2);
}

TEST_CASE("a connection that breaks in the middle of a login is made again, once", "[sasl]") {
    fakes::DovecotAuth auth;
    DovecotServer server(auth.path());
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    auth.stop();  // the next request finds the connection dead
    auth.start();
    CHECK(log_in_once(server, "joe", "secret") == "success (joe)");
    auth.answers["joe"] = "OK\tnonsense\n";  // cannot be laid to a request: ends the connection
    CHECK(log_in_once(server, "joe", "secret") == "try_later Connection lost to authentication server()");
    CHECK(auth.connections == 3);
}

TEST_CASE("answers that make no sense fail their request alone", "[sasl]") {
    const WatchedLog watched;
    fakes::DovecotAuth auth;
    auth.answers["joe"] = "OK\t#\n";
    auth.answers["ann"] = "CONT\t#\t*no base64*\n";
    auth.answers["bob"] = "GARBAGE\n\nOK\t99\tuser=other\nFAIL\t#\treason=told\n";
    DovecotServer server(auth.path());
    CHECK(log_in_once(server, "joe", "x") == "try_later Authentication backend error()");
    CHECK(log_in_once(server, "ann", "x") == "try_later Authentication backend error()");
    CHECK(log_in_once(server, "bob", "x") == "failure told()");
    CHECK(auth.connections == 1);
}

TEST_CASE("servers that are no such thing are found out", "[sasl]") {
    const WatchedLog watched;
    struct Row {
        const char* greeting;
        const char* trouble;
    };
    const Row rows[] = {
        {"VERSION\t2\t0\nMECH\tPLAIN\nDONE\n", "Protocol version mismatch (2 vs. 1)"},
        {"VERSION\t1\t0\nSPID\t1\nDONE\n",
         "Connected to wrong auth socket (auth-master instead of auth-client)"},
        {"MECH\tPLAIN\nSPID\t1\nDONE\n", "Protocol version error"},
        {"VERSION\tx\n", "Protocol version error"},
    };
    for (const Row& row : rows) {
        INFO(row.greeting);
        fakes::DovecotAuth auth;
        auth.greeting = row.greeting;
        DovecotServer server(auth.path());
        CHECK(mechanisms_of(server, "") == Names{std::string("error: ") + row.trouble});
    }
    fakes::DovecotAuth endless;
    endless.greeting = std::string(70000, 'x');
    DovecotServer server(endless.path());
    CHECK(mechanisms_of(server, "") == Names{"error: Protocol error"});
}
