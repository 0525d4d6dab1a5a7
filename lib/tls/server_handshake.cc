// lib/tls/server_handshake.cc - one handshake of a server.
#include "lib/tls/server_handshake.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstring>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tls/trace.h"

namespace postrider::tls {

namespace {

constexpr std::size_t key_name_size = 16;

// A letter-digit-hyphen name, RFC 6066 3.
bool is_server_name(std::string_view name) {
    if (name.empty() || name.size() > 255) return false;
    for (const std::string_view label : split(name, '.')) {
        if (label.empty() || label.size() > 63) return false;
        for (const char c : label)
            if (!is_alnum(c) && c != '-' && c != '_') return false;
    }
    return true;
}

std::string_view bytes_of(const unsigned char* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

std::string_view extension_of(SSL* ssl, unsigned type) {
    const unsigned char* data = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, type, &data, &size) != 1) return {};
    return bytes_of(data, size);
}

// RFC 8446 4.2.1: a list of two-byte versions after one byte of length.
bool offers_tls13(SSL* ssl) {
    const std::string_view versions = extension_of(ssl, TLSEXT_TYPE_supported_versions);
    for (std::size_t i = 1; i + 1 < versions.size(); i += 2)
        if (versions[i] == 3 && versions[i + 1] == 4) return true;
    return false;
}

// The name of the key that the client's ticket was made with; "" without ticket.  RFC 5077 4: it comes first.
std::string ticket_key_name(SSL* ssl) {
    std::string_view ticket = extension_of(ssl, TLSEXT_TYPE_session_ticket);
    // RFC 8446 4.2.11: length of all identities, length of the first, the first.
    if (ticket.empty()) {
        const std::string_view offered = extension_of(ssl, TLSEXT_TYPE_psk);
        if (offered.size() > 4) ticket = offered.substr(4);
    }
    return ticket.size() < key_name_size ? std::string() : std::string(ticket.substr(0, key_name_size));
}

// Where an SSL keeps its ServerHandshake, as long as that lasts.
int handshake_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}
ServerHandshake* handshake_of(SSL* ssl) {
    return static_cast<ServerHandshake*>(SSL_get_ex_data(ssl, handshake_index()));
}

int on_hello(SSL* ssl, int*, void*) {
    ServerHandshake* handshake = handshake_of(ssl);
    return handshake == nullptr || handshake->see_hello(ssl) ? SSL_CLIENT_HELLO_SUCCESS
                                                             : SSL_CLIENT_HELLO_RETRY;
}

int on_certificate(SSL* ssl, void*) {
    ServerHandshake* handshake = handshake_of(ssl);
    return handshake == nullptr ? 1 : handshake->see_name(ssl);
}

int on_name(SSL*, int*, void*) {
    return SSL_TLSEXT_ERR_OK;
}

SSL_SESSION* on_session_wanted(SSL* ssl, const unsigned char* id, int size, int* copy) {
    *copy = 0;
    const ServerHandshake* handshake = handshake_of(ssl);
    if (handshake == nullptr || handshake->found_session.empty()) return nullptr;
    if (hex_encode(bytes_of(id, static_cast<std::size_t>(size))) != handshake->found_id) return nullptr;
    const auto* at = reinterpret_cast<const unsigned char*>(handshake->found_session.data());
    return d2i_SSL_SESSION(nullptr, &at, static_cast<long>(handshake->found_session.size()));
}

int on_new_session(SSL* ssl, SSL_SESSION* session) {
    ServerHandshake* handshake = handshake_of(ssl);
    if (handshake == nullptr || SSL_version(ssl) >= TLS1_3_VERSION) return 0;
    unsigned size = 0;
    const unsigned char* id = SSL_SESSION_get_id(session, &size);
    unsigned char* der = nullptr;
    const int length = i2d_SSL_SESSION(session, &der);
    if (size == 0 || length <= 0) return 0;
    handshake->new_id = hex_encode(bytes_of(id, size));
    handshake->new_session = std::string(bytes_of(der, static_cast<std::size_t>(length)));
    OPENSSL_free(der);
    return 0;  // we keep no reference
}

