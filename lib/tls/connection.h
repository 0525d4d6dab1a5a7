// lib/tls/connection.h - TLS over a Stream: the handshake, and the Transport that serves the stream
// afterwards.
//
// The one place where bytes cross OpenSSL.  OpenSSL works on the descriptor itself
// (non-blocking), with SSL_MODE_RELEASE_BUFFERS, so that an idle session is small.  RFC 3207, RFC 8446.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>

#include "lib/async/stream.h"
#include "lib/base/result.h"

namespace postrider::tls {

struct SslFree {
    void operator()(SSL* ssl) const;
};
using Ssl = std::unique_ptr<SSL, SslFree>;
struct ContextFree {
    void operator()(SSL_CTX* context) const;
};
using Context = std::unique_ptr<SSL_CTX, ContextFree>;

// Which end of the handshake we are.
enum class Role { server, client };

// A context for one side with what all of ours share: no renegotiation, no compression, small idle sessions,
// and the security level 0, because the cipher grades of main.cf decide, not the distribution.  OpenSSL's own
// session cache is off.
Result<Context> make_context(Role role);
// As above; `config_file` and `config_name` are tls_config_file ("default", "none" or a path) and
// tls_config_name: OpenSSL's own configuration is read once a process, by the first call.
Result<void> read_openssl_config(const std::string& config_file, const std::string& config_name);
Result<Ssl> make_ssl(SSL_CTX* context);

// Work that a callback of OpenSSL needs done and cannot wait for: the callback asks for a retry
// (SSL_CLIENT_HELLO_RETRY, or -1 of a certificate callback), the handshake awaits finish() and goes on.
class Pause {
  public:
    virtual ~Pause() = default;
    virtual async::Task<> finish(SSL* ssl) = 0;
};

// Performs the handshake on the stream's descriptor and, on success, makes the stream speak TLS; plaintext
// that was buffered is dropped (RFC 3207 4.2).  Ends by the stream's deadline.  The error is one line for the
// log made from OpenSSL's queue; PeerGone when the peer left or was too slow.  The SSL lives as long as the
// stream's transport.
async::Task<Result<void>> handshake(async::Stream& stream, Ssl ssl, Role role, Pause* pause = nullptr);

// The SSL of a stream that speaks TLS, null otherwise; owned by the stream.
SSL* ssl_of(const async::Stream& stream);

// Sends close_notify if that does not block.
void say_goodbye(async::Stream& stream);

// Takes OpenSSL's pending errors of this thread off its queue, as one line; "" when there are none.
std::string take_errors();

}  // namespace postrider::tls
