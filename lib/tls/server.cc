// lib/tls/server.cc - the server's side of TLS.
#include "lib/tls/server.h"

#include <fmt/core.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/tls/options.h"
#include "lib/tls/server_handshake.h"
#include "lib/tls/ticket_keys.h"

namespace postrider::tls {

namespace {

struct CipherFree {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

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
        set_session_callbacks(made);
    }
    if (has_tickets()) {
        set_ticket_callback(made, &tickets);
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
    set_handshake_callbacks(context_made, find_chain ? ServerNames::some : ServerNames::none);
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
    ServerHandshake pauses(state.keys.get(), state.keeps_sessions() ? state.store : nullptr, state.find_chain,
                           peer, choices, state.options.trace_size_limit);
    pauses.attach(ssl->get());
    if (choices.debug) log::info("{}: TLS cipher list \"{}\"", peer, cipher_list_text(state.options.choices));
    Result<void> done = co_await handshake(stream, std::move(*ssl), Role::server, &pauses);
    if (!done.ok()) co_return Error{done.error()};
    SSL* connection = ssl_of(stream);
    ServerHandshake::detach(connection);
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
