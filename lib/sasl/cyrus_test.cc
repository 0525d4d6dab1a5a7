// lib/sasl/cyrus_test.cc - the two sides of Cyrus SASL talk to each other.
#include <fcntl.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "lib/async/loop.h"
#include "lib/base/run_program.h"
#include "lib/base/scratch_directory.h"
#include "lib/sasl/client.h"
#include "lib/sasl/server.h"

using namespace postrider;
using namespace postrider::sasl;

namespace {

// A directory with a configuration and a sasldb that knows joe@mx.test.  The library reads its configuration
// once in a process, so there is one for all tests.
struct Place {
    Place() {
        std::ofstream(directory + "/unit.conf")
            << "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: " << directory
            << "/db\nmech_list: PLAIN LOGIN CRAM-MD5\n";
        std::ofstream(directory + "/password") << "secret";
        const std::string command =
            "saslpasswd2 -p -c -f " + directory + "/db -u mx.test joe <" + directory + "/password";
        usable = run_program({"/bin/sh", "-c", command}) == 0;
        ServerPlace where;
        where.path = "unit";
        where.config_path = directory;
        Result<std::unique_ptr<AuthServer>> made_server = make_server("cyrus", where);
        Result<std::unique_ptr<AuthClient>> made_client = make_client("cyrus", directory);
        server = std::move(*made_server);
        client = std::move(*made_client);
    }
    ScratchDirectory scratch;
    std::string directory = scratch.path();
    bool usable = false;
    std::unique_ptr<AuthServer> server;
    std::unique_ptr<AuthClient> client;
};

Place& place() {
    static Place only;
    return only;
}

ServerFacts server_facts(const char* demands) {
    ServerFacts facts;
    facts.service = "smtp";
    facts.hostname = "mx.test";
    facts.realm = "mx.test";
    facts.client_address = "192.0.2.10";
    facts.client_port = "1025";
    facts.server_address = "192.0.2.1";
    facts.server_port = "25";
    facts.security = *parse_security_options(demands);
    return facts;
}

// "success joe@mx.test with PLAIN", or what else came of it.
Task<std::string> log_in(std::string mechanism, std::string password) {
    ClientFacts facts;
    facts.service = "smtp";
    facts.server = "mx.test";
    facts.mechanisms = {std::move(mechanism)};
    facts.security = security::no_anonymous;
    facts.user = "joe@mx.test";
    facts.password = std::move(password);
    const std::unique_ptr<ClientConversation> here = place().client->open(facts);
    const std::unique_ptr<ServerConversation> there = place().server->open(server_facts("noanonymous"));
    Result<FirstStep> first = co_await here->begin();
    if (!first) co_return "client: " + first.error();
    Answer answer = co_await there->begin(first->mechanism, first->response);
    while (answer.kind == Answer::Kind::challenge) {
        std::string asked = answer.text;
        Result<std::string> response = co_await here->step(std::move(asked));
        if (!response) co_return "client: " + response.error();
        std::string given = *response;
        Answer next = co_await there->step(std::move(given));
        answer = std::move(next);
    }
    if (answer.kind == Answer::Kind::success) co_return "success " + answer.user;
    co_return (answer.kind == Answer::Kind::failure ? "failure " : "later ") + answer.text;
}

}  // namespace

TEST_CASE("Cyrus SASL offers what its configuration and the demands allow", "[sasl]") {
    const auto all = async::run(place().server->mechanisms(server_facts("noanonymous")));
    REQUIRE(all);
    CHECK(std::find(all->begin(), all->end(), "PLAIN") != all->end());
    CHECK(std::find(all->begin(), all->end(), "CRAM-MD5") != all->end());
    const auto safe = async::run(place().server->mechanisms(server_facts("noanonymous, noplaintext")));
    REQUIRE(safe);
    CHECK(std::find(safe->begin(), safe->end(), "PLAIN") == safe->end());
    CHECK(std::find(safe->begin(), safe->end(), "CRAM-MD5") != safe->end());
}

TEST_CASE("both sides of Cyrus SASL agree on who is who", "[sasl]") {
    if (!place().usable) {
        WARN("saslpasswd2 is not installed: not tested");
        return;
    }
    // Not SCRAM: Debian's plug-in loses memory when it refuses, which the sanitizers find.
    for (const char* mechanism : {"PLAIN", "LOGIN", "CRAM-MD5"}) {
        INFO(mechanism);
        CHECK(async::run(log_in(mechanism, "secret")) == "success joe@mx.test");
        CHECK(async::run(log_in(mechanism, "wrong")) == "failure authentication failure");
    }
    CHECK(async::run(log_in("X-NOTHING", "secret")) == "client: no mechanism available");
}

TEST_CASE("many conversations with Cyrus SASL run at once", "[sasl]") {
    if (!place().usable) return;
    async::Scope scope("logins");
    int succeeded = 0;
    const auto one = [](int& count) -> Task<> {
        const std::string result = co_await log_in("CRAM-MD5", "secret");
        if (result == "success joe@mx.test") ++count;
    };
    for (int i = 0; i < 40; ++i) scope.spawn(one(succeeded));
    async::run(scope.join());
    CHECK(succeeded == 40);
}

TEST_CASE("there are no other kinds of logins", "[sasl]") {
    CHECK(server_types() == std::vector<std::string>{"cyrus", "dovecot"});
    CHECK(client_types() == std::vector<std::string>{"cyrus"});
    CHECK(make_server("gsasl", {}).error() == "unsupported SASL server implementation: gsasl");
    CHECK(make_client("dovecot", "").error() == "unsupported SASL client implementation: dovecot");
}
