// lib/tls/server_test.cc - the server's side: names, tickets, sessions, renewed keys, client certificates.
#include "lib/tls/server.h"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <ctime>
#include <map>

#include "lib/tls/test_certificates.h"

using namespace postrider;
using namespace postrider::async;
using namespace postrider::tls;
using namespace std::chrono_literals;

namespace {

// A store in memory, as all processes of a machine would share it.
class FakeStore : public SessionStore {
  public:
    FakeStore() { turn(); }
    Task<std::optional<std::string>> find(std::string id) override {
        ++lookups;
        const auto at = sessions.find(id);
        if (at == sessions.end()) co_return std::nullopt;
        co_return at->second;
    }
    Task<> save(std::string id, std::string session) override {
        sessions[id] = session;
        co_return;
    }
    Task<> remove(std::string id) override {
        sessions.erase(id);
        co_return;
    }
    Task<std::optional<TicketKey>> current_key() override {
        ++asked_current;
        // A store that takes its time: the handshake has to wait for it.
        co_await sleep_for(1ms);
        if (down) co_return std::nullopt;
        co_return keys.back();
    }
    Task<std::optional<TicketKey>> key_named(std::string name) override {
        ++asked_named;
        co_await sleep_for(1ms);
        for (const TicketKey& key : keys)
            if (std::string(key.name.begin(), key.name.end()) == name) co_return key;
        co_return std::nullopt;
    }
    // A new current key.
    void turn() {
        TicketKey key;
        key.name.fill(static_cast<unsigned char>('a' + keys.size()));
        key.encryption.fill(static_cast<unsigned char>(1 + keys.size()));
        key.authentication.fill(static_cast<unsigned char>(101 + keys.size()));
        key.expires = std::time(nullptr) + 1000;
        keys.push_back(key);
    }
    std::vector<TicketKey> keys;
    std::map<std::string, std::string> sessions;
    bool down = false;
    int lookups = 0, asked_current = 0, asked_named = 0;
};

struct SessionFree {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Session = std::unique_ptr<SSL_SESSION, SessionFree>;
Session last_session;

Context client_context() {
    Result<Context> made = make_context(Role::client);
    REQUIRE(made.ok());
    SSL_CTX_set_session_cache_mode(made->get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(made->get(), [](SSL*, SSL_SESSION* session) {
        // A copy: the session itself is spoilt when its connection ends without a goodbye.
        last_session.reset(SSL_SESSION_dup(session));
        return 0;
    });
    return std::move(*made);
}

struct Meeting {
    Facts facts;
    std::string error;         // of the server
    std::string client_error;  // of the client
    std::string shown;         // CommonName of the certificate that the client saw
};

Task<> serve(Server& server, Stream& stream, Meeting& meeting) {
    try {
        Result<Facts> facts = co_await server.accept(stream, "client.example[192.0.2.1]");
        if (facts.ok()) {
            meeting.facts = *facts;
            // A line, so that the client reads the tickets that came before it.
            stream.put("220\r\n");
            co_await stream.flush();
        } else {
            meeting.error = facts.error();
        }
    } catch (const PeerGone& gone) {
        meeting.error = gone.what();
    }
    if (!meeting.error.empty()) stream.close();
}

Task<> call(Stream& stream, Ssl ssl, Meeting& meeting) {
    try {
        Result<void> done = co_await handshake(stream, std::move(ssl), Role::client);
        if (!done.ok()) {
            meeting.client_error = done.error();
            co_return;
        }
        const std::string line = co_await stream.read_line();
        meeting.shown = read_facts(ssl_of(stream), "sha256").subject;
    } catch (const PeerGone& gone) {
        meeting.client_error = gone.what();
    }
}

Meeting meet(Server& server, SSL_CTX* client, const char* name = nullptr, SSL_SESSION* resume = nullptr) {
    int fds[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
    Stream here{Fd(fds[0])};
    Stream there{Fd(fds[1])};
    here.set_timeout(5s);
    there.set_timeout(5s);
    Result<Ssl> ssl = make_ssl(client);
    if (name != nullptr) SSL_set_tlsext_host_name(ssl->get(), name);
    if (resume != nullptr) SSL_set_session(ssl->get(), resume);
    Meeting meeting;
    const auto both = [](Server& with, Stream& a, Stream& b, Ssl& made, Meeting& result) -> Task<> {
        Scope scope("test");
        scope.spawn(serve(with, a, result));
        scope.spawn(call(b, std::move(made), result));
        co_await scope.join();
    };
    run(both(server, here, there, *ssl, meeting));
    return meeting;
}

ServerOptions usual(const std::string& chain_file) {
    ServerOptions options;
    options.keys.chain_files = {chain_file};
    options.choices.protocols = ">=TLSv1";
    options.choices.grade = "medium";
    options.choices.lists = {"HIGH", "aNULL:-aNULL:HIGH:MEDIUM:@STRENGTH", "", "", "eNULL"};
    options.ticket_cipher = "aes-256-cbc";
    options.session_context = "test";
    options.session_lifetime = 3600s;
    return options;
}

std::unique_ptr<Server> make_server(ServerOptions options, SessionStore* store, FindChain find = {}) {
    Result<std::unique_ptr<Server>> made = Server::make(std::move(options), store, std::move(find));
    if (!made.ok()) FAIL(made.error());
    return std::move(*made);
}

}  // namespace

TEST_CASE("Tickets resume a session, in another process too", "[tls]") {
    test::Directory directory;
    const std::string chain = directory.write("a.pem", test::make_identity({}).pem());
    FakeStore store;
    const auto first = make_server(usual(chain), &store);
    const auto second = make_server(usual(chain), &store);
    const Context client = client_context();
    const char* version = GENERATE("TLSv1.2", "TLSv1.3");
    SSL_CTX_set_max_proto_version(client.get(),
                                  version == std::string("TLSv1.2") ? TLS1_2_VERSION : TLS1_3_VERSION);

    const Meeting full = meet(*first, client.get());
    REQUIRE(full.error == "");
    CHECK(full.facts.protocol == version);
    CHECK_FALSE(full.facts.resumed);
    REQUIRE(last_session);
    SECTION("by the same key") {
        const Meeting again = meet(*second, client.get(), nullptr, last_session.get());
        CHECK(again.error == "");
        CHECK(again.facts.resumed);
        CHECK(store.asked_current == 2);
    }
    SECTION("by a key that the other process has to ask for") {
        store.turn();
        const Meeting again = meet(*second, client.get(), nullptr, last_session.get());
        CHECK(again.facts.resumed);
        CHECK(store.asked_named == 1);
    }
    SECTION("not by a key that is forgotten, and nobody asks for it twice") {
        store.keys.clear();
        store.turn();
        store.keys[0].name.fill('z');
        const Session kept(SSL_SESSION_dup(last_session.get()));
        for (int i = 0; i < 2; ++i) {
            const Session shown(SSL_SESSION_dup(kept.get()));
            const Meeting again = meet(*second, client.get(), nullptr, shown.get());
            CHECK(again.error == "");
            CHECK_FALSE(again.facts.resumed);
        }
        CHECK(store.asked_named == 1);
    }
    SECTION("not under other terms") {
        ServerOptions other = usual(chain);
        other.session_context = "other";
        const auto third = make_server(other, &store);
        const Meeting again = meet(*third, client.get(), nullptr, last_session.get());
        CHECK(again.error == "");
        CHECK_FALSE(again.facts.resumed);
    }
    last_session.reset();
}

TEST_CASE("Without anybody who keeps keys TLS works, without tickets", "[tls]") {
    test::Directory directory;
    const std::string chain = directory.write("a.pem", test::make_identity({}).pem());
    FakeStore store;
    store.down = true;
    const bool has_store = GENERATE(true, false);
    const auto server = make_server(usual(chain), has_store ? &store : nullptr);
    const Context client = client_context();
    last_session.reset();
    for (int i = 0; i < 2; ++i) {
        const Meeting meeting = meet(*server, client.get());
        CHECK(meeting.error == "");
        CHECK(meeting.client_error == "");
    }
    CHECK_FALSE(last_session);
    // It is not asked with every handshake.
    CHECK(store.asked_current == (has_store ? 1 : 0));
}

TEST_CASE("A client without tickets is known by its session's name", "[tls]") {
    test::Directory directory;
    const std::string chain = directory.write("a.pem", test::make_identity({}).pem());
    FakeStore store;
    ServerOptions options = usual(chain);
    options.keeps_sessions = true;
    const auto first = make_server(options, &store);
    const auto second = make_server(options, &store);
    const Context client = client_context();
    SSL_CTX_set_max_proto_version(client.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(client.get(), SSL_OP_NO_TICKET);
    const Meeting full = meet(*first, client.get());
    CHECK(full.error == "");
    REQUIRE(store.sessions.size() == 1);
    const Meeting again = meet(*second, client.get(), nullptr, last_session.get());
    CHECK(again.facts.resumed);
    CHECK(store.lookups == 1);
    store.sessions.clear();
    const Meeting third = meet(*second, client.get(), nullptr, last_session.get());
    CHECK(third.error == "");
    CHECK_FALSE(third.facts.resumed);
    last_session.reset();
}

TEST_CASE("The name a client asks for chooses the certificate", "[tls]") {
    test::Directory directory;
    const std::string chain = directory.write("a.pem", test::make_identity({.rsa = true}).pem());
    const std::string other = test::make_identity({.name = "two.example"}).pem();
    std::vector<std::string> asked;
    const FindChain find = [&](std::string name) -> Task<ChainAnswer> {
        asked.push_back(name);
        return [](std::string wanted, std::string pem) -> Task<ChainAnswer> {
            // A table that answers later.
            co_await sleep_for(1ms);
            ChainAnswer answer;
            if (wanted == "two.example") {
                answer.found = ChainAnswer::Found::yes;
                answer.pem = pem;
            } else if (wanted == "broken.example") {
                answer.found = ChainAnswer::Found::yes;
                answer.pem = "nonsense";
            } else if (wanted == "down.example") {
                answer.found = ChainAnswer::Found::failed;
                answer.problem = "table is down";
            }
            co_return answer;
        }(name, other);
    };
    const auto server = make_server(usual(chain), nullptr, find);
    const Context client = client_context();
    const Meeting named = meet(*server, client.get(), "Two.Example");
    CHECK(named.shown == "two.example");
    CHECK(named.facts.server_name == "Two.Example");  // as the client wrote it
    CHECK(named.facts.server_signature == "ECDSA (prime256v1)");
    const Meeting unknown = meet(*server, client.get(), "three.example");
    CHECK(unknown.shown == "mail.example");
    CHECK(unknown.facts.server_name == "");
    const Meeting silent = meet(*server, client.get());
    CHECK(silent.shown == "mail.example");
    CHECK(asked == std::vector<std::string>{"two.example", "three.example"});
    CHECK(meet(*server, client.get(), "broken.example").error != "");
    CHECK(meet(*server, client.get(), "down.example").error != "");
    CHECK(meet(*server, client.get(), "bad..name").shown == "mail.example");
}

TEST_CASE("Renewed keys are used, bad ones are not", "[tls]") {
    test::Directory directory;
    const std::string chain = directory.write("a.pem", test::make_identity({.name = "old.example"}).pem());
    const auto server = make_server(usual(chain), nullptr);
    const Context client = client_context();
    CHECK(meet(*server, client.get()).shown == "old.example");
    directory.write("a.pem", test::make_identity({.name = "new.example", .ends_in = 7200}).pem());
    CHECK(meet(*server, client.get()).shown == "old.example");
    REQUIRE(server->reload().ok());
    CHECK(meet(*server, client.get()).shown == "new.example");
    CHECK(std::abs(server->expiry() - std::time(nullptr) - 7200) < 60);
    directory.write("a.pem", "half a file");
    CHECK_FALSE(server->reload().ok());
    CHECK(meet(*server, client.get()).shown == "new.example");
}

TEST_CASE("A certificate can be demanded", "[tls]") {
    test::Directory directory;
    const test::Identity authority = test::make_identity({.name = "CA", .authority = true});
    ServerOptions options = usual(directory.write("a.pem", test::make_identity({}).pem()));
    options.ca_file = directory.write("ca.pem", authority.certificate_pem());
    options.client_certificate = ClientCertificate::required;
    const auto server = make_server(options, nullptr);
    const Context bare = client_context();
    CHECK(meet(*server, bare.get()).error.find("peer did not return a certificate") != std::string::npos);
    const Context client = client_context();
    KeyFiles mine;
    mine.chain_files = {directory.write("c.pem", test::make_identity({.name = "me"}, &authority).pem())};
    REQUIRE(load_keys(client.get(), mine).ok());
    const Meeting meeting = meet(*server, client.get());
    CHECK(meeting.error == "");
    CHECK(meeting.facts.trust == Trust::trusted);
    CHECK(meeting.facts.subject == "me");
}

TEST_CASE("Anonymous ciphers do without a certificate", "[tls]") {
    ServerOptions options = usual("");
    options.keys = {};
    options.without_certificate = true;
    const auto server = make_server(options, nullptr);
    const Context client = client_context();
    SSL_CTX_set_cipher_list(client.get(), "aNULL");
    const Meeting meeting = meet(*server, client.get());
    CHECK(meeting.error == "");
    CHECK(meeting.facts.protocol == "TLSv1.2");
    CHECK(meeting.shown == "");
}

TEST_CASE("Options that make no sense are named", "[tls]") {
    test::Directory directory;
    const ServerOptions good = usual(directory.write("a.pem", test::make_identity({}).pem()));
    FakeStore store;
    const auto error_of = [&store](const ServerOptions& options) {
        const Result<std::unique_ptr<Server>> made = Server::make(options, &store, {});
        return made.ok() ? std::string() : made.error();
    };
    CHECK(error_of(good) == "");
    ServerOptions bad = good;
    bad.ticket_cipher = "aes-256-gcm";
    CHECK(error_of(bad) == "");  // there are no tickets then
    bad = good;
    bad.fingerprint_digest = "sha0";
    CHECK(error_of(bad) == "Digest algorithm \"sha0\" not found");
    bad = good;
    bad.ssl_options = "NO_SUCH_THING";
    CHECK(error_of(bad) == "");
}
