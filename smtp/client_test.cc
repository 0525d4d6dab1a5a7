// smtp/client_test.cc - many deliveries and their connections.
#include "smtp/client.h"

#include <catch2/catch.hpp>

#include "smtp/test_support.h"
#include "tests/fakes/dns_server.h"
#include "tests/fakes/scripted_server.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

// Listens on a loopback address and plays one script per connection, in order; further ones are cut.
class Listener {
  public:
    Listener(Fd socket, async::Scope& scope, std::vector<std::string> scripts)
        : scope_(scope), socket_(std::move(socket)), input_(socket_.get(), [this] { accept(); }) {
        for (std::string& script : scripts)
            servers_.push_back(std::make_unique<fakes::ScriptedServer>(std::move(script)));
    }
    std::uint16_t port() const { return local_address(socket_.get()).port(); }
    std::size_t connections() const { return next_; }
    std::string problems() const {
        std::string all;
        for (std::size_t i = 0; i < std::min(next_, servers_.size()); ++i) all += servers_[i]->problem();
        return all;
    }

  private:
    void accept() {
        Fd connection(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (connection && next_ < servers_.size()) servers_[next_]->serve(scope_, std::move(connection));
        ++next_;
    }
    async::Scope& scope_;
    std::vector<std::unique_ptr<fakes::ScriptedServer>> servers_;
    std::size_t next_ = 0;
    Fd socket_;
    async::ReadSubscription input_;
};

std::string message(const std::string& reply) {
    return "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: DATA\nS: 354 go\nMESSAGE\nS: " + reply + "\n";
}
const std::string hello = "S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\n";

// Sockets of 127.0.0.1 and 127.0.0.2 that listen on one port.
struct Sockets {
    Fd first, second;
};

// The port that is free on one address may be in use on the other: then another one is tried.
Sockets listen_on_one_port() {
    for (int attempt = 0; attempt < 100; ++attempt) {
        Result<Fd> first = listen_on(*SocketAddress::from_ip("127.0.0.1", 0), 10);
        if (!first) continue;
        const std::uint16_t port = local_address(first->get()).port();
        Result<Fd> second = listen_on(*SocketAddress::from_ip("127.0.0.2", port), 10);
        if (second) return {std::move(*first), std::move(*second)};
    }
    throw std::runtime_error("no port is free on both 127.0.0.1 and 127.0.0.2");
}

// Two hosts, 127.0.0.1 and 127.0.0.2, on one port; both are MX hosts of b.test.
struct Net {
    Net(async::Scope& scope, std::vector<std::string> first_scripts, std::vector<std::string> second_scripts,
        Sockets sockets = listen_on_one_port())
        : first(std::move(sockets.first), scope, std::move(first_scripts)),
          second(std::move(sockets.second), scope, std::move(second_scripts)),
          dns("b.test MX 10 one.test\n"
              "b.test MX 20 two.test\n"
              "one.test A 127.0.0.1\n"
              "two.test A 127.0.0.2\n"
              "dead.test MX 10 gone.test\n"
              "gone.test A 127.0.0.3\n") {}
    Listener first;
    Listener second;
    fakes::DnsServer dns;
};

struct Run {
    std::vector<std::string> first, second;
    std::string parameters;
    std::string nexthop = "b.test";
    int flags = 0;
    int messages = 1;
    std::vector<std::string> senders;
    // What came of it.
    RecordedVerdicts verdicts;
    std::size_t first_connections = 0, second_connections = 0;
    std::string problems;
    std::string port;

    void go() { async::run(deliver_all(this)); }

    static Task<> deliver_all(Run* run) {
        async::Scope scope("servers");
        {
            Net net(scope, run->first, run->second);
            run->port = std::to_string(net.first.port());
            const Settings settings =
                test_settings("inet_protocols = ipv4\nsmtp_tcp_port = " + run->port + "\n" + run->parameters);
            Client client(Protocol::smtp, settings, scope);
            const Fd file = content_file("Subject: x\n\ny\n");
            for (int i = 0; i < run->messages; ++i) {
                delivery::Request request = request_for({"u@b.test"});
                request.nexthop = run->nexthop;
                request.flags = run->flags;
                if (!run->senders.empty()) request.sender = run->senders.at(static_cast<std::size_t>(i));
                co_await client.deliver(request, file.get(), run->verdicts);
            }
            client.end_sessions();
            co_await scope.join();
            run->first_connections = net.first.connections();
            run->second_connections = net.second.connections();
            run->problems = net.first.problems() + net.second.problems();
        }
    }
};

}  // namespace

TEST_CASE("the best host gets the mail", "[smtp]") {
    Run run;
    run.first = {hello + message("250 2.0.0 one") + "C: QUIT"};
    run.go();
    CHECK(run.verdicts.lines == std::vector<std::string>{"sent u@b.test 2.0.0 (250 2.0.0 one)"});
    CHECK(run.verdicts.outcomes[0].relay == "one.test[127.0.0.1]:" + run.port);
    CHECK(run.second_connections == 0);
    CHECK(run.problems == "");
}

