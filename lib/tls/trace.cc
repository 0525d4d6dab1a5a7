// lib/tls/trace.cc - the steps and messages of a handshake, for the log.
#include "lib/tls/trace.h"

#include <openssl/ssl.h>

#include <string_view>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tls {

void log_certificate(const std::string& peer, int ok, X509_STORE_CTX* chain) {
    const X509* certificate = X509_STORE_CTX_get_current_cert(chain);
    if (certificate == nullptr) return;
    char subject[256] = "";
    X509_NAME_oneline(X509_get_subject_name(certificate), subject, sizeof subject);
    log::info("{}: depth={} verify={} subject={}", peer, X509_STORE_CTX_get_error_depth(chain), ok,
              printable(subject, '?', true));
}

void log_step(const SSL* ssl, int where, int result) {
    const char* name = SSL_is_server(ssl) == 1 ? "SSL_accept" : "SSL_connect";
    if ((where & SSL_CB_LOOP) != 0) {
        log::info("{}:{}", name, SSL_state_string_long(ssl));
    } else if ((where & SSL_CB_ALERT) != 0) {
        log::info("SSL3 alert {}:{}:{}", (where & SSL_CB_READ) != 0 ? "read" : "write",
                  SSL_alert_type_string_long(result), SSL_alert_desc_string_long(result));
    } else if ((where & SSL_CB_EXIT) != 0 && result == 0) {
        log::info("{}:failed in {}", name, SSL_state_string_long(ssl));
    } else if ((where & SSL_CB_EXIT) != 0 && result < 0 &&
               std::string_view(SSL_state_string_long(ssl)) == "error") {
        log::info("{}:error in {}", name, SSL_state_string_long(ssl));
    }
}

void log_message(bool written, int type, const void* data, std::size_t size, std::size_t* left) {
    if (type != SSL3_RT_HANDSHAKE && type != SSL3_RT_ALERT) return;
    constexpr std::size_t row = 16;
    std::string_view all(static_cast<const char*>(data), size);
    if (left != nullptr) {
        if (*left == 0) return;
        all = all.substr(0, *left);
        *left -= all.size();
    }
    log::info("{} {} bytes", written ? "write" : "read", size);
    for (std::size_t at = 0; at < all.size(); at += row)
        log::info("{:04x} {}", at, hex_encode(all.substr(at, row)));
    if (left != nullptr && *left == 0) log::info("the size limit of the trace is reached");
}

}  // namespace postrider::tls
