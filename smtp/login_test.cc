// smtp/login_test.cc - logins at scripted servers.
#include "smtp/login.h"

#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "lib/base/scratch_directory.h"
#include "smtp/test_support.h"
#include "tests/fakes/scripted_server.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

const std::string basic =
    "smtp_sasl_auth_enable = yes\nsmtp_sasl_security_options = noanonymous\n"
    "smtp_sasl_password_maps = inline:{mx.test=joe:secret}\n";

// What comes of opening sessions with mx.test, each with its script.
struct Opening {
    explicit Opening(std::string parameters, Protocol protocol = Protocol::smtp)
        : settings(test_settings(parameters)), options(protocol, settings), policy(options, settings) {}

    // The failure, "" when the session is ready for mail.
    std::string open(const std::string& script, Protection protection = Protection::none) {
        fakes::ScriptedServer server("S: 220 mx.test ESMTP\n" + script);
        async::run(converse(&server, protection));
        problem = server.problem();
        return failure ? failure->status + " " + failure->reason : "";
    }

    Task<> converse(fakes::ScriptedServer* server, Protection protection) {
        async::Scope scope("server");
        {
            Peer peer;
            peer.host = "mx.test";
            peer.address = *SocketAddress::from_ip("192.0.2.1", 25);
            async::Stream stream(server->start(scope));
            Session session(std::move(stream), peer, options);
            Occasion occasion;
            occasion.queue_id = "ABC";
            failure = co_await session.open(occasion);
            Destination destination;
            destination.text = "b.test";
            LoginChoice login = co_await policy.choose(destination, "mx.test", "me@a.test");
            if (!failure) {
                std::optional<Failure> refused =
                    co_await policy.log_in(session, login.credentials, protection);
                failure = std::move(refused);
            }
            reusable = session.is_reusable();
            co_await session.close();
        }
        co_await scope.join();
    }

    Settings settings;
    Options options;
    LoginPolicy policy;
    std::optional<Failure> failure;
    std::string problem;
    bool reusable = false;
};

std::string offers(const std::string& mechanisms) {
    return "C: EHLO *\nS: 250-mx.test\nS: 250 AUTH " + mechanisms + "\n";
}
// "\0joe\0secret"
const std::string plain = "C: AUTH PLAIN AGpvZQBzZWNyZXQ=\n";

std::string chosen_user(const std::string& parameters, const std::string& sender,
                        Protocol protocol = Protocol::smtp) {
    Settings settings = test_settings(parameters);
    Options options(protocol, settings);
    LoginPolicy policy(options, settings);
    Destination destination;
    destination.text = "[mx.test]:587";
    const LoginChoice choice = async::run(policy.choose(destination, "mx.test", sender));
    if (choice.failure) return choice.failure->reason;
    return choice.credentials ? choice.credentials->user + "/" + choice.credentials->password : "none";
}

}  // namespace

TEST_CASE("the client logs in where it has a name and the server offers it", "[smtp][sasl]") {  // RFC 4954 4
    Opening opening(basic);
    CHECK(opening.open(offers("PLAIN") + plain + "S: 235 2.7.0 welcome\nC: QUIT") == "");
    CHECK(opening.problem == "");
    CHECK(opening.reusable);
    // A server without AUTH gets the mail all the same.
    CHECK(opening.open("C: EHLO *\nS: 250 mx.test\nC: QUIT") == "");
    CHECK(opening.problem == "");
}

TEST_CASE("challenges are answered", "[smtp][sasl]") {
    Opening opening(basic + "smtp_sasl_mechanism_filter = login, cram-md5\n");
    CHECK(opening.open(offers("PLAIN LOGIN") +
                       "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: am9l\nS: 334 UGFzc3dvcmQ6\nC: c2VjcmV0\n"
                       "S: 235 ok\nC: QUIT") == "");
    CHECK(opening.problem == "");
    // RFC 2195: the digest of "<1.2@mx.test>" with the key "secret".
    CHECK(opening.open(offers("CRAM-MD5") +
                       "C: AUTH CRAM-MD5\nS: 334 PDEuMkBteC50ZXN0Pg==\n"
                       "C: am9lIDIxMzFlMjllNzFlM2Y4ZWNlMDE4YjBlNGI3ODEwMTIz\nS: 235 ok\nC: QUIT") == "");
    CHECK(opening.problem == "");
}

