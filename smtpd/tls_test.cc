// smtpd/tls_test.cc - what an SMTP session says about TLS; handshakes are tested in lib/tls and tests/system.
#include "smtpd/tls.h"

#include <catch2/catch.hpp>

#include "lib/tls/test_certificates.h"
#include "smtpd/smtpd_under_test.h"

using namespace postrider;
using namespace postrider::smtpd;

TEST_CASE("STARTTLS is offered when it is configured, and only then", "[smtpd]") {
    const tls::test::Directory directory;
    const std::string chain = directory.write("a.pem", tls::test::make_identity({}).pem());
    SECTION("off") {
        SmtpdUnderTest smtpd;
        CHECK(smtpd.play("S: 220 *\nC: STARTTLS\nS: 502 5.5.1 Error: command not implemented") == "");
    }
    SECTION("on") {
        SmtpdUnderTest smtpd("smtpd_tls_security_level = may\nsmtpd_tls_chain_files = " + chain);
        CHECK(smtpd.play(R"(
            S: 220 *
            C: EHLO x
            S: 250-mail.example
            S: 250-PIPELINING
            S: 250-SIZE *
            S: 250-VRFY
            S: 250-ETRN
            S: 250-STARTTLS
            S: 250-ENHANCEDSTATUSCODES
            S: 250-8BITMIME
            S: 250-DSN
            S: 250-SMTPUTF8
            S: 250 CHUNKING
            C: STARTTLS now
            S: 501 5.5.4 Syntax: STARTTLS
            C: STARTTLS
            S: 220 2.0.0 Ready to start TLS
        )") == "");
    }
    SECTION("left out of EHLO, it is not taken") {
        SmtpdUnderTest smtpd(
            "smtpd_tls_security_level = may\nsmtpd_discard_ehlo_keywords = starttls\n"
            "smtpd_tls_chain_files = " +
            chain);
        CHECK(smtpd.play("S: 220 *\nC: EHLO x\nS: 250-*\nS: 250-*\nS: 250-*\nS: 250-*\nS: 250-ETRN\n"
                         "S: 250-ENHANCEDSTATUSCODES\nS: 250-*\nS: 250-*\nS: 250-*\nS: 250 *\n"
                         "C: STARTTLS\nS: 502 5.5.1 *") == "");
    }
    SECTION("without keys it is a local problem") {
        SmtpdUnderTest smtpd("smtpd_tls_security_level = may\nsmtpd_tls_chain_files = " + directory.path() +
                             "/none.pem");
        CHECK(smtpd.play("S: 220 *\nC: STARTTLS\nS: 454 4.7.0 TLS not available due to local problem") == "");
        CHECK(smtpd.logged(
            "warning: error opening chain file: *: No such file or directory: disabling TLS support"));
    }
}

TEST_CASE("Commands behind STARTTLS are not used", "[smtpd]") {  // RFC 3207 4
    const tls::test::Directory directory;
    const std::string chain = directory.write("a.pem", tls::test::make_identity({}).pem());
    SmtpdUnderTest smtpd("smtpd_tls_security_level = may\nsmtpd_tls_chain_files = " + chain);
    CHECK(smtpd.play(
              "S: 220 *\nC: EHLO x\nS: 250-*\nS: 250-*\nS: 250-*\nS: 250-*\nS: 250-*\nS: 250-*\nS: 250-*\n"
              "S: 250-*\nS: 250-*\nS: 250-*\nS: 250 *\nC> STARTTLS\\r\\nRSET\\r\\n\n"
              "S: 554 5.5.0 Error: SMTP protocol synchronization") == "");
}

TEST_CASE("A client that speaks no TLS after STARTTLS is sent away", "[smtpd]") {
    const tls::test::Directory directory;
    const std::string chain = directory.write("a.pem", tls::test::make_identity({}).pem());
    SmtpdUnderTest smtpd("smtpd_tls_security_level = may\nsmtpd_tls_chain_files = " + chain);
    CHECK(smtpd.play(
              "S: 220 *\nC: HELO x\nS: 250 *\nC: STARTTLS\nS: 220 *\nC: MAIL FROM:<a@b.example>\nC: QUIT") ==
          "");
    CHECK(smtpd.logged("SSL_accept error from localhost[127.0.0.1]: -1"));
    CHECK(smtpd.logged("warning: TLS library problem: error:*"));
    CHECK(smtpd.logged("lost connection after STARTTLS from localhost[127.0.0.1]"));
}

TEST_CASE("The Received header tells what TLS agreed on", "[smtpd]") {
    tls::Facts facts;
    facts.protocol = "TLSv1.2";
    facts.cipher = "ECDHE-RSA-AES256-GCM-SHA384";
    facts.bits_used = facts.bits_available = 256;
    using Lines = std::vector<std::string>;
    CHECK(received_tls_lines(facts, false) ==
          Lines{"\t(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))",
                "\t(No client certificate requested)"});
    CHECK(received_tls_lines(facts, true)[1] == "\t(Client did not present a certificate)");

    facts.protocol = "TLSv1.3";
    facts.cipher = "TLS_AES_256_GCM_SHA384";
    facts.key_exchange = "X25519";
    facts.server_signature = "RSA-PSS (2048 bits)";
    facts.server_digest = "SHA256";
    facts.client_signature = "Ed25519";
    facts.trust = tls::Trust::untrusted;
    facts.subject = "a (b)";
    facts.issuer = "CA";
    CHECK(received_tls_lines(facts, true) ==
          Lines{"\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
                "\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
                "\t client-signature Ed25519)", "\t(Client CN \"a ?b?\", Issuer \"CA\" (not verified))"});
    facts.trust = tls::Trust::trusted;
    CHECK(received_tls_lines(facts, true).back() == "\t(Client CN \"a ?b?\", Issuer \"CA\" (verified OK))");
}
