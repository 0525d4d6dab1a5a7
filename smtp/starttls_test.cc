// smtp/starttls_test.cc - the client and servers that do TLS, well or badly.
#include "smtp/starttls.h"

#include <catch2/catch.hpp>
#include <functional>

#include "lib/queue/envelope.h"
#include "lib/tls/test_certificates.h"
#include "smtp/client.h"
#include "smtp/test_support.h"
#include "tests/fakes/dns_server.h"
#include "tests/fakes/scripted_server.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

const std::string hello = "S: 220 mx.test\nC: EHLO *\nS: 250-mx.test\nS: 250 STARTTLS\n";
const std::string starttls = "C: STARTTLS\nS: 220 go\nTLS\nC: EHLO *\nS: 250 mx.test\n";
// The client leaves at once when it does not like the certificate.
const std::string distrusted = "C: STARTTLS\nS: 220 go\nTLS\nC: QUIT";
const std::string in_clear = "S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\n";
const std::string one_mail =
    "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: DATA\nS: 354 go\nMESSAGE\nS: 250 ok\n";

// A certificate authority, a server that it vouches for, and files of both.
struct World {
    World() {
        tls::test::Wanted wanted;
        wanted.name = "authority";
        wanted.authority = true;
        authority = tls::test::make_identity(wanted);
        tls::test::Wanted server_name;
        server_name.name = "mx.test";
        server_name.alternatives = "DNS:mx.test,DNS:*.wild.test";
        server = tls::test::make_identity(server_name, &authority);
        authority_file = directory.write("ca.pem", authority.certificate_pem());
        tls::KeyFiles files;
        files.chain_files = {directory.write("server.pem", server.pem())};
        Result<tls::Context> made = tls::make_context(tls::Role::server);
        context = std::move(*made);
        REQUIRE(tls::load_keys(context.get(), files).ok());
    }
    tls::test::Directory directory;
    tls::test::Identity authority, server;
    std::string authority_file;
    tls::Context context;
};

// One server, which plays its scripts one connection after the other.
struct Run {
    std::vector<std::string> scripts;
    std::string parameters;
    std::string nexthop = "[mx.test]";
    std::string zone = "";
    int messages = 1;
    int sendopts = 0;
    std::int64_t waited = 0;  // seconds in the queue
    World* world = nullptr;
    std::function<void()> once_started = nullptr;

    RecordedVerdicts verdicts;
    std::size_t connections = 0;
    std::string problems;
    std::vector<tls::Facts> facts;

    void go() {
        World own;
        if (world == nullptr) world = &own;
        async::run(deliver_all(this));
    }
    std::string verdict() const { return verdicts.lines.empty() ? "none" : verdicts.lines.back(); }

    static Task<> deliver_all(Run* run) {
        async::Scope scope("servers");
        std::vector<std::unique_ptr<fakes::ScriptedServer>> servers;
        for (const std::string& script : run->scripts) {
            servers.push_back(std::make_unique<fakes::ScriptedServer>(script));
            servers.back()->use_tls(run->world->context.get());
        }
        Result<Fd> socket = listen_on(*SocketAddress::from_ip("127.0.0.1", 0), 10);
        const std::string port = std::to_string(local_address(socket->get()).port());
        {
            async::ReadSubscription input(socket->get(), [&] {
                Fd connection(::accept4(socket->get(), nullptr, nullptr, SOCK_CLOEXEC));
                if (connection && run->connections < servers.size())
                    servers[run->connections]->serve(scope, std::move(connection));
                ++run->connections;
            });
            fakes::DnsServer dns("mx.test A 127.0.0.1\n" + replace_all(run->zone, "PORT", port));
            const Settings settings = test_settings("smtp_tcp_port = " + port + "\nsmtp_tls_CAfile = " +
                                                    run->world->authority_file + "\n" + run->parameters);
            Client client(Protocol::smtp, settings, scope);
            if (run->once_started) run->once_started();
            const Fd file = content_file("Subject: x\n\ny\n");
            for (int i = 0; i < run->messages; ++i) {
                delivery::Request request = request_for({"u@b.test"});
                request.nexthop = run->nexthop;
                request.sendopts = run->sendopts;
                request.stamps.arrival = 1'000'000;
                request.stamps.active_entry = (1 + run->waited) * 1'000'000;
                co_await client.deliver(request, file.get(), run->verdicts);
            }
            client.end_sessions();
            co_await scope.join();
        }
        for (const auto& server : servers) {
            run->problems += server->problem();
            run->facts.push_back(server->tls());
        }
    }
};

