// smtp/transaction_test.cc - dialogues with scripted servers.
#include "smtp/transaction.h"

#include <catch2/catch.hpp>

#include "lib/queue/envelope.h"
#include "smtp/test_support.h"
#include "tests/fakes/scripted_server.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

// One session and one message against a script.
struct Play {
    explicit Play(std::string script, std::string parameters = "", Protocol protocol = Protocol::smtp)
        : server(std::move(script)),
          settings(test_settings(parameters)),
          options(protocol, settings),
          generic(options, settings),
          request(request_for({"u@b.test"})) {}

    // Returns the script's problem; the failure of the opening, if any, is in `opening`.
    std::string run() {
        async::run(converse());
        return server.problem();
    }

    Task<> converse() {
        async::Scope scope("server");
        const Fd file = content_file(content);
        {
            Peer peer;
            peer.host = "mx.test";
            peer.address = *SocketAddress::from_ip("192.0.2.1", 25);
            async::Stream stream(server.start(scope));
            Session session(std::move(stream), peer, options);
            Job job(options, request, verdicts);
            job.begin_server();
            job.set_final(final);
            Occasion occasion;
            occasion.queue_id = "ABC";
            occasion.nexthop = "b.test";
            occasion.watch_for_loops = true;
            occasion.best_host = true;
            occasion.message_age = age;
            opening = co_await session.open(occasion);
            if (!opening) {
                session.set_last_use(last_use);
                Transaction transaction(session, job, generic, file.get());
                co_await transaction.run();
                if (again) {
                    RecordedVerdicts more;
                    Job second(options, request, verdicts);
                    second.set_final(final);
                    Transaction next(session, second, generic, file.get());
                    co_await next.run();
                }
            }
            reusable = session.is_reusable();
            left = job.anyone_left();
            co_await session.close();
        }
        co_await scope.join();
    }

    fakes::ScriptedServer server;
    Settings settings;
    Options options;
    GenericMap generic;
    delivery::Request request;
    RecordedVerdicts verdicts;
    std::string content = "Subject: hello\n\nbody\n";
    std::optional<Failure> opening;
    std::int64_t age = 0;
    bool final = true;
    bool last_use = false;
    bool again = false;
    bool reusable = false;
    bool left = false;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a message is sent command by command to a server without extensions", "[smtp]") {
    Play play(R"(
        S: 220 mx.test ESMTP
        C: EHLO client.test
        S: 250 mx.test
        C: MAIL FROM:<sender@a.test>
        S: 250 2.1.0 Ok
        C: RCPT TO:<u@b.test>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 go on
        MESSAGE
        S: 250 2.0.0 taken
        C: QUIT)");
    CHECK(play.run() == "");
    CHECK(play.verdicts.lines == Lines{"sent u@b.test 2.0.0 (250 2.0.0 taken)"});
    CHECK(play.server.message() == "Subject: hello\r\n\r\nbody\r\n");
    CHECK(play.verdicts.outcomes[0].relay == "mx.test[192.0.2.1]:25");
    CHECK(play.verdicts.outcomes[0].action == delivery::Action::relayed);
}

TEST_CASE("QUIT goes with the final dot when nothing comes after the message", "[smtp]") {
    Play play(R"(
        S: 220 mx.test ESMTP
        C: EHLO client.test
        S: 250-mx.test
        S: 250 PIPELINING
        C: MAIL FROM:<sender@a.test>
        C: RCPT TO:<u@b.test>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go on
        MESSAGE
        C: QUIT
        S: 250 2.0.0 taken)");
    play.last_use = true;
    CHECK(play.run() == "");
    CHECK(play.verdicts.lines == Lines{"sent u@b.test 2.0.0 (250 2.0.0 taken)"});
    CHECK_FALSE(play.reusable);
}

TEST_CASE("what is said to commands sent ahead of a refusal does not end the session", "[smtp]") {
    Play play(R"(
        S: 220 mx.test ESMTP
        C: EHLO client.test
        S: 250-mx.test
        S: 250 PIPELINING
        C: MAIL FROM:<sender@a.test>
        C: RCPT TO:<u@b.test>
        C: DATA
        S: 451 4.3.0 later
        S: 503 5.5.1 MAIL first
        S: 503 5.5.1 RCPT first
        C: RSET
        S: 250 ok
        C: QUIT)");
    CHECK(play.run() == "");
    CHECK(play.verdicts.lines.size() == 1);
    CHECK(play.reusable);
}

