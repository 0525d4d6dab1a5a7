// smtpd/login_test.cc - dialogues with clients that log in.
#include <catch2/catch.hpp>

#include "lib/base/text.h"
#include "smtpd/smtpd_under_test.h"
#include "tests/fakes/dovecot_auth.h"

using namespace postrider;
using namespace postrider::smtpd;

namespace {

std::string with(const fakes::DovecotAuth& auth, const std::string& more = "") {
    return "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = " + auth.path() +
           "\nsmtpd_discard_ehlo_keywords = PIPELINING SIZE VRFY ETRN ENHANCEDSTATUSCODES 8BITMIME DSN "
           "SMTPUTF8 "
           "CHUNKING silent-discard\n"
           "mynetworks = 192.0.2.0/24\n" +
           more;
}

// "\0joe\0secret", "\0joe\0wrong"
const std::string right = "AGpvZQBzZWNyZXQ=";
const std::string wrong = "AGpvZQB3cm9uZw==";
const std::string hello = R"(
        S: 220 *
        C: EHLO here
        S: 250-mail.example
        S: 250 AUTH PLAIN LOGIN CRAM-MD5
)";

}  // namespace

TEST_CASE("a client that has logged in may relay, and the message says who it was", "[smtpd][sasl]") {
    fakes::DovecotAuth auth;
    SmtpdUnderTest smtpd(with(auth, "smtpd_sasl_authenticated_header = yes\n"));
    CHECK(smtpd.play(hello + R"(
        C: MAIL FROM:<joe@example.com>
        S: 250 2.1.0 Ok
        C: RCPT TO:<x@elsewhere.example>
        S: 454 4.7.1 <x@elsewhere.example>: Relay access denied
        C: AUTH PLAIN )" +
                     right + R"(
        S: 503 5.5.1 Error: MAIL transaction in progress
        C: RSET
        S: 250 2.0.0 Ok
        C: auth plain )" +
                     right + R"(
        S: 235 2.7.0 Authentication successful
        C: AUTH PLAIN )" +
                     right + R"(
        S: 503 5.5.1 Error: already authenticated
        C: MAIL FROM:<joe@example.com> AUTH=first@example.com
        S: 250 2.1.0 Ok
        C: RCPT TO:<x@elsewhere.example>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 *
        C: .
        S: 250 2.0.0 Ok: queued as 4ABC
        C: QUIT
        S: 221 *
    )") == "");
    CHECK(
        smtpd.logged("4ABC: client=localhost[127.0.0.1], sasl_method=plain, sasl_username=joe, "
                     "sasl_sender=first@example.com"));
    CHECK(smtpd.logged("disconnect from localhost[127.0.0.1] ehlo=1 auth=1/3 mail=2 rcpt=1/2 *"));
    REQUIRE(smtpd.messages().size() == 1);
    CHECK(matches_pattern(smtpd.messages()[0].all('A'),
                          "*sasl_method=plain|sasl_username=joe|sasl_sender=first@example.com|*"));
    CHECK(matches_pattern(smtpd.messages()[0].content(), "*\n\t(Authenticated sender: joe)\n\tby *ESMTPA*"));
}

TEST_CASE("the exchange of challenges may be cancelled, or be too long", "[smtpd][sasl]") {  // RFC 4954 4
    fakes::DovecotAuth auth;
    SmtpdUnderTest smtpd(with(auth));
    CHECK(smtpd.play(hello + R"(
        C: AUTH
        S: 501 5.5.4 Syntax: AUTH mechanism
        C: AUTH PLAIN a b
        S: 501 5.5.4 Syntax: AUTH mechanism
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: *
        S: 501 5.7.0 Authentication aborted
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: !!
        S: 535 5.7.8 Error: authentication failed: Invalid base64 data in continued response
        C: AUTH PLAIN !!
        S: 535 5.7.8 Error: authentication failed: Invalid base64 data in initial response
        C: AUTH FOO
        S: 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
        C: AUTH PLAIN
        S: 334*
        C: )" + std::string(12292, 'A') +
                     R"(
        S: 500 5.5.6 SASL response limit exceeded
        C: AUTH LOGIN am9l
        S: 334 VXNlcm5hbWU6
        C: am9l
        S: 334 UGFzc3dvcmQ6
        C: c2VjcmV0
        S: 235 2.7.0 Authentication successful
    )") == "");
    CHECK(smtpd.logged("warning: localhost[127.0.0.1]: SASL LOGIN authentication aborted"));
}

TEST_CASE("a refused login is logged as log readers know it", "[smtpd][sasl]") {
    fakes::DovecotAuth auth;
    auth.answers["ann"] = "FAIL\t#\tuser=ann\treason=Account is disabled.\n";
    auth.answers["odd"] = "OK\t#\tuser=a\001nb\n";
    SmtpdUnderTest smtpd(with(auth));
    CHECK(smtpd.play(hello + "C: AUTH PLAIN " + wrong + R"(
        S: 535 5.7.8 Error: authentication failed: (reason unavailable)
        C: AUTH PLAIN )" +
                     base64_encode(std::string("\0ann\0x", 6)) + R"(
        S: 535 5.7.8 Error: authentication failed: Account is disabled.
        C: AUTH PLAIN )" +
                     base64_encode(std::string("\0broken\0x", 9)) + R"(
        S: 454 4.7.0 Temporary authentication failure: (reason unavailable)
        C: AUTH PLAIN )" +
                     base64_encode(std::string("\0odd\0x", 6)) + R"(
        S: 535 5.7.8 Error: authentication failed: Invalid user name
    )") == "");
    CHECK(
        smtpd.logged("warning: localhost[127.0.0.1]: SASL PLAIN authentication failed: (reason unavailable), "
                     "sasl_username=joe"));
    CHECK(
        smtpd.logged("warning: localhost[127.0.0.1]: SASL PLAIN authentication failed: Account is disabled., "
                     "sasl_username=ann"));
}