void on_step(const SSL* ssl, int where, int result) {
    const ServerHandshake* handshake = handshake_of(const_cast<SSL*>(ssl));
    if (handshake != nullptr && handshake->log.debug) log_step(ssl, where, result);
}

void on_message(int written, int, int type, const void* data, std::size_t size, SSL* ssl, void*) {
    if (ServerHandshake* handshake = handshake_of(ssl))
        log_message(written != 0, type, data, size, &handshake->trace_left);
}

void log_verification(int ok, X509_STORE_CTX* chain) {
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const ServerHandshake* handshake = ssl == nullptr ? nullptr : handshake_of(ssl);
    if (handshake != nullptr && handshake->log.verbose) log_certificate(handshake->peer(), ok, chain);
}

int ticket_context_index() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

// RFC 5077 4.  For new tickets: 1 done, 0 no ticket; for old ones: 1 good, 2 good but to be renewed, 0
// unknown.
int on_ticket(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac,
              int encrypt) {
    const auto* tickets =
        static_cast<TicketContext*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), ticket_context_index()));
    if (tickets == nullptr) return 0;
    const TicketKey* current = tickets->keys->current();
    const TicketKey* key = encrypt == 1 ? current : tickets->keys->find(bytes_of(name, key_name_size));
    if (key == nullptr) return 0;
    const ServerHandshake* handshake = handshake_of(ssl);
    if (handshake != nullptr && handshake->log.wants_cache())
        log::info("{}: {} session ticket, key expiration: {}", handshake->peer(),
                  encrypt == 1 ? "Issuing" : "Decrypting", key->expires);
    if (encrypt == 1) {
        std::memcpy(name, key->name.data(), key_name_size);
        if (RAND_bytes(iv, EVP_CIPHER_get_iv_length(tickets->cipher)) != 1) return 0;
    }
    char digest[] = "SHA256";
    unsigned char secret[32];
    std::memcpy(secret, key->authentication.data(), sizeof secret);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, secret, sizeof secret),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    if (EVP_MAC_CTX_set_params(mac, parameters) != 1) return -1;
    if (EVP_CipherInit_ex2(cipher, tickets->cipher, key->encryption.data(), iv, encrypt, nullptr) != 1)
        return -1;
    return encrypt == 1 || key == current ? 1 : 2;
}

}  // namespace

ServerHandshake::ServerHandshake(TicketKeys* tickets, SessionStore* sessions, const FindChain& find_chain,
                                 const std::string& peer, const LogChoices& choices, std::size_t trace_limit)
    : log(choices),
      trace_left(trace_limit),
      tickets_(tickets),
      sessions_(sessions),
      find_chain_(find_chain),
      peer_(peer) {}

void ServerHandshake::attach(SSL* ssl) {
    SSL_set_ex_data(ssl, handshake_index(), this);
    if (log.handshake_dump) SSL_set_msg_callback(ssl, on_message);
}

void ServerHandshake::detach(SSL* ssl) {
    SSL_set_ex_data(ssl, handshake_index(), nullptr);
    SSL_set_msg_callback(ssl, nullptr);
}

async::Task<> ServerHandshake::finish(SSL* ssl) {
    if (!wanted_key_.empty()) {
        std::string name = std::move(wanted_key_);
        wanted_key_.clear();
        co_await tickets_->fetch(std::move(name));
    }
    if (!wanted_session_.empty()) {
        std::string id = wanted_session_;
        wanted_session_.clear();
        std::optional<std::string> found = co_await sessions_->find(id);
        if (found) {
            found_id = std::move(id);
            found_session = std::move(*found);
        }
    }
    if (!wanted_name_.empty()) {
        std::string name = std::move(wanted_name_);
        wanted_name_.clear();
        co_await choose_chain(ssl, std::move(name));
    }
}

