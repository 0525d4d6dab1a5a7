// smtpd/milters_test.cc - sessions with mail filters.
#include <catch2/catch.hpp>

#include "lib/queue/cleanup_client.h"
#include "smtpd/smtpd_under_test.h"
#include "tests/fakes/milter.h"

using namespace postrider;
using namespace postrider::smtpd;
using namespace std::string_literals;
using milter::packet;

namespace {

fakes::Milter::Script answering(char letter, const std::string& answer) {
    fakes::Milter::Script script;
    script.answers[letter] = {answer};
    return script;
}

std::string with(const fakes::Milter& fake, const std::string& more = "") {
    return "smtpd_milters = " + fake.endpoint() + "\nmilter_default_action = tempfail\n" + more;
}

}  // namespace

TEST_CASE("a mail filter hears of the session and its envelope", "[smtpd][milter]") {
    fakes::Milter fake({});
    {
        SmtpdUnderTest smtpd(with(fake,
                                  "milter_connect_macros = j {client_addr} _\n"
                                  "milter_mail_macros = {mail_addr} {mail_host} {mail_mailer} i\n"
                                  "milter_rcpt_macros = {rcpt_addr} {rcpt_mailer} i\n"));
        CHECK(smtpd.play(R"(
            S: 220 *
            C: EHLO me.example
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250-*
            S: 250 *
            C= MAIL FROM:<joe@far.example> SIZE=5
            C= RCPT TO:<alice@example.com> NOTIFY=NEVER
            C= RCPT TO:<bob@example.com>
            C= RSET
            C: FOO bar
            S: 500 *
            C: QUIT
            S: 221 *
        )") == "");
        CHECK(fake.wait_for("Q", 1));
    }
    const std::vector<std::string> said = fake.events("HMRAUQ");
    const std::vector<std::string> expected = {"H me.example",
                                               "M <joe@far.example>|SIZE=5",
                                               "R <alice@example.com>|NOTIFY=NEVER",
                                               "R <bob@example.com>",
                                               "A",
                                               "U FOO",
                                               "Q"};
    CHECK(said == expected);
    const std::vector<std::string> macros = fake.events("D");
    REQUIRE(macros.size() == 6);
    CHECK(macros[0] == "D Cj|mail.example|{client_addr}|127.0.0.1|_|localhost [127.0.0.1]");
    CHECK(macros[2] == "D M{mail_addr}|joe@far.example|{mail_host}|far.example|{mail_mailer}|smtp");
    // The queue file is opened by the first recipient that is accepted.
    CHECK(macros[3] == "D R{rcpt_addr}|alice@example.com|{rcpt_mailer}|smtp");
    CHECK(macros[4] == "D R{rcpt_addr}|bob@example.com|{rcpt_mailer}|smtp|i|4ABC");
}

TEST_CASE("a refusal of the client is told at MAIL, and stays", "[smtpd][milter]") {
    fakes::Milter fake(answering('C', packet('y', "550 5.7.1 go away\0"s)));
    SmtpdUnderTest smtpd(with(fake));
    CHECK(smtpd.play(R"(
        S: 554 mail.example ESMTP not accepting connections
        C: EHLO me.example
        S: 250-mail.example
        S: 250 ENHANCEDSTATUSCODES
        C: MAIL FROM:<joe@far.example>
        S: 550 5.7.1 go away
        C: VRFY alice
        S: 550 5.7.1 go away
        C: MAIL FROM:<joe@far.example>
        S: 550 5.7.1 go away
    )") == "");
    CHECK(smtpd.logged(
        "NOQUEUE: milter-reject: CONNECT from localhost[127.0.0.1]: 550 5.7.1 go away; proto=SMTP"));
    CHECK(
        smtpd.logged("NOQUEUE: milter-reject: MAIL from localhost[127.0.0.1]: 550 5.7.1 go away; "
                     "from=<joe@far.example> proto=ESMTP helo=<me.example>"));
}

TEST_CASE("a filter refuses recipients and DATA", "[smtpd][milter]") {
    fakes::Milter::Script script = answering('R', packet('y', "452-4.2.9 one\r\n452 4.2.9 two\0"s));
    fakes::Milter fake(script);
    SmtpdUnderTest smtpd(with(fake));
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO me.example
        C= MAIL FROM:<joe@far.example>
        C: RCPT TO:<alice@example.com>
        S: 452-4.2.9 one
        S: 452 4.2.9 two
        C: DATA
        S: 554 5.5.1 *
    )") == "");
    CHECK(
        smtpd.logged("NOQUEUE: milter-reject: RCPT from localhost[127.0.0.1]: 452 4.2.9 one two; "
                     "from=<joe@far.example> to=<alice@example.com> proto=SMTP helo=<me.example>"));
    CHECK(smtpd.messages().empty());
}

TEST_CASE("shutdown ends the session", "[smtpd][milter]") {
    fakes::Milter fake(answering('M', packet('4', "")));
    SmtpdUnderTest smtpd(with(fake));
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO me.example
        C: MAIL FROM:<joe@far.example>
        S: 421 4.7.0 Server closing connection
        S-
    )") == "");
}