TEST_CASE("a refused login defers the mail, or returns it if main.cf says so", "[smtp][sasl]") {
    const std::string script = offers("PLAIN") + plain + "S: 535 5.7.8 who are you\nC: QUIT";
    Opening soft(basic);
    CHECK(soft.open(script) ==
          "4.7.8 SASL authentication failed; server mx.test[192.0.2.1] said: 535 5.7.8 who are you");
    CHECK(soft.failure->remote_mta == "mx.test");
    CHECK_FALSE(soft.reusable);
    Opening hard(basic + "smtp_sasl_auth_soft_bounce = no\n");
    CHECK(hard.open(script).starts_with("5.7.8 SASL authentication failed; server"));
}

TEST_CASE("without a mechanism that both sides know the mail waits", "[smtp][sasl]") {
    Opening opening(basic);
    CHECK(opening.open(offers("X-NOTHING") + "C: QUIT") ==
          "4.7.0 SASL authentication failed; cannot authenticate to server mx.test[192.0.2.1]: no mechanism "
          "available");
    Opening filtered(basic + "smtp_sasl_mechanism_filter = cram-md5\n");
    CHECK(filtered.open(offers("PLAIN") + "C: QUIT") ==
          "4.7.0 SASL authentication failed: server mx.test[192.0.2.1] offered no compatible authentication "
          "mechanisms for this type of connection security");
}

TEST_CASE("passwords cross only connections that main.cf finds good enough", "[smtp][sasl]") {
    const std::string parameters =
        "smtp_sasl_auth_enable = yes\nsmtp_sasl_password_maps = inline:{mx.test=joe:secret}\n"
        "smtp_sasl_tls_verified_security_options = noanonymous\n";
    const std::string login = offers("PLAIN") + plain + "S: 235 ok\nC: QUIT";
    Opening opening(parameters);
    for (const Protection weak : {Protection::none, Protection::encrypted})
        CHECK(opening.open(offers("PLAIN") + "C: QUIT", weak).ends_with("no mechanism available"));
    CHECK(opening.open(login, Protection::verified) == "");
}

TEST_CASE("servers that talk nonsense while we log in are left", "[smtp][sasl]") {
    Opening opening(basic + "smtp_sasl_mechanism_filter = login\n");
    CHECK(
        opening.open(offers("LOGIN") + "C: AUTH LOGIN\nS: 334 !!!\nC: *\nS: 501 ok\nC: QUIT") ==
        "4.7.0 SASL authentication failed; cannot authenticate to server mx.test[192.0.2.1]: malformed SASL "
        "challenge from server");
    CHECK(opening.problem == "");
    CHECK(opening.open(offers("LOGIN") + "C: AUTH LOGIN\nCUT") ==
          "4.4.2 lost connection with mx.test[192.0.2.1] while performing the EHLO handshake");
}

TEST_CASE("a long initial response waits for an empty challenge", "[smtp][sasl]") {  // RFC 4954 4
    const std::string password(400, 'x');
    Opening opening(
        "smtp_sasl_auth_enable = yes\nsmtp_sasl_security_options =\n"
        "smtp_sasl_password_maps = inline:{mx.test=joe:" +
        password + "}\n");
    CHECK(opening.open(offers("PLAIN") + "C: AUTH PLAIN\nS: 334 \nC: AGpvZQB4eHh4*\nS: 235 ok\nC: QUIT") ==
          "");
    CHECK(opening.problem == "");
    CHECK(
        opening.open(offers("PLAIN") + "C: AUTH PLAIN\nS: 334 eHg=\nC: *\nS: 501 ok\nC: QUIT") ==
        "4.7.0 SASL authentication failed; non-empty initial PLAIN challenge from server mx.test[192.0.2.1]: "
        "334 eHg=");
}

TEST_CASE("a refused login is remembered until the password changes or time goes by", "[smtp][sasl]") {
    Opening opening(basic + "smtp_sasl_auth_cache_name = proxy:btree:/var/lib/x\n");
    const std::string refused = offers("PLAIN") + plain + "S: 535 5.7.8 no\nC: QUIT";
    CHECK(opening.open(refused).starts_with("4.7.8 SASL authentication failed; server"));
    CHECK(opening.open(offers("PLAIN") + "C: QUIT") ==
          "4.7.8 SASL [CACHED] authentication failed; server mx.test said: 535 5.7.8 no");
    CHECK(opening.problem == "");

    using namespace std::chrono_literals;
    LoginCache cache(10s);
    const async::Deadline now = async::Clock::now();
    cache.remember("mx", "joe", "old", {"5.7.8", "535 no"}, now);
    CHECK(cache.find("mx", "joe", "old", now + 9s)->text == "535 no");
    CHECK_FALSE(cache.find("mx", "ann", "old", now));
    CHECK_FALSE(cache.find("mx", "joe", "new", now));
    CHECK_FALSE(cache.find("mx", "joe", "old", now));  // forgotten with the new password
    cache.remember("mx", "joe", "old", {"5.7.8", "535 no"}, now);
    CHECK_FALSE(cache.find("mx", "joe", "old", now + 10s));
    for (int i = 0; i < 1500; ++i) cache.remember("mx", std::to_string(i), "x", {"5.7.8", "no"}, now);
    CHECK(cache.size() == 1000);
}

