// lib/tls/server.cc - the server's side of TLS.
#include "lib/tls/server.h"

#include <fmt/core.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tls/options.h"
#include "lib/tls/ticket_keys.h"
#include "lib/tls/trace.h"

namespace postrider::tls {

namespace {

constexpr std::size_t key_name_size = 16;

struct SessionFree {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Session = std::unique_ptr<SSL_SESSION, SessionFree>;
struct CipherFree {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

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

// What one handshake has to wait for, and what it found.
class Handshake : public Pause {
  public:
    Handshake(TicketKeys* tickets, SessionStore* sessions, const FindChain& find_chain,
              const std::string& peer, const LogChoices& choices, std::size_t trace_limit)
        : log(choices),
          trace_left(trace_limit),
          tickets_(tickets),
          sessions_(sessions),
          find_chain_(find_chain),
          peer_(peer) {}

    async::Task<> finish(SSL* ssl) override {
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

    // Of the client-hello callback: true when there is nothing to wait for.
    bool see_hello(SSL* ssl) {
        if (hello_seen_) return true;
        hello_seen_ = true;
        if (tickets_ != nullptr) {
            std::string name = ticket_key_name(ssl);
            if (!name.empty() && tickets_->find(name) == nullptr) wanted_key_ = std::move(name);
        }
        if (sessions_ != nullptr && !offers_tls13(ssl) &&
            extension_of(ssl, TLSEXT_TYPE_session_ticket).empty()) {
            const unsigned char* id = nullptr;
            const std::size_t size = SSL_client_hello_get0_session_id(ssl, &id);
            if (size > 0) wanted_session_ = hex_encode(bytes_of(id, size));
        }
        return wanted_key_.empty() && wanted_session_.empty();
    }

    // Of the certificate callback, with its results: 1 go on, 0 give up, -1 wait.
    int see_name(SSL* ssl) {
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

    const std::string& peer() const { return peer_; }

    const LogChoices log;
    std::size_t trace_left;               // bytes that may still be dumped
    std::string found_id, found_session;  // from the store
    std::string new_id, new_session;      // for the store
    std::string matched_name;

  private:
    async::Task<> choose_chain(SSL* ssl, std::string name) {
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

    TicketKeys* tickets_;
    SessionStore* sessions_;
    const FindChain& find_chain_;
    const std::string& peer_;
    std::string wanted_key_, wanted_session_, wanted_name_, shown_name_;
    bool hello_seen_ = false;
    bool name_seen_ = false;
    bool name_failed_ = false;
};

// Where an SSL keeps its Handshake, as long as that lasts.
int handshake_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}
Handshake* handshake_of(SSL* ssl) {
    return static_cast<Handshake*>(SSL_get_ex_data(ssl, handshake_index()));
}

int on_hello(SSL* ssl, int*, void*) {
    Handshake* handshake = handshake_of(ssl);
    return handshake == nullptr || handshake->see_hello(ssl) ? SSL_CLIENT_HELLO_SUCCESS
                                                             : SSL_CLIENT_HELLO_RETRY;
}

int on_certificate(SSL* ssl, void*) {
    Handshake* handshake = handshake_of(ssl);
    return handshake == nullptr ? 1 : handshake->see_name(ssl);
}

int on_name(SSL*, int*, void*) {
    return SSL_TLSEXT_ERR_OK;
}

SSL_SESSION* on_session_wanted(SSL* ssl, const unsigned char* id, int size, int* copy) {
    *copy = 0;
    const Handshake* handshake = handshake_of(ssl);
    if (handshake == nullptr || handshake->found_session.empty()) return nullptr;
    if (hex_encode(bytes_of(id, static_cast<std::size_t>(size))) != handshake->found_id) return nullptr;
    const auto* at = reinterpret_cast<const unsigned char*>(handshake->found_session.data());
    return d2i_SSL_SESSION(nullptr, &at, static_cast<long>(handshake->found_session.size()));
}

int on_new_session(SSL* ssl, SSL_SESSION* session) {
    Handshake* handshake = handshake_of(ssl);
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
    const Handshake* handshake = handshake_of(const_cast<SSL*>(ssl));
    if (handshake != nullptr && handshake->log.debug) log_step(ssl, where, result);
}

void on_message(int written, int, int type, const void* data, std::size_t size, SSL* ssl, void*) {
    if (Handshake* handshake = handshake_of(ssl))
        log_message(written != 0, type, data, size, &handshake->trace_left);
}

void log_verification(int ok, X509_STORE_CTX* chain) {
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const Handshake* handshake = ssl == nullptr ? nullptr : handshake_of(ssl);
    if (handshake != nullptr && handshake->log.verbose) log_certificate(handshake->peer(), ok, chain);
}

// Every certificate is accepted here: how far it can be trusted is for the restrictions to weigh.
int on_verify(int ok, X509_STORE_CTX* chain) {
    log_verification(ok, chain);
    return 1;
}

// As above; a certificate that was made for a server counts.
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

struct TicketContext {
    TicketKeys* keys;
    EVP_CIPHER* cipher;
};

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
    const Handshake* handshake = handshake_of(ssl);
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

Result<void> load_dh(SSL_CTX* context, const std::string& file) {
    if (file.empty() || file == "auto" || file == "none") {
        SSL_CTX_set_dh_auto(context, 1);
        return {};
    }
    errno = 0;
    BIO* in = BIO_new_file(file.c_str(), "r");
    if (in == nullptr) {
        log::warning("error opening DH parameter file \"{}\": {} -- using compiled-in defaults", file,
                     errno_text());
        ERR_clear_error();
        SSL_CTX_set_dh_auto(context, 1);
        return {};
    }
    EVP_PKEY* parameters = PEM_read_bio_Parameters(in, nullptr);
    BIO_free(in);
    if (parameters == nullptr || SSL_CTX_set0_tmp_dh_pkey(context, parameters) != 1) {
        EVP_PKEY_free(parameters);
        SSL_CTX_set_dh_auto(context, 1);
        // Not worth losing TLS for: the library's own parameters are better than any file's.
        log::warning("cannot load DH parameters from file {}: {} -- using compiled-in defaults", file,
                     take_errors());
    }
    return {};
}

}  // namespace

struct Server::State {
    ServerOptions options;
    SessionStore* store = nullptr;
    FindChain find_chain;
    Context context;
    std::unique_ptr<TicketKeys> keys;
    std::unique_ptr<EVP_CIPHER, CipherFree> ticket_cipher;
    TicketContext tickets{};

