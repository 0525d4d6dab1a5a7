// lib/tls/trace.h - the steps and messages of a handshake, for the log.
#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <string>

namespace postrider::tls {

// For an info callback of OpenSSL: "SSL_accept:..." or "SSL_connect:...", alerts, and where it failed.
void log_step(const SSL* ssl, int where, int result);

// For a verification callback: the certificate that is looked at.
void log_certificate(const std::string& peer, int ok, X509_STORE_CTX* chain);

// For a message callback: handshake messages and alerts in hexadecimal, as long as `left` bytes of the log's
// room are left, if a limit is given.
void log_message(bool written, int type, const void* data, std::size_t size, std::size_t* left = nullptr);

}  // namespace postrider::tls