TEST_CASE("the sender's login comes first, then the host's, then the next hop's", "[smtp][sasl]") {
    const std::string on = "smtp_sasl_auth_enable = yes\n";
    const std::string all =
        "smtp_sasl_password_maps = inline:{me@a.test=s:1, mx.test=h:2, [mx.test]:587=n:3}\n";
    CHECK(chosen_user(on + all, "me@a.test") == "h/2");
    const std::string by_sender = on + "smtp_sender_dependent_authentication = yes\n";
    CHECK(chosen_user(by_sender + all, "me@a.test") == "s/1");
    CHECK(chosen_user(by_sender + all, "other@a.test") == "h/2");
    CHECK(chosen_user(by_sender + all, "") == "h/2");
    CHECK(chosen_user(on + "smtp_sasl_password_maps = inline:{[mx.test]:587=n:a:b}\n", "") == "n/a:b");
    CHECK(chosen_user(on + "smtp_sasl_password_result_delimiter = |\n"
                           "smtp_sasl_password_maps = inline:{mx.test=a:b|c}\n",
                      "") == "a:b/c");
    CHECK(chosen_user(on + "smtp_sasl_password_maps = inline:{x.test=a:b}\n", "") == "none");
    CHECK(chosen_user("smtp_sasl_password_maps = inline:{mx.test=a:b}\n", "") == "none");
    // LMTP has parameters of its own.
    CHECK(chosen_user(by_sender + all, "me@a.test", Protocol::lmtp) == "none");
}

TEST_CASE("a token from a file or a program logs in where servers take one", "[smtp][sasl]") {  // RFC 7628
    const ScratchDirectory scratch;
    const std::string& directory = scratch.path();
    std::ofstream(directory + "/joe") << "t0ken\nmore\n";
    std::ofstream(directory + "/program") << "#!/bin/sh\necho \"for-$1-$2\"\n";
    std::filesystem::permissions(directory + "/program", std::filesystem::perms::owner_all);
    const std::string from = basic + "smtp_sasl_oauth_token_source = ";
    {
        Opening opening(from + "file:" + directory + "/$user\n");
        // n,a=joe,^Ahost=mx.test^Aauth=Bearer t0ken^A^A
        CHECK(opening.open(offers("PLAIN OAUTHBEARER XOAUTH2") +
                           "C: AUTH OAUTHBEARER bixhPWpvZSwBaG9zdD1teC50ZXN0AWF1dGg9QmVhcmVyIHQwa2VuAQE=\n"
                           "S: 235 ok\nC: QUIT") == "");
        CHECK(opening.problem == "");
        // Why it is refused comes first; the server wants to hear that this was heard.
        CHECK(opening
                  .open(offers("OAUTHBEARER") +
                        "C: AUTH OAUTHBEARER *\nS: 334 e30=\nC: AQ==\nS: 535 5.7.8 old\nC: QUIT")
                  .ends_with("said: 535 5.7.8 old"));
        CHECK(opening.problem == "");
        // Others get the password, as ever.
        CHECK(opening.open(offers("PLAIN") + plain + "S: 235 ok\nC: QUIT") == "");
    }
    {
        Opening opening(from + "command:" + directory + "/program $user $server\n");
        // user=joe^Aauth=Bearer for-joe-mx.test^A^A
        CHECK(
            opening.open(
                offers("XOAUTH2") +
                "C: AUTH XOAUTH2 dXNlcj1qb2UBYXV0aD1CZWFyZXIgZm9yLWpvZS1teC50ZXN0AQE=\nS: 235 ok\nC: QUIT") ==
            "");
        CHECK(opening.problem == "");
    }
    {
        Opening opening(from + "file:" + directory + "/nothing\n");
        CHECK(opening.open(offers("XOAUTH2") + "C: QUIT")
                  .starts_with("4.7.0 SASL authentication failed; cannot authenticate to server "
                               "mx.test[192.0.2.1]: no token for joe: "));
    }
    // A token is worth a password.
    Opening careful(from + "file:" + directory + "/$user\nsmtp_sasl_security_options = noplaintext\n");
    CHECK(careful.open(offers("XOAUTH2") + "C: QUIT").ends_with("no mechanism available"));
    CHECK_FALSE(TokenSource::parse("/some/file"));
    CHECK_FALSE(TokenSource::parse("file:relative"));
    CHECK_FALSE(TokenSource::parse("command:"));
}
