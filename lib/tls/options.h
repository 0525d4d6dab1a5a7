// lib/tls/options.h - tls_disable_workarounds and tls_ssl_options: names of OpenSSL's switches.
#pragma once

#include <openssl/types.h>

#include <string>

#include "lib/base/result.h"

namespace postrider::tls {

// Turns on the usual workarounds for faulty peers but those listed, and the options listed.  Words are names
// such as NO_TICKET or a hexadecimal mask; another word is passed over, with a warning.
void apply_options(SSL_CTX* context, const std::string& disabled_workarounds, const std::string& ssl_options);

}  // namespace postrider::tls
