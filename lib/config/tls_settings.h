// lib/config/tls_settings.h - what the tls_* parameters mean to a TLS context, server's or client's.
#pragma once

#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "lib/tls/choices.h"

namespace postrider::config {

// What the cipher grades mean.
tls::CipherLists tls_cipher_lists(const Settings& settings);
// Reads OpenSSL's own configuration; to be called before the first context is made, and before a jail closes.
Result<void> prepare_tls_library(const Settings& settings);

}  // namespace postrider::config