TEST_CASE("the next host is tried after a temporary failure, not after a permanent one", "[smtp]") {
    struct Row {
        const char* description;
        std::string first;
        bool goes_on;
    };
    const Row rows[] = {
        {"greeting 421", "S: 421 no\nCUT", true},
        {"greeting 554", "S: 554 no\nC: QUIT", true},
        {"cut", "CUT", true},
        {"greylisted", hello + "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 450 later\nC: QUIT", true},
        {"end of data", hello + message("451 no") + "C: QUIT", true},
        {"no such user", hello + "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 550 no\nC: QUIT", false},
    };
    for (const Row& row : rows) {
        INFO(row.description);
        Run run;
        run.first = {row.first};
        run.second = {hello + message("250 2.0.0 two") + "C: QUIT"};
        run.go();
        REQUIRE(run.verdicts.lines.size() == 1);
        CHECK((run.verdicts.lines[0] == "sent u@b.test 2.0.0 (250 2.0.0 two)") == row.goes_on);
        CHECK(run.second_connections == (row.goes_on ? 1 : 0));
        CHECK(run.verdicts.destination == "");
    }
}

TEST_CASE("the last host's temporary failure defers", "[smtp]") {
    Run run;
    run.first = {"S: 421 no\nCUT"};
    run.second = {"S: 421 4.3.2 neither\nCUT"};
    run.go();
    CHECK(run.verdicts.lines ==
          std::vector<std::string>{
              "deferred u@b.test 4.3.2 (host two.test[127.0.0.2] refused to talk to me: 421 4.3.2 neither)"});
    CHECK(run.verdicts.destination == "4.3.2");
}

TEST_CASE("a host that cannot be reached is named with the reason", "[smtp]") {
    Run run;
    run.nexthop = "dead.test";
    run.go();
    CHECK(run.verdicts.lines ==
          std::vector<std::string>{"deferred u@b.test 4.4.1 (connect to gone.test[127.0.0.3]:" + run.port +
                                   ": Connection refused)"});
    CHECK(run.verdicts.outcomes[0].relay == "none");
    CHECK(run.verdicts.destination == "4.4.1");
}

TEST_CASE("a server that opens no session does not count against the session limit", "[smtp]") {
    Run run;
    run.parameters = "smtp_mx_session_limit = 1\n";
    run.first = {"S: 421 no\nCUT"};
    run.second = {hello + message("250 2.0.0 two") + "C: QUIT"};
    run.go();
    CHECK(run.verdicts.lines == std::vector<std::string>{"sent u@b.test 2.0.0 (250 2.0.0 two)"});
    Run limited;
    limited.parameters = run.parameters;
    limited.first = {hello + "C: MAIL *\nS: 450 later\nC: QUIT"};
    limited.go();
    CHECK(limited.second_connections == 0);
    CHECK(limited.verdicts.lines.at(0).starts_with(
        "deferred u@b.test 4.0.0 (host one.test[127.0.0.1] said: 450"));
}

TEST_CASE("after a kept session the same server is not tried again for the message", "[smtp]") {
    Run run;
    run.nexthop = "one.test";
    run.parameters = "smtp_connection_cache_destinations = one.test\n";
    run.messages = 2;
    run.first = {hello + message("250 1") +
                 "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 450 later\nC: RSET\nS: 250 ok\nC: QUIT"};
    run.go();
    CHECK(run.first_connections == 1);
    CHECK(run.problems == "");
    CHECK(run.verdicts.lines.at(1).starts_with(
        "deferred u@b.test 4.0.0 (host one.test[127.0.0.1] said: 450 later"));
    CHECK(run.verdicts.outcomes.at(1).relay == "one.test[127.0.0.1]:" + run.port);
    CHECK(run.verdicts.outcomes.at(1).connection_use == "2");
    CHECK(run.verdicts.destination == "");
}

TEST_CASE("a fallback relay takes what no other host takes", "[smtp]") {
    Run run;
    run.nexthop = "dead.test";
    run.parameters = "smtp_fallback_relay = [two.test]\n";
    run.second = {hello + message("250 2.0.0 fallback") + "C: QUIT"};
    run.go();
    CHECK(run.verdicts.lines == std::vector<std::string>{"sent u@b.test 2.0.0 (250 2.0.0 fallback)"});
}

TEST_CASE("unknown domains bounce, but a relayhost that is unknown defers", "[smtp]") {
    Run run;
    run.nexthop = "nowhere.test";
    run.go();
    CHECK(run.verdicts.lines.at(0).starts_with("bounced u@b.test 5.4.4 (Host or domain name not found."));
    Run relay;
    relay.nexthop = "nowhere.test";
    relay.parameters = "relayhost = nowhere.test\n";
    relay.go();
    CHECK(relay.verdicts.lines.at(0).starts_with("deferred u@b.test 4.3.5 (Host or domain name not found."));
}