TEST_CASE("discard takes the message and tells the filter no more", "[smtpd][milter]") {
    fakes::Milter fake(answering('M', packet('d', "")));
    SmtpdUnderTest smtpd(with(fake));
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO me.example
        C= MAIL FROM:<joe@far.example>
        C= RCPT TO:<alice@example.com>
        C: DATA
        S: 354 *
        C: hello
        C: .
        S: 250 2.0.0 Ok: queued as 4ABC
    )") == "");
    CHECK(smtpd.logged(
        "NOQUEUE: milter-discard: MAIL from localhost[127.0.0.1]: milter triggers DISCARD action; "
        "from=<joe@far.example> proto=SMTP helo=<me.example>"));
    CHECK(smtpd.messages().at(0).all('f') == std::to_string(queue::cleanup_flag::discard));
    CHECK(fake.events("RT").empty());
}

TEST_CASE("a session whose filter is not there", "[smtpd][milter]") {
    const std::string nowhere = "smtpd_milters = unix:/nowhere/at/all\n";
    SmtpdUnderTest shutdown(nowhere);
    CHECK(shutdown.play("S: 421 mail.example Service unavailable - try again later\nS-\n") == "");
    SmtpdUnderTest hold(nowhere + "milter_default_action = quarantine\n");
    CHECK(hold.play(R"(
        S: 220 *
        C= HELO me.example
        C= MAIL FROM:<joe@far.example>
        C= RCPT TO:<alice@example.com>
        C: DATA
        S: 354 *
        C= .
    )") == "");
    CHECK(hold.messages().at(0).all('f') == std::to_string(queue::cleanup_flag::hold));
    // What non_smtpd_milters names is for other mail.
    CHECK((hold.messages().at(0).flags & queue::cleanup_flag::milter) == 0);
}

TEST_CASE("filters are chosen by client address", "[smtpd][milter]") {
    fakes::Milter fake({});
    const std::string usual = "smtpd_milters = unix:/nowhere/at/all\nmilter_default_action = reject\n";
    const std::string maps =
        "smtpd_milter_maps = inline:{ { 127.0.0.1 = DISABLE }, { 127.0.0.2 = " + fake.endpoint() + " } }\n";
    const std::string script =
        "S: 220 *\nC: HELO x\nS: 250 *\nC: MAIL FROM:<joe@far.example>\nS: 250 *\nC: QUIT\nS: 221 *\n";
    SmtpdUnderTest none(usual + maps, "127.0.0.1");
    CHECK(none.play(script) == "");
    CHECK(fake.events().empty());
    SmtpdUnderTest own(usual + maps, "127.0.0.2");
    CHECK(own.play(script) == "");
    CHECK(fake.events("M").size() == 1);
    SmtpdUnderTest others(usual + maps, "127.0.0.4");
    CHECK(others.play("S: 554 *\nC: HELO x\nS: 250 *\nC: MAIL FROM:<joe@far.example>\nS: 550 5.5.0 *\n") ==
          "");
    SmtpdUnderTest off(usual + "receive_override_options = no_milters\n");
    CHECK(off.play(script) == "");
    SmtpdUnderTest broken("smtpd_milter_maps = fail:1\n");
    CHECK(broken.play("S: 421 4.3.5 *\nS-\n") == "");
}

TEST_CASE("some filters hear of refused recipients", "[smtpd][milter]") {
    fakes::Milter::Script script;
    script.terms.protocol = milter::protocol::rejected_recipients;
    fakes::Milter asks(script);
    fakes::Milter does_not({});
    SmtpdUnderTest smtpd("smtpd_milters = " + asks.endpoint() + ", " + does_not.endpoint() + "\n");
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO me.example
        C= MAIL FROM:<joe@far.example>
        C: RCPT TO:<nobody@example.com>
        S: 550 5.1.1 *
        C: QUIT
        S: 221 *
    )") == "");
    CHECK(asks.events("R").size() == 1);
    CHECK(asks.events("D").back().starts_with(
        "D R{rcpt_addr}|<nobody@example.com>: Recipient address rejected"));
    CHECK(does_not.events("R").empty());
}

TEST_CASE("XCLIENT begins again with the filters", "[smtpd][milter]") {
    fakes::Milter fake({});
    SmtpdUnderTest smtpd(with(fake, "smtpd_authorized_xclient_hosts = 127.0.0.1\n"));
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO me.example
        C: XCLIENT NAME=other.example ADDR=192.0.2.9
        S: 220 *
    )") == "");
    CHECK(fake.wait_for("Q", 1));
    REQUIRE(fake.events("C").size() == 2);
    CHECK(fake.events("C")[1].starts_with("C other.example|4"));
}
