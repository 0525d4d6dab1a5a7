// lib/tls/key_check.cc - keys and certificates looked at without using them.
#include "lib/tls/key_check.h"

#include <openssl/ssl.h>

#include <memory>

namespace postrider::tls {

Result<std::int64_t> first_expiry(const KeyFiles& files) {
    const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_method()), SSL_CTX_free);
    if (!context) return Error{"TLS library: out of memory"};
    const Result<void> loaded = load_keys(context.get(), files);
    if (!loaded) return Error{loaded.error()};
    return earliest_expiry(context.get());
}

}  // namespace postrider::tls