TEST_CASE("commands go ahead of replies when the server does PIPELINING", "[smtp]") {
    Play play(R"(
        S: 220 mx.test ESMTP
        C: EHLO client.test
        S: 250-mx.test
        S: 250-SIZE 1000
        S: 250-8BITMIME
        S: 250 PIPELINING
        C: MAIL FROM:<sender@a.test> SIZE=100
        C: RCPT TO:<u@b.test>
        C: RCPT TO:<v@b.test>
        C: RCPT TO:<w@b.test>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 450 4.2.1 busy
        S: 550 5.1.1 nobody
        S: 354 go on
        MESSAGE
        S: 250 2.0.0 taken
        C: QUIT)");
    play.request = request_for({"u@b.test", "v@b.test", "w@b.test"});
    CHECK(play.run() == "");
    CHECK(play.verdicts.lines == Lines{"deferred v@b.test 4.2.1 (host mx.test[192.0.2.1] said: 450 4.2.1 "
                                       "busy (in reply to RCPT TO command))",
                                       "bounced w@b.test 5.1.1 (host mx.test[192.0.2.1] said: 550 5.1.1 "
                                       "nobody (in reply to RCPT TO command))",
                                       "sent u@b.test 2.0.0 (250 2.0.0 taken)"});
    CHECK(play.verdicts.destination == "");
    CHECK(play.reusable);
}

TEST_CASE("DATA accepted without any recipient is ended by a lone dot", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO *
        S: 250-mx.test
        S: 250 PIPELINING
        C: MAIL *
        C: RCPT *
        C: DATA
        S: 250 ok
        S: 552 too many
        S: 354 go on
        MESSAGE
        S: 554 no valid recipients
        C: QUIT)");
    CHECK(play.run() == "");
    CHECK(play.server.message() == "");
    CHECK(play.verdicts.lines == Lines{"bounced u@b.test 5.0.0 (host mx.test[192.0.2.1] said: 552 too many "
                                       "(in reply to RCPT TO command))"});
}

TEST_CASE("every stage fails in its own words", "[smtp]") {
    const std::string hello = "S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\n";
    const std::string mail = hello + "C: MAIL *\nS: 250 ok\n";
    const std::string rcpt = mail + "C: RCPT *\nS: 250 ok\n";
    const std::string data = rcpt + "C: DATA\nS: 354 go\nMESSAGE\n";
    const std::string server = "host mx.test[192.0.2.1]";
    const std::string gone = "lost connection with mx.test[192.0.2.1] while ";
    struct Row {
        std::string script;
        std::string line;
        std::string destination;
    };
    const Row rows[] = {
        {hello + "C: MAIL *\nS: 451 4.1.8 later\n",
         "deferred u@b.test 4.1.8 (" + server + " said: 451 4.1.8 later (in reply to MAIL FROM command))",
         ""},
        {hello + "C: MAIL *\nS: 553 5.1.8 no\n",
         "bounced u@b.test 5.1.8 (" + server + " said: 553 5.1.8 no (in reply to MAIL FROM command))", ""},
        {hello + "C: MAIL *\nCUT\n", "deferred u@b.test 4.4.2 (" + gone + "sending MAIL FROM)", "4.4.2"},
        {mail + "C: RCPT *\nCUT\n", "deferred u@b.test 4.4.2 (" + gone + "sending RCPT TO)", "4.4.2"},
        {mail + "C: RCPT *\nS: nonsense\nS: 450 4.2.0 no\n",
         "deferred u@b.test 4.2.0 (" + server + " said: nonsense 450 4.2.0 no (in reply to RCPT TO command))",
         ""},
        {rcpt + "C: DATA\nS: 250 huh\n",
         "bounced u@b.test 5.5.0 (Protocol error: " + server + " said: 250 huh (in reply to DATA command))",
         ""},
        {rcpt + "C: DATA\nS: 451 4.3.0 not now\n",
         "deferred u@b.test 4.3.0 (" + server + " said: 451 4.3.0 not now (in reply to DATA command))", ""},
        {rcpt + "C: DATA\nCUT\n", "deferred u@b.test 4.4.2 (" + gone + "sending DATA command)", "4.4.2"},
        {data + "S: 452 4.3.1 full\n",
         "deferred u@b.test 4.3.1 (" + server + " said: 452 4.3.1 full (in reply to end of DATA command))",
         ""},
        {data + "S: 554 5.6.0 bad\n",
         "bounced u@b.test 5.6.0 (" + server + " said: 554 5.6.0 bad (in reply to end of DATA command))", ""},
        {data + "CUT\n",
         "deferred u@b.test 4.4.2 (" + gone + "sending end of data -- message may be sent more than once)",
         "4.4.2"},
    };
    for (const Row& row : rows) {
        INFO(row.script);
        Play play(row.script);
        play.run();
        CHECK(play.verdicts.lines == Lines{row.line});
        CHECK(play.verdicts.destination == row.destination);
    }
}