TEST_CASE("a session is kept for the next message when the destination is busy", "[smtp]") {
    Run run;
    run.flags = delivery::request_flag::connection_store;
    run.messages = 3;
    run.first = {hello + message("250 1") + message("250 2") + message("250 3") + "C: QUIT"};
    run.go();
    CHECK(run.first_connections == 1);
    CHECK(run.problems == "");
    CHECK(run.verdicts.outcomes.at(2).connection_use == "3");
}

TEST_CASE("a kept session that has died is replaced by a new one", "[smtp]") {
    Run run;
    run.parameters = "smtp_connection_cache_destinations = b.test\n";
    run.messages = 2;
    run.first = {hello + message("250 1") + "C: MAIL *\nCUT", hello + message("250 2") + "C: QUIT"};
    run.go();
    CHECK(run.first_connections == 2);
    CHECK(run.verdicts.lines ==
          std::vector<std::string>{"sent u@b.test 2.0.0 (250 1)", "sent u@b.test 2.0.0 (250 2)"});
}

TEST_CASE("mail that must be encrypted is not sent in clear", "[smtp]") {
    for (const char* parameter :
         {"smtp_tls_security_level = encrypt\n", "smtp_tls_policy_maps = inline:{b.test=secure}\n",
          "smtp_enforce_tls = yes\n"}) {
        INFO(parameter);
        Run run;
        run.parameters = parameter;
        run.first = {hello + "C: QUIT"};
        run.second = {hello + "C: QUIT"};
        run.go();
        CHECK(run.problems == "");
        CHECK(
            run.verdicts.lines ==
            std::vector<std::string>{"deferred u@b.test 4.7.4 (TLS is required, but was not offered by host "
                                     "two.test[127.0.0.2])"});
    }
    Run wrong;
    wrong.parameters = "smtp_tls_wrappermode = yes\n";
    wrong.go();
    CHECK(wrong.first_connections + wrong.second_connections == 0);
    CHECK(wrong.verdicts.lines ==
          std::vector<std::string>{"deferred u@b.test 4.7.5 (client TLS configuration problem)"});
    Run may;
    may.parameters = "smtp_tls_security_level = may\n";
    may.first = {hello + message("250 ok") + "C: QUIT"};
    may.go();
    CHECK(may.verdicts.lines == std::vector<std::string>{"sent u@b.test 2.0.0 (250 ok)"});
}

TEST_CASE("a session is used again only for mail with the same login", "[smtp]") {  // sender's own login
    const std::string login =
        "S: 220 mx.test ESMTP\nC: EHLO *\nS: 250-mx.test\nS: 250 AUTH PLAIN\nC: AUTH *\nS: 235 ok\n";
    Run run;
    run.parameters =
        "smtp_sasl_auth_enable = yes\nsmtp_sasl_security_options =\n"
        "smtp_sender_dependent_authentication = yes\n"
        "smtp_sasl_password_maps = inline:{a@a.test=a:1, b@a.test=b:2}\n"
        "smtp_connection_cache_destinations = b.test\n";
    run.messages = 3;
    run.senders = {"a@a.test", "b@a.test", "a@a.test"};
    run.first = {login + message("250 1") + message("250 3") + "C: QUIT",
                 login + message("250 2") + "C: QUIT"};
    run.go();
    CHECK(run.first_connections == 2);
    CHECK(run.problems == "");
    CHECK(run.verdicts.lines.at(1) == "sent u@b.test 2.0.0 (250 2)");
    CHECK(run.verdicts.lines.at(2) == "sent u@b.test 2.0.0 (250 3)");
    CHECK(run.verdicts.outcomes.at(2).connection_use == "2");
}

TEST_CASE("a password table that cannot be asked defers the mail", "[smtp]") {
    Run run;
    run.parameters = "smtp_sasl_auth_enable = yes\nsmtp_sasl_password_maps = fail:\n";
    run.go();
    CHECK(run.first_connections == 0);
    CHECK(run.verdicts.lines.at(0).starts_with("deferred u@b.test 4.3.0 (local data error while talking to"));
}

TEST_CASE("mail whose best exchanger is this machine may go to another transport", "[smtp]") {
    Run run;
    run.nexthop = "[127.0.0.1]:25";
    run.go();
    CHECK(run.verdicts.lines ==
          std::vector<std::string>{"bounced u@b.test 5.4.6 (mail for 127.0.0.1 loops back to myself)"});
    Run passed;
    passed.nexthop = run.nexthop;
    passed.parameters = "best_mx_transport = local:here\n";
    passed.go();
    CHECK(passed.verdicts.lines == std::vector<std::string>{"passed u@b.test to local:here"});
}

TEST_CASE("next hops of a list are tried in order", "[smtp]") {
    Run run;
    run.nexthop = "[bad, dead.test, [two.test]";
    run.second = {hello + message("250 two") + "C: QUIT"};
    run.go();
    CHECK(run.verdicts.lines == std::vector<std::string>{"sent u@b.test 2.0.0 (250 two)"});
}
