// lib/sasl/dovecot_protocol_test.cc - lines of Dovecot's authentication protocol.
#include "lib/sasl/dovecot_protocol.h"

#include <catch2/catch.hpp>

#include "lib/sasl/security.h"

using namespace postrider;
using namespace postrider::sasl;
using Kind = DovecotLine::Kind;

TEST_CASE("lines of the greeting are understood", "[sasl]") {
    const auto version = parse_dovecot_line("VERSION\t1\t2");
    REQUIRE(version);
    CHECK(version->kind == Kind::version);
    CHECK(version->major == 1);
    CHECK(version->minor == 2);
    const auto mechanism = parse_dovecot_line("MECH\tcram-md5\tdictionary\tactive\tnew-word");
    REQUIRE(mechanism);
    CHECK(mechanism->mechanism == "CRAM-MD5");
    CHECK(mechanism->properties == (property::dictionary | property::active));
    CHECK(parse_dovecot_line("DONE")->kind == Kind::done);
    CHECK(parse_dovecot_line("COOKIE\tabc")->kind == Kind::other);
    CHECK(parse_dovecot_line("")->kind == Kind::other);
    CHECK_FALSE(parse_dovecot_line("VERSION"));
    CHECK_FALSE(parse_dovecot_line("VERSION\tone"));
}

TEST_CASE("answers are understood, and nonsense is not trusted", "[sasl]") {
    const auto ok = parse_dovecot_line("OK\t7\tuser=a\001tb\torig=x");
    REQUIRE(ok);
    CHECK(ok->id == 7);
    CHECK(ok->user == "a\tb");
    CHECK_FALSE(ok->malformed);
    CHECK(parse_dovecot_line("OK\t7")->malformed);
    CHECK(parse_dovecot_line("OK\t7\tuser=")->malformed);

    const auto fail = parse_dovecot_line("FAIL\t4294967295\tuser=joe\treason=no such\ttemp");
    REQUIRE(fail);
    CHECK(fail->id == 4294967295U);
    CHECK(fail->user == "joe");
    CHECK(fail->reason == "no such");
    CHECK(fail->temporary);
    CHECK(parse_dovecot_line("FAIL\t1\tcode=temp_fail")->temporary);
    CHECK_FALSE(parse_dovecot_line("FAIL\t1\tauthz")->temporary);

    CHECK(parse_dovecot_line("CONT\t3\teHg=")->challenge == "eHg=");
    CHECK(parse_dovecot_line("CONT\t3\t")->challenge == "");
    CHECK_FALSE(parse_dovecot_line("CONT\t3")->malformed);
    CHECK(parse_dovecot_line("CONT\t3\t***")->malformed);

    for (const char* line : {"OK", "OK\t", "OK\tx\tuser=a", "FAIL\t-1", "CONT\t4294967296\teHg="}) {
        INFO(line);
        CHECK_FALSE(parse_dovecot_line(line));
    }
}

TEST_CASE("mechanisms meet the demands on security, or not", "[sasl]") {
    struct Row {
        unsigned properties;
        const char* demands;
        bool meets;
    };
    const Row rows[] = {
        {property::plaintext, "", true},
        {property::plaintext, "noplaintext", false},
        {property::plaintext, "noanonymous, noactive, nodictionary", true},
        {property::anonymous, "noanonymous", false},
        {property::dictionary | property::active, "noplaintext", true},
        {property::dictionary | property::active, "nodictionary", false},
        {property::dictionary | property::active, "noactive", false},
        {0, "forward_secrecy", false},
        {property::forward_secrecy, "forward_secrecy", true},
        {0, "mutual_auth", false},
        {property::mutual_auth, "MUTUAL_AUTH", true},
        {property::is_private, "", false},
    };
    for (const Row& row : rows) {
        INFO(row.properties << " " << row.demands);
        CHECK(meets(row.properties, *parse_security_options(row.demands)) == row.meets);
    }
    CHECK(parse_security_options("noanonymous, nonsense").error() ==
          "unknown SASL security option \"nonsense\"");
}

TEST_CASE("requests carry what they should, and nothing can be smuggled into them", "[sasl]") {
    DovecotRequest request;
    request.id = 5;
    request.mechanism = "PLAIN";
    request.service = "smtp";
    request.local_address = "192.0.2.1";
    request.remote_address = "2001:db8::1";
    CHECK(dovecot_auth(request) == "AUTH\t5\tPLAIN\tservice=smtp\tnologin\tlip=192.0.2.1\trip=2001:db8::1\n");
    request.encrypted = true;
    request.initial = "";
    CHECK(dovecot_auth(request) ==
          "AUTH\t5\tPLAIN\tservice=smtp\tnologin\tlip=192.0.2.1\trip=2001:db8::1\tsecured\tresp=\n");
    request.mechanism = "PLAIN\tservice=x\nAUTH";
    request.initial = "eHg";
    CHECK(dovecot_auth(request) ==
          "AUTH\t5\tPLAIN\001tservice=x\001nAUTH\tservice=smtp\tnologin\tlip=192.0.2.1\trip=2001:db8::"
          "1\tsecured"
          "\tresp=eHg\n");
    CHECK(dovecot_continue(5, "eHg=") == "CONT\t5\teHg=\n");
    CHECK(dovecot_greeting(42) == "VERSION\t1\t0\nCPID\t42\n");
}