TEST_CASE("a silent server is left at the deadline", "[smtp]") {
    Play play("S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\nC: MAIL *\nHANG", "smtp_mail_timeout = 1s\n");
    play.run();
    CHECK(play.verdicts.lines == Lines{"deferred u@b.test 4.4.2 (conversation with mx.test[192.0.2.1] timed "
                                       "out while sending MAIL FROM)"});
}

TEST_CASE("a server that will not talk to us", "[smtp]") {
    struct Row {
        const char* script;
        const char* status;
        const char* reason;
    };
    const Row rows[] = {
        {"S: 421 4.3.2 busy", "4.3.2", "host mx.test[192.0.2.1] refused to talk to me: 421 4.3.2 busy"},
        {"S: 554 5.3.2 go away", "4.3.2", "host mx.test[192.0.2.1] refused to talk to me: 554 5.3.2 go away"},
        {"CUT", "4.4.2",
         "lost connection with mx.test[192.0.2.1] while receiving the initial server greeting"},
        {"S: 220 x\nC: EHLO *\nS: 421 no", "4.0.0", "host mx.test[192.0.2.1] refused to talk to me: 421 no"},
        {"S: 220 x\nC: EHLO *\nCUT", "4.4.2",
         "lost connection with mx.test[192.0.2.1] while performing the EHLO handshake"},
        {"S: 220 x\nC: EHLO *\nS: 500 what\nC: HELO client.test\nS: 450 4.7.1 who", "4.7.1",
         "host mx.test[192.0.2.1] refused to talk to me: 450 4.7.1 who"},
        {"S: 220 x\nC: EHLO *\nS: 250 client.test", "5.4.6", "mail for b.test loops back to myself"},
    };
    for (const Row& row : rows) {
        INFO(row.script);
        Play play(row.script);
        play.run();
        REQUIRE(play.opening);
        CHECK(play.opening->status == row.status);
        CHECK(play.opening->reason == row.reason);
        CHECK_FALSE(play.reusable);
    }
    Play strict("S: 554 5.3.2 go away", "smtp_skip_5xx_greeting = no\n");
    strict.run();
    CHECK(strict.opening->status == "5.3.2");
}

TEST_CASE("HELO follows a refused EHLO, and then no extension is used", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO client.test
        S: 502 5.5.1 what
        C: HELO client.test
        S: 250-mx.test
        S: 250 PIPELINING
        C: MAIL FROM:<sender@a.test>
        S: 250 ok
        C: RCPT TO:<u@b.test>
        S: 250 ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250 ok
        C: QUIT)");
    play.request.encoding = "8bit";
    CHECK(play.run() == "");
    CHECK(play.verdicts.lines == Lines{"sent u@b.test 2.0.0 (250 ok)"});
}

TEST_CASE("temporary failures keep recipients for the next server", "[smtp]") {
    Play play(
        "S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\nC: MAIL *\nS: 250 ok\nC: RCPT *\nS: 450 greylisted\n");
    play.final = false;
    play.run();
    CHECK(play.verdicts.lines.empty());
    CHECK(play.left);
}

