// lib/tls/tls_test.cc - handshakes over a socket pair, choices, keys, and what certificates say.
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <catch2/catch.hpp>

#include "lib/tls/certificate.h"
#include "lib/tls/choices.h"
#include "lib/tls/connection.h"
#include "lib/tls/test_certificates.h"

using namespace postrider;
using namespace postrider::async;
using namespace postrider::tls;
using namespace std::chrono_literals;

namespace {

// Both ends of one connection.
struct Ends {
    Ends() {
        int fds[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
        server = Stream(Fd(fds[0]));
        client = Stream(Fd(fds[1]));
        server.set_timeout(5s);
        client.set_timeout(5s);
    }
    Stream server{Fd()};
    Stream client{Fd()};
};

struct Outcome {
    std::string server_error, client_error;
    bool server_gone = false, client_gone = false;
};

Task<> shake(Stream& stream, SSL_CTX* context, Role role, std::string& error, bool& gone) {
    Result<Ssl> ssl = make_ssl(context);
    try {
        Result<void> done = co_await handshake(stream, std::move(*ssl), role);
        if (!done.ok()) error = done.error();
    } catch (const PeerGone&) {
        gone = true;
    }
    if (!error.empty()) stream.close();
}

Task<> shake_both(Ends& ends, SSL_CTX* server, SSL_CTX* client, Outcome& outcome) {
    Scope scope("test");
    scope.spawn(shake(ends.server, server, Role::server, outcome.server_error, outcome.server_gone));
    scope.spawn(shake(ends.client, client, Role::client, outcome.client_error, outcome.client_gone));
    co_await scope.join();
}

Context context_of(Role role) {
    Result<Context> made = make_context(role);
    REQUIRE(made.ok());
    return std::move(*made);
}

KeyFiles chain(const std::string& path) {
    KeyFiles files;
    files.chain_files = {path};
    return files;
}

Context server_with(const test::Directory& directory, const test::Identity& identity) {
    Context context = context_of(Role::server);
    const Result<void> loaded =
        load_keys(context.get(), chain(directory.write("server.pem", identity.pem())));
    REQUIRE(loaded.ok());
    return context;
}

CipherLists usual_lists() {
    return {"aNULL:-aNULL:HIGH:@STRENGTH", "aNULL:-aNULL:HIGH:MEDIUM:+RC4:@STRENGTH", "", "", "eNULL:!aNULL"};
}

Choices choices_of(const std::string& protocols) {
    Choices choices;
    choices.protocols = protocols;
    choices.grade = "medium";
    choices.lists = usual_lists();
    return choices;
}

}  // namespace

TEST_CASE("A handshake turns both streams into TLS", "[tls]") {
    test::Directory directory;
    const Context server = server_with(directory, test::make_identity({}));
    const Context client = context_of(Role::client);
    Ends ends;
    Outcome outcome;
    run(shake_both(ends, server.get(), client.get(), outcome));
    REQUIRE(outcome.server_error == "");
    REQUIRE(outcome.client_error == "");
    REQUIRE(ssl_of(ends.server) != nullptr);

    SECTION("lines cross in both directions, in pieces larger than a record, too") {
        const auto talk = [](Ends& both) -> Task<> {
            both.client.put("EHLO there\r\n");
            co_await both.client.flush();
            std::string line = co_await both.server.read_line();
            CHECK(line == "EHLO there");
            Scope scope("test");
            const auto send = [](Stream& from) -> Task<> {
                from.put(std::string(300000, 'x') + "\r\n");
                co_await from.flush();
            };
            scope.spawn(send(both.server));
            line = co_await both.client.read_line();
            CHECK(line == std::string(300000, 'x'));
            co_await scope.join();
        };
        run(talk(ends));
    }
    SECTION("close_notify and a plain close both read as end of file") {
        const bool polite = GENERATE(true, false);
        const auto leave = [](Ends& both, bool goodbye) -> Task<> {
            // The client reads a line first, and with it the session tickets: unread input makes a reset.
            both.server.put("220\r\n");
            co_await both.server.flush();
            std::string line = co_await both.client.read_line();
            CHECK(line == "220");
            if (goodbye) say_goodbye(both.client);
            both.client.close();
            std::string rest = co_await both.server.read_some(100);
            CHECK(rest == "");
        };
        run(leave(ends, polite));
    }
    SECTION("a key update of TLS 1.3 goes unnoticed") {
        const auto talk = [](Ends& both) -> Task<> {
            SSL_key_update(ssl_of(both.client), SSL_KEY_UPDATE_REQUESTED);
            both.client.put("one\r\n");
            co_await both.client.flush();
            std::string line = co_await both.server.read_line();
            CHECK(line == "one");
            both.server.put("two\r\n");
            co_await both.server.flush();
            line = co_await both.client.read_line();
            CHECK(line == "two");
        };
        run(talk(ends));
    }
    SECTION("both sides know what was agreed on") {
        const Facts server_facts = read_facts(ssl_of(ends.server), "sha256");
        const Facts client_facts = read_facts(ssl_of(ends.client), "sha256");
        CHECK(server_facts.summary() == "TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)");
        CHECK(server_facts.details() ==
              " key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256");
        CHECK(client_facts.details() == server_facts.details());
        CHECK(server_facts.trust == Trust::anonymous);
        CHECK(client_facts.trust == Trust::untrusted);
        CHECK(client_facts.subject == "mail.example");
        CHECK(client_facts.verification_error == "self-signed certificate");
    }
}

TEST_CASE("Plaintext that came before the handshake is dropped", "[tls]") {  // RFC 3207 4.2
    test::Directory directory;
    const Context server = server_with(directory, test::make_identity({}));
    const Context client = context_of(Role::client);
    Ends ends;
    const auto inject = [](Ends& both) -> Task<> {
        both.client.put("STARTTLS\r\nMAIL FROM:<>\r\n");
        co_await both.client.flush();
        const std::string line = co_await both.server.read_line();
        CHECK(line == "STARTTLS");
    };
    run(inject(ends));
    CHECK(ends.server.buffered() == "MAIL FROM:<>\r\n");
    Outcome outcome;
    run(shake_both(ends, server.get(), client.get(), outcome));
    CHECK(outcome.server_error == "");
    CHECK(ends.server.buffered() == "");
}

TEST_CASE("A failed handshake is one line, or a peer that is gone", "[tls]") {
    test::Directory directory;
    const Context server = server_with(directory, test::make_identity({}));
    Ends ends;
    std::string error;
    bool gone = false;
    SECTION("garbage") {
        const auto talk = [](Ends& both, SSL_CTX* context, std::string& text, bool& left) -> Task<> {
            both.client.put("EHLO this is not TLS\r\n");
            co_await both.client.flush();
            co_await shake(both.server, context, Role::server, text, left);
        };
        run(talk(ends, server.get(), error, gone));
        CHECK(error.find("error:0A") == 0);
        CHECK(error.find("SSL routines") != std::string::npos);
        CHECK_FALSE(gone);
    }
    SECTION("a client that leaves") {
        ends.client.close();
        run(shake(ends.server, server.get(), Role::server, error, gone));
        CHECK(gone);
    }
    SECTION("a client that says nothing") {
        ends.server.set_timeout(20ms);
        run(shake(ends.server, server.get(), Role::server, error, gone));
        CHECK(gone);
    }
}

TEST_CASE("Protocol lists mean what they meant in main.cf", "[tls]") {
    struct Row {
        const char* server;
        const char* client;
        const char* agreed;  // "" for none
    };
    const Row rows[] = {
        {">=TLSv1", "", "TLSv1.3"},        {"!SSLv2, !SSLv3", ">=TLSv1", "TLSv1.3"},
        {">=TLSv1", "TLSv1.2", "TLSv1.2"}, {"<=TLSv1.2", "", "TLSv1.2"},
        {"!TLSv1.3", "", "TLSv1.2"},       {"tlsv1.2:TLSv1.3", "!TLSv1.3", "TLSv1.2"},
        {">=TLSv1.3", "TLSv1.2", ""},      {">=0304", "", "TLSv1.3"},
        {">=TLSv1.2", "TLSv1.1", ""},      {"TLSv1", ">=TLSv1", "TLSv1"},
    };
    test::Directory directory;
    for (const Row& row : rows) {
        CAPTURE(row.server, row.client);
        const Context server = server_with(directory, test::make_identity({}));
        const Context client = context_of(Role::client);
        REQUIRE(apply_choices(server.get(), choices_of(row.server)).ok());
        REQUIRE(apply_choices(client.get(), choices_of(row.client)).ok());
        Ends ends;
        Outcome outcome;
        run(shake_both(ends, server.get(), client.get(), outcome));
        const SSL* ssl = ssl_of(ends.server);
        CHECK((ssl == nullptr ? "" : SSL_get_version(ssl)) == std::string(row.agreed));
    }
}

TEST_CASE("A word that is no protocol, grade or cipher is named", "[tls]") {
    const Context context = context_of(Role::server);
    CHECK(apply_choices(context.get(), choices_of("!SSLv4")).error() ==
          "Invalid TLS protocol list \"!SSLv4\"");
    CHECK(apply_choices(context.get(), choices_of(">=newest")).error() ==
          "Invalid TLS protocol list \">=newest\"");
    Choices choices = choices_of("");
    choices.grade = "best";
    CHECK(apply_choices(context.get(), choices).error() == "invalid cipher grade: \"best\"");
    choices = choices_of("");
    choices.exclude = "MD5, !aNULL";
    CHECK(apply_choices(context.get(), choices).error() ==
          "invalid unary '!+-@' in cipher exclusion: !aNULL");
}

TEST_CASE("Excluded ciphers are not agreed on", "[tls]") {
    test::Directory directory;
    const Context server = server_with(directory, test::make_identity({}));
    const Context client = context_of(Role::client);
    Choices choices = choices_of("TLSv1.2");
    const char* expected = "ECDHE-ECDSA-AES256-GCM-SHA384";
    SECTION("without exclusion") {}
    SECTION("with one") {
        choices.exclude = "AES256";
        expected = "ECDHE-ECDSA-CHACHA20-POLY1305";
    }
    REQUIRE(apply_choices(server.get(), choices).ok());
    Ends ends;
    Outcome outcome;
    run(shake_both(ends, server.get(), client.get(), outcome));
    CHECK(outcome.server_error == "");
    CHECK(read_facts(ssl_of(ends.client), "sha256").cipher == expected);
}

TEST_CASE("Groups the library does not know are passed over", "[tls]") {
    test::Directory directory;
    const Context server = server_with(directory, test::make_identity({}));
    const Context client = context_of(Role::client);
    CHECK(apply_groups(server.get(), "frobnicate prime256v1", "ffdhe2048 nonsense").ok());
    CHECK(apply_groups(client.get(), "prime256v1", "").ok());
    CHECK(apply_groups(context_of(Role::server).get(), "frobnicate", "ffdhe2048").ok());
    Ends ends;
    Outcome outcome;
    run(shake_both(ends, server.get(), client.get(), outcome));
    CHECK(read_facts(ssl_of(ends.server), "sha256").key_exchange == "ECDHE (prime256v1)");
}

TEST_CASE("Keys and certificates are checked before the context changes", "[tls]") {
    test::Directory directory;
    const test::Identity authority = test::make_identity({.name = "Test CA", .authority = true});
    const test::Identity first = test::make_identity({.rsa = true}, &authority);
    const test::Identity second = test::make_identity({.name = "other.example"}, &authority);
    const Context context = context_of(Role::server);

    SECTION("a chain file with two keys") {
        const std::string path = directory.write("chain.pem", first.pem() + authority.certificate_pem() +
                                                                  second.pem() + authority.certificate_pem());
        CHECK(load_keys(context.get(), chain(path)).ok());
        SSL_CTX_set_current_cert(context.get(), SSL_CERT_SET_FIRST);
        STACK_OF(X509)* above = nullptr;
        SSL_CTX_get0_chain_certs(context.get(), &above);
        CHECK(sk_X509_num(above) == 1);
        const std::int64_t in_a_day = std::time(nullptr) + 24 * 3600;
        CHECK(std::abs(earliest_expiry(context.get()) - in_a_day) < 60);
    }
    SECTION("pairs, the key in the same file or its own") {
        KeyFiles files;
        files.pairs = {{directory.write("cert.pem", first.certificate_pem()),
                        directory.write("key.pem", first.key_pem())},
                       {"", ""},
                       {directory.write("both.pem", second.pem()), ""}};
        CHECK(load_keys(context.get(), files).ok());
    }
    SECTION("what is wrong is named") {
        const std::string cert = directory.write("cert.pem", first.certificate_pem());
        const std::string key = directory.write("key.pem", second.key_pem());
        KeyFiles files;
        files.pairs = {{cert, key}};
        const std::string error = load_keys(context.get(), files).error();
        CHECK(error.starts_with("cannot get RSA private key from file \"" + key + "\": error:"));
        CHECK(error.find("mismatch", error.find(": error:")) != std::string::npos);
        const Result<void> missing = load_keys(context.get(), chain(directory.path() + "/none.pem"));
        CHECK(missing.error().find("none.pem: ") != std::string::npos);
        CHECK(missing.error().find("No such file") != std::string::npos);
        CHECK_FALSE(load_keys(context.get(), chain(directory.write("empty.pem", "nothing\n"))).ok());
        CHECK_FALSE(load_keys(context.get(), chain(cert)).ok());
        CHECK_FALSE(load_keys(context.get(), chain(directory.write("k.pem", first.key_pem()))).ok());
        CHECK_FALSE(load_keys(context.get(),
                              chain(directory.write("mix.pem", first.key_pem() + second.certificate_pem())))
                        .ok());
        CHECK_FALSE(
            load_keys(context.get(), chain(directory.write("cut.pem", first.pem().substr(0, 1500)))).ok());
        CHECK(SSL_CTX_get0_certificate(context.get()) == nullptr);
    }
}

TEST_CASE("A client certificate is told apart by who vouches for it", "[tls]") {
    test::Directory directory;
    const test::Identity authority = test::make_identity({.name = "Test CA", .authority = true});
    const test::Identity stranger =
        test::make_identity({.name = "", .authority = true, .organisation = "Strangers"});
    const bool known = GENERATE(true, false);
    const test::Identity mine =
        test::make_identity({.name = "client.example"}, known ? &authority : &stranger);

    const Context server = server_with(directory, test::make_identity({}));
    REQUIRE(load_authorities(server.get(), directory.write("ca.pem", authority.certificate_pem()), "", false)
                .ok());
    SSL_CTX_set_verify(server.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    SSL_CTX_set_session_id_context(server.get(), reinterpret_cast<const unsigned char*>("x"), 1);
    const Context client = context_of(Role::client);
    REQUIRE(load_keys(client.get(), chain(directory.write("client.pem", mine.pem()))).ok());
    Ends ends;
    Outcome outcome;
    run(shake_both(ends, server.get(), client.get(), outcome));
    REQUIRE(outcome.server_error == "");
    const Facts facts = read_facts(ssl_of(ends.server), "sha256");
    CHECK(facts.subject == "client.example");
    CHECK(facts.client_signature == "ECDSA (prime256v1)");
    CHECK(facts.fingerprint == fingerprint_of(mine.certificate.get(), "sha256"));
    CHECK(facts.key_fingerprint == key_fingerprint_of(mine.certificate.get(), "sha256"));
    CHECK(facts.fingerprint.size() == 32 * 3 - 1);
    CHECK(facts.fingerprint != facts.key_fingerprint);
    if (known) {
        CHECK(facts.trust == Trust::trusted);
        CHECK(facts.issuer == "Test CA");
        CHECK(facts.verification_error == "");
    } else {
        CHECK(facts.trust == Trust::untrusted);
        CHECK(facts.issuer == "Strangers");
        CHECK(facts.verification_error == "untrusted issuer /O=Strangers");
    }
}

TEST_CASE("Authorities that cannot be read are an error", "[tls]") {
    const Context context = context_of(Role::client);
    CHECK(load_authorities(context.get(), "", "", true).ok());
    const Result<void> loaded = load_authorities(context.get(), "/nonexistent/ca.pem", "", false);
    CHECK(loaded.error().find("CAfile=\"/nonexistent/ca.pem\"") != std::string::npos);
}

TEST_CASE("Digests that the library lacks are known beforehand", "[tls]") {
    CHECK(is_digest("sha256"));
    CHECK(is_digest("md5"));
    CHECK_FALSE(is_digest("sha257"));
}
