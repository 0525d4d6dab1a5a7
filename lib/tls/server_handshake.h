// lib/tls/server_handshake.h - one handshake of a server: what OpenSSL's callbacks want to know, and what has
// to be waited for meanwhile.
#pragma once

#include <openssl/types.h>

#include <string>

#include "lib/tls/connection.h"
#include "lib/tls/log_choices.h"
#include "lib/tls/server.h"
#include "lib/tls/session_store.h"
#include "lib/tls/ticket_keys.h"

namespace postrider::tls {

// What one handshake has to wait for, and what it found.
class ServerHandshake : public Pause {
  public:
    // `tickets` and `sessions` may be null; all that is referred to outlives the handshake.
    ServerHandshake(TicketKeys* tickets, SessionStore* sessions, const FindChain& find_chain,
                    const std::string& peer, const LogChoices& choices, std::size_t trace_limit);

    // The callbacks find this object by way of the SSL, from attach() to detach().
    void attach(SSL* ssl);
    static void detach(SSL* ssl);
    async::Task<> finish(SSL* ssl) override;

    // Of the client-hello callback: true when there is nothing to wait for.
    bool see_hello(SSL* ssl);
    // Of the certificate callback, with its results: 1 go on, 0 give up, -1 wait.
    int see_name(SSL* ssl);

    const std::string& peer() const { return peer_; }

    const LogChoices log;
    std::size_t trace_left;               // bytes that may still be dumped
    std::string found_id, found_session;  // from the store
    std::string new_id, new_session;      // for the store
    std::string matched_name;

  private:
    async::Task<> choose_chain(SSL* ssl, std::string name);

    TicketKeys* tickets_;
    SessionStore* sessions_;
    const FindChain& find_chain_;
    const std::string& peer_;
    std::string wanted_key_, wanted_session_, wanted_name_, shown_name_;
    bool hello_seen_ = false;
    bool name_seen_ = false;
    bool name_failed_ = false;
};

// What tickets of a context are made with; outlives the context.
struct TicketContext {
    TicketKeys* keys;
    EVP_CIPHER* cipher;
};

// The callbacks of a context: those of every handshake, with or without names that have certificates of their
// own; ...
enum class ServerNames { none, some };
void set_handshake_callbacks(SSL_CTX* context, ServerNames names);
// ... for sessions that a store keeps ...
void set_session_callbacks(SSL_CTX* context);
// ... and for sessions in tickets.
void set_ticket_callback(SSL_CTX* context, TicketContext* tickets);

// For SSL_CTX_set_verify.  Every certificate is accepted here: how far it can be trusted is for the
// restrictions to weigh.
int on_verify(int ok, X509_STORE_CTX* chain);
// As above; a certificate that was made for a server counts.
int on_verify_lenient(int ok, X509_STORE_CTX* chain);

}  // namespace postrider::tls
