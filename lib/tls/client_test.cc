// lib/tls/client_test.cc - which TLSA records can be used, and the words of log levels.
#include "lib/tls/client.h"

#include <openssl/x509.h>

#include <catch2/catch.hpp>

#include "lib/tls/test_certificates.h"

using namespace postrider::tls;

namespace {

TlsaRecord record(int usage, int selector, int type, std::string data) {
    TlsaRecord made;
    made.usage = static_cast<std::uint8_t>(usage);
    made.selector = static_cast<std::uint8_t>(selector);
    made.matching_type = static_cast<std::uint8_t>(type);
    made.data = std::move(data);
    return made;
}

std::string der_of(X509* certificate) {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

}  // namespace

TEST_CASE("TLSA records of usages 2 and 3 with data of the right kind are usable", "[tls]") {
    const std::string both = "sha512 sha256";
    const std::string short_digest(32, 'x');
    const std::string long_digest(64, 'x');
    for (const int usage : {2, 3})
        for (const int selector : {0, 1}) {
            CHECK(is_usable(record(usage, selector, 1, short_digest), both));
            CHECK(is_usable(record(usage, selector, 2, long_digest), both));
            CHECK_FALSE(is_usable(record(usage, selector, 1, long_digest), both));
            CHECK_FALSE(is_usable(record(usage, selector, 2, short_digest), both));
            CHECK_FALSE(is_usable(record(usage, selector, 3, short_digest), both));
            CHECK_FALSE(is_usable(record(usage, selector, 0, short_digest), both));
        }
    CHECK_FALSE(is_usable(record(0, 1, 1, short_digest), both));
    CHECK_FALSE(is_usable(record(1, 1, 1, short_digest), both));
    CHECK_FALSE(is_usable(record(3, 2, 1, short_digest), both));
    CHECK_FALSE(is_usable(record(3, 1, 1, ""), both));
    CHECK_FALSE(is_usable(record(3, 1, 1, short_digest), "sha512"));
    CHECK(is_usable(record(3, 1, 200, std::string(48, 'x')), "sha512 sha256 sha384=200"));
    CHECK_FALSE(is_usable(record(3, 1, 201, std::string(48, 'x')), "sha512 sha256 sha384=200"));
    const test::Identity identity = test::make_identity({});
    const std::string der = der_of(identity.certificate.get());
    CHECK(is_usable(record(3, 0, 0, der), both));
    CHECK_FALSE(is_usable(record(3, 0, 0, der + "x"), both));
    CHECK_FALSE(is_usable(record(3, 1, 0, der), both));
}

TEST_CASE("log levels are numbers or words", "[tls]") {
    CHECK_FALSE(parse_log_choices("0")->summary);
    CHECK(parse_log_choices("1")->summary);
    CHECK_FALSE(parse_log_choices("1")->verbose);
    CHECK(parse_log_choices("2")->debug);
    CHECK(parse_log_choices("3")->handshake_dump);
    CHECK(parse_log_choices("routine, certmatch")->match);
    CHECK(parse_log_choices("untrusted")->untrusted);
    CHECK_FALSE(parse_log_choices("5"));
    CHECK_FALSE(parse_log_choices("routine, everything"));
}

TEST_CASE("a client context needs keys, digests and authorities that exist", "[tls]") {
    ClientSetup setup;
    CHECK(ClientContext::make(setup));
    setup.fingerprint_digest = "nosuch";
    CHECK(ClientContext::make(setup).error().find("nosuch") != std::string::npos);
    setup = ClientSetup();
    setup.dane_digests = "sha256 nosuch";
    CHECK_FALSE(ClientContext::make(setup));
    setup.dane_digests = "sha512 sha256 sha384=200";
    CHECK(ClientContext::make(setup));
    setup = ClientSetup();
    setup.options = "NO_SUCH_THING";  // is passed over, with a warning
    CHECK(ClientContext::make(setup));
    setup = ClientSetup();
    setup.authorities_file = "/nowhere/ca.pem";
    CHECK_FALSE(ClientContext::make(setup));
}