const std::string sent = "sent u@b.test 2.0.0 (250 ok)";

}  // namespace

TEST_CASE("STARTTLS, EHLO again, and the mail inside", "[smtp][tls]") {
    Run run;
    run.parameters = "smtp_tls_security_level = may\nsmtp_tls_servername = hostname\n";
    run.scripts = {hello + starttls + one_mail + "C: QUIT"};
    run.go();
    CHECK(run.problems == "");
    CHECK(run.verdict() == sent);
    REQUIRE(run.facts.size() == 1);
    CHECK(run.facts[0].protocol == "TLSv1.3");
    CHECK(run.facts[0].server_name == "mx.test");
}

TEST_CASE("what EHLO said in clear counts no more inside TLS", "[smtp][tls]") {
    Run run;
    run.parameters = "smtp_tls_security_level = may\n";
    run.scripts = {"S: 220 mx.test\nC: EHLO *\nS: 250-mx.test\nS: 250-SIZE 1\nS: 250 STARTTLS\n" + starttls +
                   "C: MAIL FROM:<sender@a.test>\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: DATA\nS: 354 go\n"
                   "MESSAGE\nS: 250 ok\nC: QUIT"};
    run.go();
    CHECK(run.problems == "");
    CHECK(run.verdict() == sent);
}

TEST_CASE("levels demand what they say of the certificate", "[smtp][tls]") {
    World world;
    const std::string print = tls::fingerprint_of(world.server.certificate.get(), "sha256");
    const std::string key_print = tls::key_fingerprint_of(world.server.certificate.get(), "sha256");
    struct Row {
        std::string policy;
        bool good;
        std::string more = "";
    };
    const Row rows[] = {
        {"encrypt", true},
        {"encrypt", true, "smtp_tls_CAfile =\n"},
        {"verify", true},
        {"verify", false, "smtp_tls_CAfile =\n"},
        {"verify match=other.test", false},
        {"verify match=other.test:mx.test", true},
        {"secure", true},
        {"secure match=a.wild.test", true},
        {"secure match=a.b.wild.test", true},
        {"secure match=a.b.wild.test", false, "tls_wildcard_matches_multiple_labels = no\n"},
        {"secure match=.test", true},
        {"secure match=.other.test", false},
        {"fingerprint match=" + print, true},
        {"fingerprint match=00:11|" + key_print, true, "smtp_tls_CAfile =\n"},
        {"fingerprint match=00:11", false},
        {"verify tafile=" + world.authority_file, true, "smtp_tls_CAfile =\n"},
        {"verify match=other.test tafile=" + world.authority_file, false, "smtp_tls_CAfile =\n"},
    };
    for (const Row& row : rows) {
        INFO(row.policy << " " << row.more);
        Run run;
        run.world = &world;
        run.parameters = "smtp_tls_policy_maps = inline:{ {[mx.test]=" + row.policy + "} }\n" + row.more +
                         "smtp_tls_fingerprint_digest = sha256\n";
        run.scripts = {hello + (row.good ? starttls + one_mail + "C: QUIT" : distrusted)};
        run.go();
        CHECK(run.problems == "");
        CHECK(run.verdict() ==
              (row.good ? sent : "deferred u@b.test 4.7.5 (Server certificate not verified)"));
        CHECK(run.connections == 1);
    }
}

TEST_CASE("DANE holds the certificate against the records", "[smtp][tls]") {
    World world;
    const std::string print =
        replace_all(tls::key_fingerprint_of(world.server.certificate.get(), "sha256"), ":", "");
    const std::string anchor =
        replace_all(tls::fingerprint_of(world.authority.certificate.get(), "sha256"), ":", "");
    struct Row {
        std::string record;
        bool good;
    };
    const Row rows[] = {
        {"3 1 1 " + print, true},
        {"3 1 1 " + std::string(64, '0'), false},
        {"2 0 1 " + anchor, false},  // the server does not send the authority's certificate
    };
    for (const Row& row : rows) {
        INFO(row.record);
        Run run;
        run.world = &world;
        run.parameters =
            "smtp_dns_support_level = dnssec\nsmtp_tls_security_level = dane-only\nsmtp_tls_CAfile =\n";
        run.zone = "mx.test SECURE\n_PORT._tcp.mx.test TLSA " + row.record + "\n_PORT._tcp.mx.test SECURE\n";
        run.scripts = {hello + (row.good ? starttls + one_mail + "C: QUIT" : distrusted)};
        run.go();
        CHECK(run.problems == "");
        CHECK(run.verdict() ==
              (row.good ? sent : "deferred u@b.test 4.7.5 (Server certificate not verified)"));
        CHECK(run.facts.at(0).server_name == "mx.test");
    }
}