    bool has_tickets() const { return keys != nullptr; }
    bool keeps_sessions() const {
        return store != nullptr && options.keeps_sessions && options.session_lifetime.count() > 0;
    }
    void prepare_tickets();
    Result<Context> make_context();
    Result<void> load_files(SSL_CTX* made) const;
    void set_verification(SSL_CTX* made) const;
    void set_resumption(SSL_CTX* made);
};

void Server::State::prepare_tickets() {
    if (store == nullptr || options.session_lifetime.count() <= 0 || options.ticket_cipher.empty()) return;
    ticket_cipher.reset(EVP_CIPHER_fetch(nullptr, options.ticket_cipher.c_str(), nullptr));
    TicketKey sample;
    const bool fits =
        ticket_cipher != nullptr && EVP_CIPHER_get_mode(ticket_cipher.get()) == EVP_CIPH_CBC_MODE &&
        static_cast<std::size_t>(EVP_CIPHER_get_key_length(ticket_cipher.get())) <= sample.encryption.size();
    ERR_clear_error();
    if (!fits) {
        // Not worth losing TLS for.
        log::warning("tls_session_ticket_cipher: invalid value: {}; session tickets disabled",
                     options.ticket_cipher);
        ticket_cipher.reset();
        return;
    }
    keys = std::make_unique<TicketKeys>(*store);
    tickets = {keys.get(), ticket_cipher.get()};
}

Result<void> Server::State::load_files(SSL_CTX* made) const {
    Result<void> done = load_keys(made, options.keys);
    if (!done.ok()) return done;
    done = load_authorities(made, options.ca_file, options.ca_directory, options.append_default_authorities);
    if (!done.ok()) return done;
    if (options.client_certificate != ClientCertificate::not_asked && !options.ca_file.empty()) {
        // Tells clients whose certificates are welcome.
        STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(options.ca_file.c_str());
        if (names != nullptr) SSL_CTX_set_client_CA_list(made, names);
        ERR_clear_error();
    }
    return load_dh(made, options.dh_file);
}

void Server::State::set_verification(SSL_CTX* made) const {
    int mode = SSL_VERIFY_NONE;
    if (options.client_certificate == ClientCertificate::asked)
        mode = SSL_VERIFY_PEER | SSL_VERIFY_CLIENT_ONCE;
    if (options.client_certificate == ClientCertificate::required)
        mode = SSL_VERIFY_PEER | SSL_VERIFY_CLIENT_ONCE | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    SSL_CTX_set_verify(made, mode, options.trust_server_certificates ? on_verify_lenient : on_verify);
    SSL_CTX_set_verify_depth(made, options.verify_depth);
}

void Server::State::set_resumption(SSL_CTX* made) {
    // What was agreed on under other terms must not be taken up under these: the context is a digest of them.
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(options.session_context.data(), options.session_context.size(), sum, &size, EVP_sha256(),
               nullptr);
    SSL_CTX_set_session_id_context(made, sum, std::min(size, 32U));
    if (options.session_lifetime.count() > 0)
        SSL_CTX_set_timeout(made, static_cast<long>(options.session_lifetime.count()));
    if (keeps_sessions() || options.always_issue_session_ids)
        SSL_CTX_set_session_cache_mode(
            made, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL | SSL_SESS_CACHE_NO_AUTO_CLEAR);
    if (keeps_sessions()) {
        SSL_CTX_sess_set_get_cb(made, on_session_wanted);
        SSL_CTX_sess_set_new_cb(made, on_new_session);
    }
    if (has_tickets()) {
        SSL_CTX_set_ex_data(made, ticket_context_index(), &tickets);
        SSL_CTX_set_tlsext_ticket_key_evp_cb(made, on_ticket);
        SSL_CTX_set_num_tickets(made, 1);
    } else {
        SSL_CTX_set_options(made, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(made, 0);
    }
}

Result<Context> Server::State::make_context() {
    Result<Context> made = tls::make_context(Role::server);
    if (!made) return made;
    SSL_CTX* context_made = made->get();
    apply_options(context_made, options.disabled_workarounds, options.ssl_options);
    Result<void> done = apply_choices(context_made, options.choices);
    if (done.ok()) done = apply_groups(context_made, options.curves, options.ffdhe_groups);
    if (done.ok()) done = load_files(context_made);
    if (!done.ok()) return Error{done.error()};
    if (options.prefer_own_order) SSL_CTX_set_options(context_made, SSL_OP_CIPHER_SERVER_PREFERENCE);
    // TLS 1.3 knows no anonymous ciphers.
    if (options.without_certificate) SSL_CTX_set_options(context_made, SSL_OP_NO_TLSv1_3);
    set_verification(context_made);
    set_resumption(context_made);
    SSL_CTX_set_client_hello_cb(context_made, on_hello, nullptr);
    SSL_CTX_set_info_callback(context_made, on_step);
    if (find_chain) {
        SSL_CTX_set_tlsext_servername_callback(context_made, on_name);
        SSL_CTX_set_cert_cb(context_made, on_certificate, nullptr);
    }
    return made;
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::make(ServerOptions options, SessionStore* store,
                                             FindChain find_chain) {
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    state->store = store;
    state->find_chain = std::move(find_chain);
    if (!is_digest(state->options.fingerprint_digest))
        return Error{fmt::format("Digest algorithm \"{}\" not found", state->options.fingerprint_digest)};
    state->prepare_tickets();
    Result<Context> context = state->make_context();
    if (!context) return Error{context.error()};
    state->context = std::move(*context);
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Result<void> Server::reload() {
    Result<Context> context = state_->make_context();
    if (!context) return Error{context.error()};
    // Connections hold on to the context they were made from.
    state_->context = std::move(*context);
    return {};
}

std::int64_t Server::expiry() const {
    return earliest_expiry(state_->context.get());
}

const ServerOptions& Server::options() const {
    return state_->options;
}

async::Task<Result<Facts>> Server::accept(async::Stream& stream, std::string peer, LogChoices choices) {
    State& state = *state_;
    if (state.has_tickets()) co_await state.keys->refresh();
    Result<Ssl> ssl = make_ssl(state.context.get());
    if (!ssl) co_return Error{ssl.error()};
    if (state.has_tickets() && state.keys->current() == nullptr) {
        SSL_set_options(ssl->get(), SSL_OP_NO_TICKET);
        SSL_set_num_tickets(ssl->get(), 0);
    }
    Handshake pauses(state.keys.get(), state.keeps_sessions() ? state.store : nullptr, state.find_chain, peer,
                     choices, state.options.trace_size_limit);
    SSL_set_ex_data(ssl->get(), handshake_index(), &pauses);
    if (choices.handshake_dump) SSL_set_msg_callback(ssl->get(), on_message);
    if (choices.debug) log::info("{}: TLS cipher list \"{}\"", peer, cipher_list_text(state.options.choices));
    Result<void> done = co_await handshake(stream, std::move(*ssl), Role::server, &pauses);
    if (!done.ok()) co_return Error{done.error()};
    SSL* connection = ssl_of(stream);
    SSL_set_ex_data(connection, handshake_index(), nullptr);
    SSL_set_msg_callback(connection, nullptr);
    Facts facts = read_facts(connection, state.options.fingerprint_digest);
    facts.server_name = pauses.matched_name;
    facts.by_ticket = facts.resumed && pauses.found_session.empty();
    if (!pauses.new_session.empty())
        co_await state.store->save(std::move(pauses.new_id), std::move(pauses.new_session));
    co_return facts;
}

async::Task<> end_session(async::Stream& stream, bool fast) {
    if (ssl_of(stream) == nullptr) co_return;
    say_goodbye(stream);
    if (fast) co_return;
    try {
        for (;;) {
            const std::string rest = co_await stream.read_some(4096);
            if (rest.empty()) break;
        }
    } catch (const async::PeerGone&) {
        // Gone all the same.
    }
}

}  // namespace postrider::tls
