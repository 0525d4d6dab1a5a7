// lib/tls/version.cc - which OpenSSL this is.
#include "lib/tls/version.h"

#include <openssl/crypto.h>
#include <openssl/opensslv.h>

namespace postrider::tls {

std::string built_version() {
    return OPENSSL_VERSION_TEXT;
}
std::string running_version() {
    return OpenSSL_version(OPENSSL_VERSION);
}

}  // namespace postrider::tls
