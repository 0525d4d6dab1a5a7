// lib/tls/ssl_options.h - tls_ssl_options and tls_disable_workarounds: OpenSSL's options by their names.
#pragma once

#include <cstdint>
#include <string>

#include "lib/base/result.h"

namespace postrider::tls {

// Words such as NO_TICKET, or bits as 0x...; the error names the word that is none.
Result<std::uint64_t> ssl_options(const std::string& words);
// The workarounds for broken peers that stay on when those named are switched off.
Result<std::uint64_t> workarounds_without(const std::string& words);

}  // namespace postrider::tls