TEST_CASE("a refused STARTTLS: in clear where TLS is optional, a refusal of the mail where it is not",
          "[smtp][tls]") {
    Run may;
    may.parameters = "smtp_tls_security_level = may\n";
    may.scripts = {hello + "C: STARTTLS\nS: 454 4.7.0 not now\n" + one_mail + "C: QUIT"};
    may.go();
    CHECK(may.problems == "");
    CHECK(may.verdict() == sent);
    for (const char* reply : {"454 4.7.0 not now", "502 5.5.1 what"}) {
        Run must;
        must.parameters = "smtp_tls_security_level = encrypt\n";
        must.scripts = {hello + "C: STARTTLS\nS: " + reply + "\nC: QUIT"};
        must.go();
        CHECK(must.problems == "");
        CHECK(must.verdict().starts_with(reply[0] == '4' ? "deferred u@b.test 4.7.0"
                                                         : "bounced u@b.test 5.5.1"));
        CHECK(must.verdict().find("(TLS is required, but host mx.test[127.0.0.1] refused to start TLS: ") !=
              std::string::npos);
    }
}

TEST_CASE("a failed handshake: in clear only for old one_mail, and only where TLS is optional",
          "[smtp][tls]") {
    const std::string broken = hello + "C: STARTTLS\nS: 220 go\nS: this is no TLS\nCUT";
    Run fresh;
    fresh.parameters = "smtp_tls_security_level = may\n";
    fresh.scripts = {broken, in_clear + one_mail + "C: QUIT"};
    fresh.go();
    CHECK(fresh.connections == 1);
    CHECK(fresh.verdict() == "deferred u@b.test 4.7.5 (Cannot start TLS: handshake failure)");
    CHECK(fresh.verdicts.destination == "");  // other mail may try at once

    Run old;
    old.parameters = fresh.parameters;
    old.scripts = fresh.scripts;
    old.waited = 1000;
    old.go();
    CHECK(old.connections == 2);
    CHECK(old.problems == "");
    CHECK(old.verdict() == sent);

    Run must;
    must.parameters = "smtp_tls_security_level = encrypt\n";
    must.scripts = fresh.scripts;
    must.waited = 1000;
    must.go();
    CHECK(must.connections == 1);
    CHECK(must.verdict() == fresh.verdict());
    CHECK(must.verdicts.destination == "4.7.5");
}

TEST_CASE("a server that goes away inside optional TLS gets old mail in clear", "[smtp][tls]") {
    for (const std::string end : {"C: EHLO *\nCUT", "C: EHLO *\nS: 250 mx.test\nC: MAIL *\nCUT"})
        for (const std::int64_t waited : {0, 1000}) {
            INFO(end << " " << waited);
            Run run;
            run.parameters = "smtp_tls_security_level = may\n";
            run.scripts = {hello + "C: STARTTLS\nS: 220 go\nTLS\n" + end, hello + one_mail + "C: QUIT"};
            run.waited = waited;
            run.go();
            CHECK(run.connections == (waited == 0 ? 1 : 2));
            CHECK((run.verdict() == sent) == (waited != 0));
        }
}

TEST_CASE("wrapper mode: TLS before the greeting", "[smtp][tls]") {
    Run run;
    run.parameters = "smtp_tls_security_level = verify\nsmtp_tls_wrappermode = yes\n";
    run.scripts = {"TLS\n" + in_clear + one_mail + "C: QUIT"};
    run.go();
    CHECK(run.problems == "");
    CHECK(run.verdict() == sent);
}

TEST_CASE("encrypted sessions are kept only where that is asked for", "[smtp][tls]") {
    for (const bool reuse : {false, true}) {
        Run run;
        run.parameters = std::string("smtp_tls_security_level = encrypt\n") +
                         "smtp_connection_cache_destinations = mx.test\nsmtp_tls_connection_reuse = " +
                         (reuse ? "yes\n" : "no\n");
        run.messages = 2;
        const std::string once = hello + starttls + one_mail;
        if (reuse)
            run.scripts = {once + one_mail + "C: QUIT"};
        else
            run.scripts = {once + "C: QUIT", once + "C: QUIT"};
        run.go();
        CHECK(run.problems == "");
        CHECK(run.connections == (reuse ? 1 : 2));
        CHECK(run.verdicts.lines == std::vector<std::string>{sent, sent});
    }
}

