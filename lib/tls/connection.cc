// lib/tls/connection.cc - TLS over a Stream.
#include "lib/tls/connection.h"

#include <fmt/core.h>
#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace postrider::tls {

namespace {

using async::PeerGone;
using async::Transport;

// OpenSSL's way to a descriptor.  Its own socket BIO writes with write(2), and the signal SIGPIPE of a peer
// that has gone would end a program that does not ignore it.
int read_descriptor(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    ssize_t n = 0;
    do {
        n = ::read(static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))), data,
                   static_cast<std::size_t>(size));
    } while (n < 0 && errno == EINTR);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) BIO_set_retry_read(bio);
    return static_cast<int>(n);
}

int write_descriptor(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    ssize_t n = 0;
    do {
        n = ::send(static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))), data,
                   static_cast<std::size_t>(size), MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) BIO_set_retry_write(bio);
    return static_cast<int>(n);
}

long control_descriptor(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* descriptor_method() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "descriptor");
        BIO_meth_set_read(made, read_descriptor);
        BIO_meth_set_write(made, write_descriptor);
        BIO_meth_set_ctrl(made, control_descriptor);
        return made;
    }();
    return method;
}

bool attach_descriptor(SSL* ssl, int fd) {
    BIO* bio = BIO_new(descriptor_method());
    if (bio == nullptr) return false;
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(fd)));
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    return true;
}

// What an operation that did not succeed asks for; the error queue holds only errors of that operation.
// `result` is what it returned, `saved_errno` errno right after it.
int outcome_of(SSL* ssl, int result, int saved_errno) {
    switch (SSL_get_error(ssl, result)) {
        case SSL_ERROR_WANT_READ:
            return Transport::want_read;
        case SSL_ERROR_WANT_WRITE:
            return Transport::want_write;
        case SSL_ERROR_ZERO_RETURN:
            return 0;
        case SSL_ERROR_SYSCALL:
            // No errno: the peer closed without close_notify.  Mail programs do that all the time.
            return saved_errno == 0 ? 0 : Transport::failed;
        default:
            return ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING ? 0
                                                                                          : Transport::failed;
    }
}

class TlsTransport : public Transport {
  public:
    explicit TlsTransport(Ssl ssl) : ssl_(std::move(ssl)) {}
    SSL* ssl() const { return ssl_.get(); }

    int read(void* data, std::size_t size) override {
        ERR_clear_error();
        errno = 0;
        const int n = SSL_read(ssl_.get(), data, clamp(size));
        return n > 0 ? n : finished(n, errno);
    }

    int write(const void* data, std::size_t size) override {
        ERR_clear_error();
        errno = 0;
        const int n = SSL_write(ssl_.get(), data, clamp(size));
        if (n > 0) return n;
        const int outcome = finished(n, errno);
        // For a writer "end of file" means that nobody reads any more.
        return outcome == 0 ? static_cast<int>(Transport::failed) : outcome;
    }

    bool pending() const override { return SSL_pending(ssl_.get()) > 0; }

    void say_goodbye() {
        if (broken_ || SSL_in_init(ssl_.get()) != 0) return;
        ERR_clear_error();
        // One call sends our close_notify; the peer's is not waited for (RFC 8446 6.1).
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }

  private:
    static int clamp(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }
    int finished(int result, int saved_errno) {
        const int outcome = outcome_of(ssl_.get(), result, saved_errno);
        // After a fatal error OpenSSL must not be asked for a shutdown.
        if (outcome == Transport::failed || (SSL_get_shutdown(ssl_.get()) == 0 && outcome == 0))
            broken_ = true;
        ERR_clear_error();
        return outcome;
    }
    Ssl ssl_;
    bool broken_ = false;
};

}  // namespace

void SslFree::operator()(SSL* ssl) const {
    SSL_free(ssl);
}
void ContextFree::operator()(SSL_CTX* context) const {
    SSL_CTX_free(context);
}