TEST_CASE("with the auth server down AUTH is put off and mail goes on", "[smtpd][sasl]") {
    fakes::DovecotAuth auth;
    auth.stop();
    SmtpdUnderTest smtpd(with(auth));
    CHECK(smtpd.play(R"(
        S: 220 *
        C: EHLO here
        S: 250 mail.example
        C: AUTH PLAIN )" +
                     right + R"(
        S: 454 4.7.0 Temporary authentication failure: Can't connect to authentication server
        C: MAIL FROM:<a@b.example>
        S: 250 2.1.0 Ok
        C: RCPT TO:<alice@example.com>
        S: 250 2.1.5 Ok
        C= RSET
    )") == "");
    CHECK(smtpd.logged("warning: SASL: Connect to Dovecot auth socket '" + auth.path() +
                       "' failed: No such file or directory"));
    auth.start();
    CHECK(smtpd.play("C: AUTH PLAIN " + right + "\nS: 235 2.7.0 Authentication successful") == "");
}

TEST_CASE("main.cf decides who is offered what", "[smtpd][sasl]") {
    fakes::DovecotAuth auth;
    const auto dialogue = [&](const std::string& more, const std::string& script) {
        SmtpdUnderTest smtpd(with(auth, more));
        return smtpd.play("S: 220 *\nC: EHLO here\n" + script);
    };
    const std::string nothing =
        "S: 250 mail.example\nC: AUTH PLAIN " + right + "\nS: 503 5.5.1 Error: authentication not enabled";
    CHECK(dialogue("smtpd_sasl_auth_enable = no\n", nothing) == "");
    CHECK(dialogue("smtpd_sasl_exceptions_networks = 127.0.0.0/8\n",
                   "S: 250 mail.example\nC: AUTH PLAIN " + right + "\nS: 235 2.7.0 *") == "");
    CHECK(dialogue("smtpd_discard_ehlo_keywords = PIPELINING SIZE VRFY ETRN ENHANCEDSTATUSCODES 8BITMIME DSN "
                   "SMTPUTF8 CHUNKING AUTH silent-discard\n",
                   nothing) == "");
    CHECK(dialogue("smtpd_tls_auth_only = yes\n", "S: 250 mail.example\nC: AUTH PLAIN " + right +
                                                      "\nS: 503 5.5.1 Error: authentication not enabled") ==
          "");
    CHECK(dialogue("broken_sasl_auth_clients = yes\nsmtpd_sasl_mechanism_filter = !cram-md5, static:rest\n",
                   "S: 250-mail.example\nS: 250-AUTH PLAIN LOGIN\nS: 250 AUTH=PLAIN LOGIN\n"
                   "C: AUTH CRAM-MD5\nS: 334 *") == "");
    CHECK(dialogue("smtpd_sasl_security_options = noplaintext\n",
                   "S: 250-mail.example\nS: 250 AUTH CRAM-MD5\nC: AUTH PLAIN " + right +
                       "\nS: 535 5.7.8 *Invalid authentication mechanism") == "");
    CHECK(dialogue("smtpd_helo_required = yes\n",
                   "S: 250-mail.example\nS: 250 AUTH PLAIN LOGIN CRAM-MD5\nC: QUIT\nS: 221 *") == "");
}

TEST_CASE("a login is good for its owner's addresses and its access table", "[smtpd][sasl]") {
    fakes::DovecotAuth auth;
    const std::string log_in =
        hello + "C: AUTH PLAIN " + right + "\nS: 235 *\nC: MAIL FROM:<ann@example.com>\nS: 250 *\n";
    SmtpdUnderTest owners(with(auth,
                               "smtpd_sender_login_maps = inline:{joe@example.com=joe, ann@example.com=ann}\n"
                               "smtpd_sender_restrictions = reject_sender_login_mismatch\n"));
    CHECK(owners.play(log_in +
                      "C: RCPT TO:<alice@example.com>\nS: 553 5.7.1 <ann@example.com>: Sender address "
                      "rejected: not owned by user joe") == "");
    CHECK(owners.logged(
        "NOQUEUE: reject: RCPT from localhost[127.0.0.1]: 553 * helo=<here> sasl_username=<joe>"));
    SmtpdUnderTest access(
        with(auth, "smtpd_recipient_restrictions = check_sasl_access inline:{{joe=REJECT not you}}\n"));
    CHECK(access.play(log_in +
                      "C: RCPT TO:<alice@example.com>\nS: 554 5.7.1 <joe>: SASL login name rejected: "
                      "not you") == "");
}

TEST_CASE("XCLIENT starts again without the login", "[smtpd][sasl]") {
    fakes::DovecotAuth auth;
    SmtpdUnderTest smtpd(with(auth, "smtpd_authorized_xclient_hosts = 127.0.0.1\n"));
    CHECK(smtpd.play(R"(
        S: 220 *
        C: EHLO here
        S: 250-mail.example
        S: 250-AUTH PLAIN LOGIN CRAM-MD5
        S: 250 XCLIENT *
        C: AUTH PLAIN )" +
                     right + R"(
        S: 235 *
        C: XCLIENT ADDR=198.51.100.1 NAME=[UNAVAILABLE]
        S: 220 *
        C: EHLO here
        S: 250-*
        S: 250 AUTH *
        C= MAIL FROM:<a@b.example>
        C: RCPT TO:<x@elsewhere.example>
        S: 454 4.7.1 *Relay access denied
    )") == "");
}
