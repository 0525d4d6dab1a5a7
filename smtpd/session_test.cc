// smtpd/session_test.cc - dialogues with the server.
#include <catch2/catch.hpp>

#include "smtpd/smtpd_under_test.h"

using namespace postrider;
using namespace postrider::smtpd;

// EHLO answered in one line.
static const char* const no_extensions =
    "smtpd_discard_ehlo_keywords = PIPELINING SIZE VRFY ETRN ENHANCEDSTATUSCODES 8BITMIME DSN SMTPUTF8 "
    "silent-discard\nmessage_size_limit = 0\n";

TEST_CASE("a message goes from HELO to the queue", "[smtpd]") {
    SmtpdUnderTest smtpd;
    CHECK(smtpd.play(R"(
        S: 220 mail.example ESMTP *
        C: EHLO here.example
        S: 250-mail.example
        S: 250-PIPELINING
        S: 250-SIZE 10240000
        S: 250-VRFY
        S: 250-ETRN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250-DSN
        S: 250-SMTPUTF8
        S: 250 CHUNKING
        C: MAIL FROM:<anna@elsewhere.example> BODY=8BITMIME RET=HDRS ENVID=x+2By
        S: 250 2.1.0 Ok
        C: RCPT TO:<alice@example.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;al+2Bice@example.com
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        C: Subject: hello
        C: ..
        C: .
        S: 250 2.0.0 Ok: queued as 4ABC
        C: QUIT
        S: 221 2.0.0 Bye
        S-
    )") == "");
    REQUIRE(smtpd.messages().size() == 1);
    const TakenMessage& message = smtpd.messages()[0];
    CHECK(message.finished);
    CHECK(message.all('S') == "anna@elsewhere.example");
    CHECK(message.all('R') == "alice@example.com");
    CHECK(matches_pattern(message.all('A'),
                          "log_ident=4ABC|*envelope_id=x+y|ret_flags=2|encoding=8bit|*"
                          "log_client_name=localhost|log_client_address=127.0.0.1|*"
                          "notify_flags=10|dsn_orig_rcpt=rfc822;al+ice@example.com*"));
    CHECK(matches_pattern(message.content(),
                          "Received: from here.example (localhost [127.0.0.1])\n"
                          "\tby mail.example (Postrider) with ESMTP id 4ABC\n"
                          "\tfor <alice@example.com>; *\nSubject: hello\n.\n"));
    CHECK(smtpd.logged("connect from localhost[127.0.0.1]"));
    CHECK(smtpd.logged("4ABC: client=localhost[127.0.0.1]"));
    CHECK(smtpd.logged("disconnect from localhost[127.0.0.1] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5"));
}

TEST_CASE("commands out of order are refused and counted", "[smtpd]") {  // RFC 5321 4.1.4
    SmtpdUnderTest smtpd;
    CHECK(smtpd.play(R"(
        S: 220 *
        C: RCPT TO:<alice@example.com>
        S: 503 5.5.1 Error: need MAIL command
        C: DATA
        S: 503 5.5.1 Error: need RCPT command
        C: HELO x
        S: 250 mail.example
        C: MAIL FROM:<a@b.example>
        S: 250 2.1.0 Ok
        C: MAIL FROM:<a@b.example>
        S: 503 5.5.1 Error: nested MAIL command
        C: DATA
        S: 554 5.5.1 Error: no valid recipients
        C: RSET
        S: 250 2.0.0 Ok
        C: RCPT TO:<alice@example.com>
        S: 503 5.5.1 *
        C: HELP
        S: 500 5.5.2 *
        C: BOGUS
        S: 500 5.5.2 Error: command not recognized
        C-
    )") == "");
    CHECK(smtpd.logged("lost connection after UNKNOWN from localhost[127.0.0.1]"));
    CHECK(smtpd.logged(
        "disconnect from localhost[127.0.0.1] helo=1 mail=1/2 rcpt=0/2 data=0/2 rset=1 unknown=0/2 "
        "commands=3/10"));
}

TEST_CASE("pipelined commands are answered in order", "[smtpd]") {  // RFC 2920
    SmtpdUnderTest smtpd;
    CHECK(smtpd.play(R"(
        S: 220 *
        C: EHLO x
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
        C> MAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@example.com>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n
        S: 250 2.1.0 Ok
        S: 550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in local recipient table
        S: 250 2.1.5 Ok
        S: 354 *
        C> x: y\r\n.\r\nQUIT\r\n
        S: 250 2.0.0 *
        S: 221 *
        S-
    )") == "");
    CHECK(smtpd.logged(
        "NOQUEUE: reject: RCPT from localhost[127.0.0.1]: 550 5.1.1 <nobody@example.com>: Recipient "
        "address rejected: User unknown in local recipient table; from=<a@b.example> "
        "to=<nobody@example.com> proto=ESMTP helo=<x>"));
}

TEST_CASE("a client that talks before its turn is disconnected", "[smtpd]") {
    SmtpdUnderTest smtpd("", "127.0.0.2");
    CHECK(smtpd.play(R"(
        S: 220 *
        C> EHLO x\r\nMAIL FROM:<a@b.example>\r\n
        S: 554 5.5.0 Error: SMTP protocol synchronization
        S-
    )") == "");
    CHECK(
        smtpd.logged("improper command pipelining after EHLO from client.example[127.0.0.2]: "
                     "MAIL FROM:<a@b.example>\\r\\n"));
}

TEST_CASE("a client that is hung up on hears nothing", "[smtpd]") {
    SmtpdUnderTest smtpd(
        "smtpd_delay_reject = no\nsmtpd_client_restrictions = check_client_access static:HANGUP\n",
        "127.0.0.2");
    CHECK(smtpd.play(R"(
        S-
    )") == "");
}

TEST_CASE("strangers may not send to strangers through us", "[smtpd]") {
    SmtpdUnderTest smtpd("", "127.0.0.2");
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO x
        C= MAIL FROM:<alice@example.com>
        C: RCPT TO:<victim@elsewhere.example>
        S: 454 4.7.1 <victim@elsewhere.example>: Relay access denied
        C: RCPT TO:<a%b@example.com>
        S: 454 4.7.1 *
        C= RCPT TO:<known@relay.example>
        C: RCPT TO:<x@broken.example>
        S: 451 4.3.0 <x@broken.example>: Temporary lookup failure
        C= RCPT TO:<POSTmaster>
    )") == "");
    SmtpdUnderTest trusted("smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination");
    CHECK(trusted.play(R"(
        S: 220 *
        C= HELO x
        C= MAIL FROM:<alice@example.com>
        C: RCPT TO:<friend@elsewhere.example>
        S: 250 2.1.5 Ok
    )") == "");
}

TEST_CASE("nothing is acknowledged that cleanup has not taken", "[smtpd]") {
    SmtpdUnderTest smtpd;
    smtpd.cleanup_answers(queue::cleanup_status::write_error);
    const char* send = R"(
        C= MAIL FROM:<a@b.example>
        C= RCPT TO:<alice@example.com>
        C: DATA
        S: 354 *
        C: .
    )";
    CHECK(smtpd.play("S: 220 *\nC: HELO x\nS: 250 *") == "");
    CHECK(smtpd.play(send) == "");
    CHECK(smtpd.play("S: 451 4.3.0 Error: queue file write error") == "");
    smtpd.cleanup_answers(queue::cleanup_status::content, "5.7.9 no such words");
    CHECK(smtpd.play(send) == "");
    CHECK(smtpd.play("S: 550 5.7.9 no such words") == "");
    smtpd.cleanup_answers(queue::cleanup_status::content, "4.7.9 later");
    CHECK(smtpd.play(send) == "");
    CHECK(smtpd.play("S: 450 4.7.9 later") == "");
    smtpd.cleanup_is_down();
    CHECK(smtpd.play(
              "C: MAIL FROM:<a@b.example>\nS: 250 *\nC: RCPT TO:<alice@example.com>\nS: 451 4.3.0 *") == "");
}

TEST_CASE("content beyond the limit is refused after its end", "[smtpd]") {
    SmtpdUnderTest smtpd("message_size_limit = 100");
    CHECK(smtpd.play(R"(
        S: 220 *
        C: EHLO x
        S: 250-mail.example
        S: 250-PIPELINING
        S: 250-SIZE 100
        S: 250-VRFY
        S: 250-ETRN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250-DSN
        S: 250-SMTPUTF8
        S: 250 CHUNKING
        C: MAIL FROM:<a@b.example> SIZE=101
        S: 552 5.3.4 Message size exceeds fixed limit
        C: MAIL FROM:<a@b.example>
        S: 552 5.3.4 Message size exceeds fixed limit
        C= RSET
        C= MAIL FROM:<a@b.example>
        C= RCPT TO:<alice@example.com>
        C: DATA
        S: 354 *
        C: 0123456789012345678901234567890123456789012345678901234567890123456789
        C: 0123456789012345678901234567890123456789012345678901234567890123456789
        C: .
        S: 552 5.3.4 Error: message file too big
        C= NOOP
    )") == "");
    CHECK_FALSE(smtpd.messages()[0].finished);
}

TEST_CASE("chunks make a message, and an error discards the rest", "[smtpd]") {  // RFC 3030
    SmtpdUnderTest smtpd(no_extensions);
    CHECK(smtpd.play(R"(
        S: 220 *
        C: EHLO x
        S: 250-mail.example
        S: 250 CHUNKING
        C= MAIL FROM:<a@b.example>
        C= RCPT TO:<alice@example.com>
        C> BDAT 7\r\nA: b\r\n.
        S: 250 2.0.0 Ok: 7 bytes
        C> BDAT 4 LAST\r\n\r\nxy
        S: 250 2.0.0 Ok: 13 bytes queued as 4ABC
        C= MAIL FROM:<a@b.example>
        C> BDAT 3\r\nabc
        S: 554 5.5.1 Error: no valid recipients
        C> BDAT 3 LAST\r\nabc
        S: 551 5.0.0 Discarded 3 bytes after earlier error
        C= RSET
        C: BDAT 5 FINAL
        S: 521 5.5.4 Syntax: BDAT count [LAST]
        S-
    )") == "");
    CHECK(matches_pattern(smtpd.messages()[0].content(), "*\nA: b\n.\nxy\n"));
}

TEST_CASE("a client that leaves in mid-message leaves nothing behind", "[smtpd]") {
    SmtpdUnderTest smtpd;
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO x
        C= MAIL FROM:<a@b.example>
        C= RCPT TO:<alice@example.com>
        C: DATA
        S: 354 *
        C: half
        C-
    )") == "");
    CHECK(smtpd.logged("lost connection after DATA (6 bytes) from localhost[127.0.0.1]"));
    CHECK_FALSE(smtpd.messages()[0].finished);
}

TEST_CASE("smuggled messages stay inside the one that carries them", "[smtpd]") {
    for (const char* end :
         {"\\n.\\n", "\\n.\\r\\n", "\\r\\n.\\n", "\\r.\\r", "\\r\\n.\\r", "\\r\\n.\\r\\r\\n"}) {
        INFO(end);
        SmtpdUnderTest smtpd("", "127.0.0.2");
        CHECK(smtpd.play("S: 220 *\nC: HELO x\nS: 250 *\nC: MAIL FROM:<a@b.example>\nS: 250 *\n"
                         "C: RCPT TO:<alice@example.com>\nS: 250 *\nC: DATA\nS: 354 *") == "");
        CHECK(smtpd.play("C> x" + std::string(end) +
                         "MAIL FROM:<evil@b.example>\\r\\n\n"
                         "C> .\\r\\n\nS: 250 2.0.0 *\nC: NOOP\nS: 250 *") == "");
        CHECK(smtpd.messages().size() == 1);
    }
    SmtpdUnderTest strict("smtpd_forbid_bare_newline = reject", "127.0.0.2");
    CHECK(strict.play("S: 220 *\nC: HELO x\nS: 250 *\nC: MAIL FROM:<a@b.example>\nS: 250 *\n"
                      "C: RCPT TO:<alice@example.com>\nS: 250 *\nC: DATA\nS: 354 *\nC> a\\nb\\r\\n.\\r\\n\n"
                      "S: 550 5.5.2 mail.example Error: bare <LF> received") == "");
}

TEST_CASE("errors are limited", "[smtpd]") {
    SmtpdUnderTest smtpd("smtpd_hard_error_limit = 2");
    CHECK(smtpd.play("S: 220 *\nC: A1\nS: 500 *\nC: A2\nS: 500 *\nS: 421 4.7.0 mail.example Error: too many "
                     "errors\nS-") == "");
    CHECK(smtpd.logged("too many errors after UNKNOWN from localhost[127.0.0.1]"));
}

TEST_CASE("an HTTP request is not mail", "[smtpd]") {
    SmtpdUnderTest smtpd;
    CHECK(smtpd.play(
              "S: 220 *\nC: GET / HTTP/1.0\nS: 221 2.7.0 Error: I can break rules, too. Goodbye.\nS-") == "");
    CHECK(smtpd.logged("warning: non-SMTP command from localhost[127.0.0.1]: GET / HTTP/1.0"));
}

TEST_CASE("TLS that main.cf demands is not silently left out", "[smtpd]") {
    SmtpdUnderTest smtpd("smtpd_tls_security_level = encrypt");
    CHECK(smtpd.play(R"(
        S: 220 *
        C= HELO x
        C: MAIL FROM:<a@b.example>
        S: 530 5.7.0 Must issue a STARTTLS command first
    )") == "");
    CHECK(smtpd.logged("warning: No server certs available. TLS won't be enabled"));
}

TEST_CASE("REQUIRETLS is offered and taken inside TLS only", "[smtpd]") {  // RFC 8689 4.1
    const std::string mail = "S: 220 *\nC: HELO x\nS: 250 *\nC: MAIL FROM:<a@b.example> REQUIRETLS\n";
    SECTION("inside") {
        SmtpdUnderTest smtpd("", "127.0.0.2", Channel::encrypted);
        CHECK(smtpd.play(mail + "S: 250 *\nC: RCPT TO:<alice@example.com>\nS: 250 *\n") == "");
        REQUIRE(smtpd.messages().size() == 1);
        CHECK((smtpd.messages()[0].flags & queue::cleanup_flag::require_tls) != 0);
    }
    SECTION("it is the last word of the answer to EHLO") {
        SmtpdUnderTest smtpd(
            "smtpd_discard_ehlo_keywords = silent-discard, dsn, etrn, vrfy, smtputf8, size, pipelining\n",
            "127.0.0.2", Channel::encrypted);
        CHECK(smtpd.play("S: 220 *\nC: EHLO x\nS: 250-mail.example\nS: 250-ENHANCEDSTATUSCODES\n"
                         "S: 250-8BITMIME\nS: 250-CHUNKING\nS: 250 REQUIRETLS\n") == "");
    }
    SECTION("outside, discarded, or switched off") {
        const std::string refused = mail + "S: 555 5.5.4 Unsupported option: REQUIRETLS\n";
        CHECK(SmtpdUnderTest("", "127.0.0.2").play(refused) == "");
        SmtpdUnderTest off("requiretls_enable = no\n", "127.0.0.2", Channel::encrypted);
        CHECK(off.play(refused) == "");
    }
}

TEST_CASE("a footer may name what is known of the session, in characters that are fit for a reply",
          "[smtpd]") {
    SmtpdUnderTest smtpd(
        "smtpd_reject_footer = \\c. "
        "$client_address/$client_name/$helo_name/$sender_domain/$sender_name/$server_name\n"
        "smtpd_expansion_filter = abcdefghijklmnopqrstuvwxyz.127\n",
        "127.0.0.2");
    CHECK(
        smtpd.play(
            "S: 220 *\nC: HELO X-y\nS: 250 *\nC: MAIL FROM:<a+b@b.example>\nS: 250 *\n"
            "C: RCPT TO:<x@foreign.example>\n"
            "S: 454 4.7.1 *Relay access denied. 127._._.2/client.example/__y/b.example/a_b/mail.example\n") ==
        "");
}

TEST_CASE("records that smtpd_dns_reply_filter hides are not there", "[smtpd]") {
    SmtpdUnderTest smtpd(
        "smtpd_recipient_restrictions = reject_rbl_client rbl.test, permit\n"
        "smtpd_dns_reply_filter = regexp:{{/127\\.0\\.0\\.9/ IGNORE}}\n",
        "127.0.0.2");
    dns::Answer listed;
    listed.status = dns::Status::ok;
    listed.records.emplace_back().address = *SocketAddress::from_ip("127.0.0.9");
    listed.records.back().type = dns::Type::a;
    smtpd.dns("2.0.0.127.rbl.test", dns::Type::a, listed);
    CHECK(smtpd.play("S: 220 *\nC: HELO x\nS: 250 *\nC: MAIL FROM:<a@b.example>\nS: 250 *\n"
                     "C: RCPT TO:<alice@example.com>\nS: 250 *\n") == "");
    CHECK(smtpd.logged("ignoring DNS RR: *127.0.0.9*"));
}

TEST_CASE("the postmaster reads the sessions with trouble of the classes in notify_classes", "[smtpd]") {
    const std::string talk = R"(
        S: 220 *
        C= HELO x
        C: AUTH PLAIN c2VjcmV0
        S: 503 *
        C= MAIL FROM:<a@b.example>
        C: RCPT TO:<x@foreign.example>
        S: 454 4.7.1 <x@foreign.example>: Relay access denied
        C: QUIT
        S: 221 *
        S-
    )";
    SECTION("policy") {
        SmtpdUnderTest smtpd("notify_classes = policy\nerror_notice_recipient = boss\n", "127.0.0.2");
        CHECK(smtpd.play(talk) == "");
        CHECK(smtpd.logged("disconnect from *"));
        REQUIRE(smtpd.messages().size() == 1);
        const TakenMessage& notice = smtpd.messages()[0];
        CHECK(notice.finished);
        CHECK(notice.all('S') == "double-bounce@mail.example");
        CHECK(notice.all('R') == "boss");
        INFO(notice.content());
        CHECK(matches_pattern(
            notice.content(),
            "Received: by mail.example *\nFrom: Mail Delivery System <MAILER-DAEMON@mail.example>\n"
            "To: Postmaster <boss>\n"
            "Subject: * SMTP server: errors from client.example[127.0.0.2]\n\n"
            "Transcript of session follows.\n\n Out: 220 *\n In:  HELO x\n*\n"
            " In:  AUTH PLAIN ...\n*\n In:  RCPT TO:<x@foreign.example>\n"
            " Out: 454 4.7.1 <x@foreign.example>: Relay access denied\n In:  QUIT\n*\n\n"
            "For other details, see the local mail logfile\n"));
        INFO(notice.content());
        CHECK(notice.content().find("c2VjcmV0") == std::string::npos);
    }
    SECTION("not for others") {
        SmtpdUnderTest smtpd("", "127.0.0.2");
        CHECK(smtpd.play(talk) == "");
        CHECK(smtpd.logged("disconnect from *"));
        CHECK(smtpd.messages().empty());
    }
    SECTION("an unknown user is of class bounce") {
        SmtpdUnderTest smtpd("notify_classes = bounce\nbounce_notice_recipient = returns\n", "127.0.0.2");
        CHECK(smtpd.play("S: 220 *\nC: HELO x\nS: 250 *\nC: MAIL FROM:<a@b.example>\nS: 250 *\n"
                         "C: RCPT TO:<nobody@example.com>\nS: 550 5.1.1 *\nC-") == "");
        CHECK(smtpd.logged("disconnect from *"));
        REQUIRE(smtpd.messages().size() == 1);
        CHECK(smtpd.messages()[0].all('R') == "returns");
        CHECK(smtpd.messages()[0].content().find("\nSession aborted, reason: lost connection\n") !=
              std::string::npos);
    }
}