TEST_CASE("sessions are resumed when there is a cache for them", "[smtp][tls]") {
    for (const bool cached : {false, true}) {
        Run run;
        run.parameters = std::string("smtp_tls_security_level = verify\nsmtp_tls_session_cache_database = ") +
                         (cached ? "btree:/nowhere\n" : "\n");
        run.messages = 2;
        run.scripts = {hello + starttls + one_mail + "C: QUIT", hello + starttls + one_mail + "C: QUIT"};
        run.go();
        CHECK(run.problems == "");
        CHECK(run.verdict() == sent);
        CHECK(run.facts.at(1).resumed == cached);
    }
}

TEST_CASE("REQUIRETLS mail goes to authenticated servers that promise it", "[smtp][tls]") {
    const std::string promising =
        "C: STARTTLS\nS: 220 go\nTLS\nC: EHLO *\nS: 250-mx.test\nS: 250 REQUIRETLS\n";
    struct Row {
        const char* level;
        std::string second_half;
        std::string verdict;
    };
    const Row rows[] = {
        {"secure",
         promising + "C: MAIL FROM:<sender@a.test> REQUIRETLS\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: DATA\n"
                     "S: 354 go\nMESSAGE\nS: 250 ok\nC: QUIT",
         sent},
        {"secure", starttls + "C: QUIT",
         "bounced u@b.test 5.7.30 (REQUIRETLS is required, but was not offered by host mx.test[127.0.0.1])"},
        {"may", promising + "C: QUIT",
         "bounced u@b.test 5.7.10 (REQUIRETLS asks for an authenticated server, but host mx.test[127.0.0.1] "
         "was not verified)"},
    };
    for (const Row& row : rows) {
        INFO(row.level);
        Run run;
        run.parameters = std::string("mydomain = own.example\nsmtp_tls_security_level = ") + row.level + "\n";
        run.sendopts = queue::sendopt::require_tls;
        run.scripts = {hello + row.second_half};
        run.go();
        CHECK(run.problems == "");
        CHECK(run.verdict() == row.verdict);
    }
}

TEST_CASE("delivery lines tell of TLS when they are asked to", "[smtp][tls]") {
    struct Row {
        const char* parameters;
        std::string script;
        const char* status;
    };
    const Row rows[] = {
        {"smtp_tls_security_level = may\n", hello + starttls + one_mail + "C: QUIT", ""},
        {"smtp_tls_security_level = may\nsmtp_log_tls_feature_status = yes\n",
         hello + starttls + one_mail + "C: QUIT", "may"},
        {"smtp_tls_security_level = may\nsmtp_log_tls_feature_status = yes\n",
         in_clear + one_mail + "C: QUIT", "may:none"},
        {"smtp_tls_security_level = none\nsmtp_log_tls_feature_status = yes\n",
         in_clear + one_mail + "C: QUIT", "none"},
    };
    for (const Row& row : rows) {
        INFO(row.parameters);
        Run run;
        run.parameters = row.parameters;
        run.scripts = {row.script};
        run.go();
        REQUIRE(run.verdicts.outcomes.size() == 1);
        CHECK(run.verdicts.outcomes[0].tls == row.status);
    }
}

TEST_CASE("without keys that can be read nothing is sent that must be encrypted", "[smtp][tls]") {
    Run must;
    must.parameters = "smtp_tls_security_level = encrypt\nsmtp_tls_cert_file = /nowhere/cert.pem\n";
    must.scripts = {hello + "C: QUIT"};
    must.go();
    CHECK(must.verdict() == "deferred u@b.test 4.7.5 (TLS is required, but our TLS engine is unavailable)");
    Run may;
    may.parameters = "smtp_tls_security_level = may\nsmtp_tls_cert_file = /nowhere/cert.pem\n";
    may.scripts = {hello + one_mail + "C: QUIT"};
    may.go();
    CHECK(may.problems == "");
    CHECK(may.verdict() == sent);
}

TEST_CASE("renewed authorities are taken up", "[smtp][tls]") {
    World world;
    Run run;
    run.world = &world;
    run.parameters = "smtp_tls_security_level = verify\nsmtp_tls_CAfile = " +
                     world.directory.write("late.pem", "nothing yet") + "\n";
    run.once_started = [&] { world.directory.write("late.pem", world.authority.certificate_pem()); };
    run.scripts = {hello + starttls + one_mail + "C: QUIT"};
    run.go();
    CHECK(run.problems == "");
    CHECK(run.verdict() == sent);
}