std::string take_errors() {
    std::string line;
    const char* file = "";
    const char* function = "";
    const char* data = "";
    int number = 0;
    int flags = 0;
    while (const unsigned long code = ERR_get_error_all(&file, &number, &function, &data, &flags)) {
        char text[256];
        ERR_error_string_n(code, text, sizeof text);
        if (!line.empty()) line += "; ";
        line += fmt::format("{}:{}:{}:", text, file, number);
        if ((flags & ERR_TXT_STRING) != 0 && *data != '\0') line += fmt::format("{}:", data);
    }
    return line;
}

Result<void> read_openssl_config(const std::string& config_file, const std::string& config_name) {
    static bool done = false;
    if (done) return {};
    if (config_file == "none") {
        OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
        done = true;
        return {};
    }
    if (config_file != "default" && !config_file.starts_with('/'))
        return Error{
            fmt::format("non-default tls_config_file = {} is not an absolute pathname", config_file)};
    OPENSSL_INIT_SETTINGS* init = OPENSSL_INIT_new();
    unsigned long flags = CONF_MFLAGS_DEFAULT_SECTION;
    if (config_file != "default") {
        OPENSSL_INIT_set_config_filename(init, config_file.c_str());
    } else {
        flags |= CONF_MFLAGS_IGNORE_MISSING_FILE;
    }
    if (!config_name.empty()) OPENSSL_INIT_set_config_appname(init, config_name.c_str());
    OPENSSL_INIT_set_config_file_flags(init, flags);
    const int ok = OPENSSL_init_ssl(OPENSSL_INIT_LOAD_CONFIG, init);
    OPENSSL_INIT_free(init);
    if (ok != 1) {
        return Error{fmt::format("error loading the '{}' settings from the {} OpenSSL configuration file: {}",
                                 config_name.empty() ? "global" : config_name, config_file, take_errors())};
    }
    done = true;
    return {};
}

Result<Context> make_context(Role role) {
    ERR_clear_error();
    Context context(SSL_CTX_new(role == Role::server ? TLS_server_method() : TLS_client_method()));
    if (!context) return Error{fmt::format("cannot allocate an SSL_CTX: {}", take_errors())};
    SSL_CTX_set_security_level(context.get(), 0);
    // A session that waits for the next command owns no record buffers; a write may be retried from another
    // address, because Stream moves its output.
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                        SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    return context;
}

Result<Ssl> make_ssl(SSL_CTX* context) {
    ERR_clear_error();
    Ssl ssl(SSL_new(context));
    if (!ssl) return Error{fmt::format("cannot allocate an SSL: {}", take_errors())};
    return ssl;
}

async::Task<Result<void>> handshake(async::Stream& stream, Ssl ssl, Role role, Pause* pause) {
    if (!attach_descriptor(ssl.get(), stream.fd())) co_return Error{take_errors()};
    if (role == Role::server) {
        SSL_set_accept_state(ssl.get());
    } else {
        SSL_set_connect_state(ssl.get());
    }
    for (;;) {
        ERR_clear_error();
        errno = 0;
        const int result = SSL_do_handshake(ssl.get());
        const int saved_errno = errno;
        if (result == 1) break;
        const int why = SSL_get_error(ssl.get(), result);
        if (pause != nullptr &&
            (why == SSL_ERROR_WANT_CLIENT_HELLO_CB || why == SSL_ERROR_WANT_X509_LOOKUP)) {
            co_await pause->finish(ssl.get());
            continue;
        }
        const int outcome = outcome_of(ssl.get(), result, saved_errno);
        if (outcome == 0) throw PeerGone(PeerGone::Why::end_of_file);
        if (outcome == Transport::failed) {
            std::string text = take_errors();
            if (text.empty()) throw PeerGone(PeerGone::Why::reset);
            co_return Error{std::move(text)};
        }
        co_await stream.wait_for(outcome);
    }
    stream.set_transport(std::make_unique<TlsTransport>(std::move(ssl)));
    co_return Result<void>();
}

SSL* ssl_of(const async::Stream& stream) {
    const auto* transport = dynamic_cast<const TlsTransport*>(stream.transport());
    return transport == nullptr ? nullptr : transport->ssl();
}

void say_goodbye(async::Stream& stream) {
    if (auto* transport = dynamic_cast<TlsTransport*>(stream.transport())) transport->say_goodbye();
}

}  // namespace postrider::tls