bool ServerHandshake::see_hello(SSL* ssl) {
    if (hello_seen_) return true;
    hello_seen_ = true;
    if (tickets_ != nullptr) {
        std::string name = ticket_key_name(ssl);
        if (!name.empty() && tickets_->find(name) == nullptr) wanted_key_ = std::move(name);
    }
    if (sessions_ != nullptr && !offers_tls13(ssl) && extension_of(ssl, TLSEXT_TYPE_session_ticket).empty()) {
        const unsigned char* id = nullptr;
        const std::size_t size = SSL_client_hello_get0_session_id(ssl, &id);
        if (size > 0) wanted_session_ = hex_encode(bytes_of(id, size));
    }
    return wanted_key_.empty() && wanted_session_.empty();
}

int ServerHandshake::see_name(SSL* ssl) {
    if (name_seen_) return name_failed_ ? 0 : 1;
    name_seen_ = true;
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!find_chain_ || name == nullptr || *name == '\0') return 1;
    if (!is_server_name(name)) {
        log::warning("TLS SNI from {} is invalid: {}", peer_, printable(name, '?', true));
        return 1;
    }
    wanted_name_ = lower(name);
    shown_name_ = name;
    return -1;
}

async::Task<> ServerHandshake::choose_chain(SSL* ssl, std::string name) {
    std::string asked = name;
    const ChainAnswer answer = co_await find_chain_(std::move(asked));
    if (answer.found == ChainAnswer::Found::failed) {
        log::warning("TLS SNI {} from {}: {}", name, peer_, answer.problem);
        name_failed_ = true;
    } else if (answer.found == ChainAnswer::Found::no) {
        log::info("TLS SNI {} from {} not matched, using default chain", name, peer_);
    } else {
        const Result<void> loaded = use_chain(ssl, answer.pem);
        name_failed_ = !loaded.ok();
        if (loaded.ok())
            matched_name = std::move(shown_name_);
        else
            log::warning(
                "error loading private keys and certificates from: SNI data for {}: {}: aborting TLS "
                "handshake",
                name, loaded.error());
    }
}

void set_handshake_callbacks(SSL_CTX* context, ServerNames names) {
    SSL_CTX_set_client_hello_cb(context, on_hello, nullptr);
    SSL_CTX_set_info_callback(context, on_step);
    if (names == ServerNames::none) return;
    SSL_CTX_set_tlsext_servername_callback(context, on_name);
    SSL_CTX_set_cert_cb(context, on_certificate, nullptr);
}

void set_session_callbacks(SSL_CTX* context) {
    SSL_CTX_sess_set_get_cb(context, on_session_wanted);
    SSL_CTX_sess_set_new_cb(context, on_new_session);
}

void set_ticket_callback(SSL_CTX* context, TicketContext* tickets) {
    SSL_CTX_set_ex_data(context, ticket_context_index(), tickets);
    SSL_CTX_set_tlsext_ticket_key_evp_cb(context, on_ticket);
}

int on_verify(int ok, X509_STORE_CTX* chain) {
    log_verification(ok, chain);
    return 1;
}

int on_verify_lenient(int ok, X509_STORE_CTX* chain) {
    log_verification(ok, chain);
    if (ok == 0 && X509_STORE_CTX_get_error(chain) == X509_V_ERR_INVALID_PURPOSE) {
        X509* certificate = X509_STORE_CTX_get_current_cert(chain);
        const bool leaf = X509_STORE_CTX_get_error_depth(chain) == 0;
        if (certificate != nullptr &&
            X509_check_purpose(certificate, X509_PURPOSE_SSL_SERVER, leaf ? 0 : 1) == 1)
            X509_STORE_CTX_set_error(chain, X509_V_OK);
    }
    return 1;
}

}  // namespace postrider::tls
