// smtpd/proxy_filter_test.cc - mail goes through a filter before it is accepted.
#include "smtpd/proxy_filter.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "lib/queue/test_spool.h"
#include "smtpd/smtpd_under_test.h"

namespace postrider::smtpd {

namespace {

const std::string filtered = "smtpd_proxy_filter = 127.0.0.1:10025\n";

constexpr const char* greeting = R"(
    S: 220 filter.example ESMTP
    C: EHLO mail.example
    S: 250-filter.example
    S: 250-XFORWARD NAME ADDR PROTO HELO
    S: 250 8BITMIME
    C: XFORWARD NAME=client.example ADDR=127.0.0.2 HELO=x PROTO=SMTP
    S: 250 2.0.0 Ok
    C: MAIL FROM:<a@b.example> SIZE=9
    S: 250 2.1.0 Ok
    C: RCPT TO:<alice@example.com>
)";

constexpr const char* envelope = R"(
    S: 220 *
    C= HELO x
    C= MAIL FROM:<a@b.example> SIZE=9
    C: RCPT TO:<alice@example.com>
)";

}  // namespace

TEST_CASE("a message goes to the filter before the queue, and its answers to the client", "[smtpd]") {
    SmtpdUnderTest smtpd(filtered, "127.0.0.2");
    auto& filter = smtpd.next_server(std::string(greeting) + R"(
        S: 250 2.1.5 Ok
        C: RCPT TO:<bob@example.com> NOTIFY=NEVER
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250-2.0.0 looked at
        S: 250 2.0.0 queued as 77
        C: QUIT
    )");
    CHECK(smtpd.play(std::string(envelope) + R"(
        S: 250 2.1.5 Ok
        C: RCPT TO:<bob@example.com> NOTIFY=NEVER
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 *
        C: Subject: x
        C:
        C: ..dot
        C> stray\rreturn\r\n
        C: .
        S: 250-2.0.0 looked at
        S: 250 2.0.0 queued as 77
        C: QUIT
        S: 221 *
    )") == "");
    CHECK(smtpd.logged("disconnect from *"));
    CHECK(filter.problem() == "");
    const std::string& message = filter.message();
    CHECK(message.find("id ") == std::string::npos);
    CHECK(matches_pattern(
        message,
        "Received: from x (client.example [127.0.0.2])\r\n\tby mail.example (*) with SMTP;\r\n"
        "\t*\r\nSubject: x\r\n\r\n..dot\r\nstray return\r\n"));
    CHECK(smtpd.logged("NOQUEUE: client=client.example[127.0.0.2]"));
    CHECK(
        smtpd.logged("proxy-accept: END-OF-MESSAGE: 250 2.0.0 looked at queued as 77; from=<a@b.example> "
                     "to=<alice@example.com> proto=SMTP helo=<x>"));
    CHECK(smtpd.messages().empty());
}

TEST_CASE("what the filter refuses is refused", "[smtpd]") {
    SECTION("a recipient; the next one may be better") {
        SmtpdUnderTest smtpd(filtered, "127.0.0.2");
        auto& filter = smtpd.next_server(std::string(greeting) + R"(
            S: 550 5.1.1 not there
            C: RCPT TO:<bob@example.com>
            S: 250 Ok
        )");
        CHECK(smtpd.play(std::string(envelope) + R"(
            S: 550 5.1.1 not there
            C= RCPT TO:<bob@example.com>
            C= RSET
        )") == "");
        CHECK(filter.problem() == "");
        CHECK(smtpd.logged(
            "warning: proxy 127.0.0.1:10025 rejected \"RCPT TO:<alice@example.com>\": \"550 5.1.1 "
            "not there\""));
    }
    SECTION("the message") {
        SmtpdUnderTest smtpd(filtered, "127.0.0.2");
        smtpd.next_server(std::string(greeting) +
                          "S: 250 Ok\nC: DATA\nS: 354 go\nMESSAGE\nS: 550 5.7.1 virus\n");
        CHECK(smtpd.play(std::string(envelope) +
                         "S: 250 *\nC: DATA\nS: 354 *\nC: x\nC: .\nS: 550 5.7.1 virus\n") == "");
        CHECK(
            smtpd.logged("proxy-reject: END-OF-MESSAGE: 550 5.7.1 virus; from=<a@b.example> "
                         "to=<alice@example.com> proto=SMTP helo=<x>"));
    }
    SECTION("the DATA command") {
        SmtpdUnderTest smtpd(filtered, "127.0.0.2");
        smtpd.next_server(std::string(greeting) + "S: 250 Ok\nC: DATA\nS: 451 4.7.1 later\n");
        CHECK(smtpd.play(std::string(envelope) +
                         "S: 250 *\nC: DATA\nS: 451 4.7.1 later\nC: NOOP\nS: 250 *\n") == "");
    }
}

TEST_CASE("a filter that cannot be used is a 451, and no end of anything", "[smtpd]") {
    const std::string refused = "S: 451 4.3.0 Error: queue file write error\n";
    SECTION("it is not there; when it is back, mail flows in the same transaction") {
        SmtpdUnderTest smtpd(filtered, "127.0.0.2");
        CHECK(smtpd.play(std::string(envelope) + refused) == "");
        CHECK(smtpd.logged("warning: connect to proxy filter 127.0.0.1:10025: Connection refused"));
        smtpd.next_server(std::string(greeting) + "S: 250 Ok\n");
        CHECK(smtpd.play("C: RCPT TO:<alice@example.com>\nS: 250 *") == "");
    }
    SECTION("it talks nonsense") {
        SmtpdUnderTest smtpd(filtered, "127.0.0.2");
        smtpd.next_server("S: hello\n");
        CHECK(smtpd.play(std::string(envelope) + refused) == "");
        CHECK(smtpd.logged("warning: received garbage from proxy 127.0.0.1:10025: hello"));
    }
    SECTION("it permits what was not asked") {
        SmtpdUnderTest smtpd(filtered, "127.0.0.2");
        smtpd.next_server(std::string(greeting) + "S: 250 Ok\nC: DATA\nS: 250 Ok\n");
        CHECK(smtpd.play(std::string(envelope) + "S: 250 *\nC: DATA\n" + refused) == "");
    }
    SECTION("it leaves in the middle of the content") {
        SmtpdUnderTest smtpd(filtered, "127.0.0.2");
        smtpd.next_server(std::string(greeting) + "S: 250 Ok\nC: DATA\nS: 354 go\nCUT\n");
        CHECK(smtpd.play(std::string(envelope) + "S: 250 *\nC: DATA\nS: 354 *\nC: x\nC: .\n" + refused +
                         "C: NOOP\nS: 250 *") == "");
        CHECK(smtpd.logged("warning: lost connection with proxy 127.0.0.1:10025"));
    }
    SECTION("it says nothing") {
        SmtpdUnderTest smtpd(filtered + "smtpd_proxy_timeout = 1s\n", "127.0.0.2");
        smtpd.next_server("HANG\n");
        CHECK(smtpd.play(std::string(envelope) + refused) == "");
        CHECK(smtpd.logged("warning: timeout talking to proxy 127.0.0.1:10025"));
    }
}

TEST_CASE("speed_adjust: the filter hears of a message when it is complete", "[smtpd]") {
    const queue::TestSpool spool;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(spool.root());
    SmtpdUnderTest smtpd(filtered + "smtpd_proxy_options = speed_adjust\n", "127.0.0.2");
    CHECK(smtpd.play(std::string(envelope) + "S: 250 *\nC: DATA\nS: 354 *\n") == "");
    std::string long_lines;
    for (int i = 0; i < 300; ++i) long_lines += "C: ." + std::to_string(i) + std::string(900, 'x') + "\n";
    CHECK(smtpd.play(long_lines) == "");
    auto& filter =
        smtpd.next_server(std::string(greeting) + "S: 250 Ok\nC: DATA\nS: 354 go\nMESSAGE\nS: 250 fine\n");
    CHECK(smtpd.play("C: .\nS: 250 fine\n") == "");
    CHECK(filter.problem() == "");
    CHECK(filter.message().find("\n..299") == std::string::npos);
    CHECK(filter.message().find("\n299xxx") != std::string::npos);
    CHECK(filter.message().size() > 270000);
    CHECK(std::filesystem::is_empty("incoming"));
    std::filesystem::current_path(before);
}

TEST_CASE("a message that is too big for us never looks complete to the filter", "[smtpd]") {
    SmtpdUnderTest smtpd(filtered + "message_size_limit = 100\n", "127.0.0.2");
    auto& filter =
        smtpd.next_server(std::string(greeting) + "S: 250 Ok\nC: DATA\nS: 354 go\nMESSAGE\nS: 250 no\n");
    CHECK(smtpd.play(std::string(envelope) + "S: 250 *\nC: DATA\nS: 354 *\nC: " + std::string(200, 'x') +
                     "\nC: .\nS: 552 5.3.4 *\nC: QUIT\nS: 221 *\nS-\n") == "");
    CHECK(smtpd.logged("disconnect from *"));
    CHECK(filter.problem().starts_with("lost connection"));
}

TEST_CASE("BDAT becomes DATA for the filter", "[smtpd]") {
    SmtpdUnderTest smtpd(filtered, "127.0.0.2");
    auto& filter = smtpd.next_server(R"(
        S: 220 filter.example ESMTP
        C: EHLO mail.example
        S: 250 filter.example
        C: MAIL FROM:<a@b.example>
        S: 250 2.1.0 Ok
        C: RCPT TO:<alice@example.com>
        S: 250 Ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250 fine
    )");
    CHECK(smtpd.play(R"(
        S: 220 *
        C: EHLO x
        S: 250-mail.example
    )") == "");
    CHECK(smtpd.play(R"(
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250-*
        S: 250 CHUNKING
        C= MAIL FROM:<a@b.example>
        C= RCPT TO:<alice@example.com>
        C> BDAT 6\r\na\r\n.\r\n
        S: 250 2.0.0 Ok: 6 bytes
        C> BDAT 3 LAST\r\nend
        S: 250 fine
    )") == "");
    CHECK(filter.problem() == "");
    CHECK(filter.message().ends_with("a\r\n..\r\nend\r\n"));
}

TEST_CASE("a filter hears of REQUIRETLS in a header", "[smtpd]") {
    SmtpdUnderTest smtpd(filtered, "127.0.0.2", Channel::encrypted);
    auto& filter = smtpd.next_server(R"(
        S: 220 filter.example ESMTP
        C: EHLO mail.example
        S: 250 filter.example
        C: MAIL FROM:<a@b.example> SIZE=9
        S: 250 2.1.0 Ok
        C: RCPT TO:<alice@example.com>
        S: 250 Ok
        C: DATA
        S: 354 go
        MESSAGE
        S: 250 fine
    )");
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO x
        C= MAIL FROM:<a@b.example> RequireTLS SIZE=9
        C= RCPT TO:<alice@example.com>
        C: DATA
        S: 354 *
        C: .
        S: 250 fine
    )") == "");
    CHECK(filter.problem() == "");
    CHECK(filter.message().find("Require-TLS-ESMTP: yes\r\nReceived: ") == 0);
}

TEST_CASE("what only a queue file can do is unavailable with a filter", "[smtpd]") {
    for (const std::string action :
         {"HOLD", "DISCARD", "FILTER smtp:x", "REDIRECT a@b.example", "BCC a@b.example"}) {
        INFO(action);
        const std::string word = action.substr(0, action.find(' '));
        SmtpdUnderTest smtpd(
            filtered + "smtpd_client_restrictions = check_client_access inline:{{127.0.0.2=" + action +
                "}}\n",
            "127.0.0.2");
        smtpd.next_server(std::string(greeting) + "S: 250 Ok\n");
        CHECK(smtpd.play(std::string(envelope) + "S: 250 *\n") == "");
        CHECK(smtpd.logged("warning: access table *: with smtpd_proxy_filter specified, action " + word +
                           " is unavailable"));
    }
}

TEST_CASE("XFORWARD says what the filter asks for, in commands of limited length", "[smtpd]") {
    const ForwardedAttributes all = {{"NAME", ""}, {"HELO", "a b"}, {"IDENT", std::string(500, 'x')}};
    CHECK(xforward_commands(all, {}).empty());
    const auto commands = xforward_commands(all, {"IDENT", "helo", "NAME"});
    REQUIRE(commands.size() == 2);
    CHECK(commands[0] == "XFORWARD NAME=[UNAVAILABLE] HELO=a+20b");
    CHECK(commands[1].starts_with("XFORWARD IDENT=xxx"));
}

}  // namespace postrider::smtpd
