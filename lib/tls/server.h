// lib/tls/server.h - the server's side of TLS: one for all sessions of a process.
//
// Made once from plain options, before privileges are dropped; reload() puts new keys in place while sessions
// go on with the old ones.  RFC 3207, RFC 5077 (tickets), RFC 6066 3 (server names).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "lib/tls/certificate.h"
#include "lib/tls/choices.h"
#include "lib/tls/connection.h"
#include "lib/tls/facts.h"
#include "lib/tls/log_choices.h"
#include "lib/tls/session_store.h"

namespace postrider::tls {

enum class ClientCertificate { not_asked, asked, required };

struct ServerOptions {
    KeyFiles keys;
    bool without_certificate = false;  // no keys on purpose: anonymous ciphers only
    std::string ca_file, ca_directory;
    bool append_default_authorities = false;
    bool trust_server_certificates = false;  // certificates made for servers are fine for clients
    Choices choices;
    std::string curves;  // with ffdhe_groups; both "": the library's own choice
    std::string ffdhe_groups;
    std::string dh_file;  // parameters for DHE below TLS 1.3; "": the library's
    ClientCertificate client_certificate = ClientCertificate::not_asked;
    int verify_depth = 9;
    bool prefer_own_order = false;
    std::string disabled_workarounds;
    std::string ssl_options;
    std::chrono::seconds session_lifetime{0};  // 0: nothing is resumed
    bool keeps_sessions = false;               // the store has a database for sessions without tickets
    bool always_issue_session_ids = true;
    std::string ticket_cipher;    // "aes-256-cbc"; "": no tickets
    std::string session_context;  // a session is resumed only where this is the same
    std::string fingerprint_digest = "sha256";
    std::size_t trace_size_limit = 102400;  // bytes of one handshake's messages in the log
};

// What is known of a name that a client asks for.
struct ChainAnswer {
    enum class Found { no, yes, failed };
    Found found = Found::no;
    std::string pem;      // key, certificate and chain
    std::string problem;  // of Found::failed
};
// Asked with the name in lower case; empty: there are no names.
using FindChain = std::function<async::Task<ChainAnswer>(std::string server_name)>;

class Server {
  public:
    // Reads files.  `store` may be null; it and what `find_chain` refers to outlive the server.
    static Result<std::unique_ptr<Server>> make(ServerOptions options, SessionStore* store,
                                                FindChain find_chain);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Reads keys and authorities again; on an error everything stays as it was.
    Result<void> reload();
    // When the first of our certificates ends, epoch seconds; 0 without certificates.
    std::int64_t expiry() const;
    const ServerOptions& options() const;

    // Serves one handshake, by the stream's deadline; `peer` names the client in the log.  The error is a
    // line of OpenSSL's; PeerGone when the client left or was too slow.  Facts::server_name is set only when
    // the name had a chain of its own.
    async::Task<Result<Facts>> accept(async::Stream& stream, std::string peer, LogChoices choices = {});

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Sends our end of TLS and, unless `fast`, waits for the client's, by the stream's deadline.
async::Task<> end_session(async::Stream& stream, bool fast);

}  // namespace postrider::tls
