// lib/tls/connection.h - TLS over a Stream: the handshake, and the Transport that serves the stream
// afterwards.
//
// The one place where bytes cross OpenSSL.  OpenSSL works on the descriptor itself (SSL_set_fd,
// non-blocking), with SSL_MODE_RELEASE_BUFFERS, so that an idle session is small.  RFC 3207, RFC 8446.
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

// Which end of the handshake we are.
enum class Role { server, client };

// Performs the handshake on the stream's descriptor and, on success, makes the stream speak TLS; plaintext
// that was buffered is dropped (RFC 3207 4.2).  Ends by the stream's deadline.  The error is one line for the
// log made from OpenSSL's queue; PeerGone when the peer left or was too slow.  The SSL lives as long as the
// stream's transport.
Task<Result<void>> handshake(async::Stream& stream, Ssl ssl, Role role);

// The SSL of a stream that speaks TLS, null otherwise; owned by the stream.
SSL* ssl_of(const async::Stream& stream);

// Sends close_notify if that does not block.
void say_goodbye(async::Stream& stream);

// Takes OpenSSL's pending errors of this thread off its queue, as one line.
std::string take_errors();

}  // namespace postrider::tls