TEST_CASE("an LMTP server answers for each recipient", "[smtp]") {
    Play play(R"(
        S: 220 store LMTP
        C: LHLO client.test
        S: 250-store
        S: 250 PIPELINING
        C: MAIL FROM:<sender@a.test>
        C: RCPT TO:<u@b.test>
        C: RCPT TO:<v@b.test>
        C: RCPT TO:<w@b.test>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 550 5.1.1 no v
        S: 250 ok
        S: 354 go
        MESSAGE
        S: 250 2.0.0 stored
        S: 452 4.2.2 full
        C: QUIT
        S: 221 bye)",
              "", Protocol::lmtp);
    play.request = request_for({"u@b.test", "v@b.test", "w@b.test"});
    CHECK(play.run() == "");
    CHECK(
        play.verdicts.lines ==
        Lines{
            "bounced v@b.test 5.1.1 (host mx.test[192.0.2.1] said: 550 5.1.1 no v (in reply to RCPT TO "
            "command))",
            "sent u@b.test 2.0.0 (250 2.0.0 stored)",
            "deferred w@b.test 4.2.2 (host mx.test[192.0.2.1] said: 452 4.2.2 full (in reply to end of DATA "
            "command))"});
}

TEST_CASE("what the sender asked to be told is passed on to a server with DSN", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO *
        S: 250-mx.test
        S: 250-8BITMIME
        S: 250 DSN
        C: MAIL FROM:<sender@a.test> BODY=8BITMIME ENVID=a+2Bb RET=HDRS
        S: 250 ok
        C: RCPT TO:<"u v"@b.test> ORCPT=rfc822;orig+2Bx@y.test NOTIFY=SUCCESS,DELAY
        S: 250 ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250 ok
        C: QUIT)");
    play.request.encoding = "8bit";
    play.request.ret_flags = 2;
    play.request.envelope_id = "a+b";
    play.request.recipients[0].recipient = "u v@b.test";
    play.request.recipients[0].notify_flags = 2 | 8;
    play.request.recipients[0].dsn_orig_rcpt = "rfc822;orig+x@y.test";
    CHECK(play.run() == "");
}

TEST_CASE("messages the server cannot take are not sent", "[smtp]") {
    const std::string hello = "S: 220 mx.test\nC: EHLO *\nS: 250-mx.test\nS: 250 SIZE 50";
    Play big(hello);
    CHECK(big.run() == "");
    CHECK(
        big.verdicts.lines ==
        Lines{
            "bounced u@b.test 5.3.4 (message size 100 exceeds size limit 50 of server mx.test[192.0.2.1])"});
    Play utf8(hello + "\nC: QUIT");  // looked at before the size
    utf8.request.sendopts = queue::sendopt::smtputf8_requested | queue::sendopt::smtputf8_recipient;
    CHECK(utf8.run() == "");
    CHECK(
        utf8.verdicts.lines ==
        Lines{
            "bounced u@b.test 5.6.7 (SMTPUTF8 is required, but was not offered by host mx.test[192.0.2.1])"});
    // What was not asked for is not demanded.
    Play plain(
        "S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\nC: MAIL *\nS: 550 5.7.1 no\nC: RSET\nS: 250 ok\nC: QUIT");
    plain.request.sendopts = 2 | 8;
    CHECK(plain.run() == "");
}

TEST_CASE("a status filter that makes an end of it does not blame the destination", "[smtp]") {
    for (const bool deferred : {true, false}) {
        Play play("S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\nC: MAIL *\nCUT\n");
        play.verdicts.counts_deferrals = deferred;
        play.run();
        CHECK(play.verdicts.destination == (deferred ? "4.4.2" : ""));
    }
}

TEST_CASE("odd codes and NULs in answers", "[smtp]") {
    Play zero(
        "S: 220 mx.test\nC: EHLO *\nS: 250 mx.test\nC: MAIL *\nS: 000 0.7.1 odd\nC: RSET\nS: 250 ok\nC: "
        "QUIT");
    CHECK(zero.run() == "");
    CHECK(zero.verdicts.lines ==
          Lines{"bounced u@b.test 5.5.0 (host mx.test[192.0.2.1] said: 000 0.7.1 odd (in reply to MAIL FROM "
                "command))"});
}

TEST_CASE("a session serves the next message, after RSET when the last one was given up", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO *
        S: 250 mx.test
        C: MAIL *
        S: 250 ok
        C: RCPT *
        S: 450 busy
        C: RSET
        S: 250 ok
        C: MAIL *
        S: 250 ok
        C: RCPT *
        S: 250 ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250 ok
        C: QUIT)");
    play.again = true;
    CHECK(play.run() == "");
    CHECK(play.verdicts.outcomes.at(1).connection_use == "2");
}

TEST_CASE("the client of the message is told by XFORWARD", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO *
        S: 250-mx.test
        S: 250 XFORWARD NAME ADDR PORT PROTO HELO SOURCE
        C: XFORWARD NAME=host.test ADDR=IPv6:2001:db8::1 PORT=99
        S: 250 ok
        C: XFORWARD PROTO=ESMTP HELO=[UNAVAILABLE] SOURCE=REMOTE
        S: 250 ok
        C: MAIL *
        S: 550 no
        C: RSET
        S: 250 ok
        C: QUIT)",
              "smtp_send_xforward_command = yes\n");
    play.request.log_client_name = "host.test";
    play.request.log_client_address = "2001:db8::1";
    play.request.log_client_port = "99";
    play.request.log_protocol_name = "ESMTP";
    play.request.rewrite_context = "remote";
    CHECK(play.run() == "");
}

TEST_CASE("a probe asks for the recipient and sends nothing", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO *
        S: 250 PIPELINING
        C: MAIL *
        S: 250 ok
        C: RCPT *
        S: 250 2.1.5 fine
        C: RSET
        S: 250 ok
        C: QUIT)");
    play.request.flags = delivery::request_flag::mta_verify;
    CHECK(play.run() == "");
    CHECK(play.verdicts.lines == Lines{"sent u@b.test 2.1.5 (250 2.1.5 fine)"});
}

TEST_CASE("8-bit mail is converted for a server without 8BITMIME", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO *
        S: 250 mx.test
        C: MAIL FROM:<sender@a.test>
        S: 250 ok
        C: RCPT *
        S: 250 ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250 ok
        C: QUIT)");
    play.request.encoding = "8bit";
    play.content =
        "Mime-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
        "8bit\n\ngr\xc3\xbc\xc3\x9f\n";
    CHECK(play.run() == "");
    CHECK(play.server.message().find("gr=C3=BC=C3=9F\r\n") != std::string::npos);
    CHECK(play.server.message().find("quoted-printable") != std::string::npos);
}

TEST_CASE("addresses of this site are replaced on their way out", "[smtp]") {
    Play play(R"(
        S: 220 mx.test
        C: EHLO *
        S: 250 mx.test
        C: MAIL FROM:<outside@example.net>
        S: 250 ok
        C: RCPT *
        S: 250 ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250 ok
        C: QUIT)",
              "smtp_generic_maps = inline:{sender@a.test=outside@example.net}\n");
    play.content = "From: Me <sender@a.test>\nSubject: sender@a.test\n\nsender@a.test\n";
    CHECK(play.run() == "");
    CHECK(play.server.message() ==
          "From: Me <outside@example.net>\r\nSubject: sender@a.test\r\n\r\nsender@a.test\r\n");
}

TEST_CASE("headers and lines may be changed on their way out", "[smtp]") {
    Play play(
        "S: 220 x\nC: EHLO *\nS: 250 x\nC: MAIL *\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: DATA\nS: 354 "
        "go\nMESSAGE\n"
        "S: 250 ok\n",
        "smtp_header_checks = regexp:{{/^X-Secret:/ IGNORE}, {/^X-Out: (.*)/ REPLACE X-Went: $$1},"
        " {/^To:/ PREPEND X-Before: y}}\nsmtp_body_checks = regexp:{{/secret/ REPLACE xxxxxx}}\n");
    play.content = "X-Secret: 1\n two\nX-Out: abc\nTo: a@b.test\n\na secret\nend\n";
    CHECK(play.run() == "");
    CHECK(play.server.message() == "X-Went: abc\r\nX-Before: y\r\nTo: a@b.test\r\n\r\nxxxxxx\r\nend\r\n");
}

TEST_CASE("a broken queue file is never delivered in part", "[smtp]") {
    Play play(
        "S: 220 x\nC: EHLO *\nS: 250 x\nC: MAIL *\nS: 250 ok\nC: RCPT *\nS: 250 ok\nC: DATA\nS: 354 "
        "go\nMESSAGE\n");
    play.request.data_offset = 1;
    play.run();
    CHECK(play.verdicts.corruption != "");
    REQUIRE(play.verdicts.lines.size() == 1);
    CHECK(play.verdicts.lines[0].starts_with("deferred"));
    CHECK(play.server.problem().find("lost connection") != std::string::npos);
}
