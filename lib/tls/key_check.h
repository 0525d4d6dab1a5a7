// lib/tls/key_check.h - keys and certificates looked at without using them.
#pragma once

#include <cstdint>

#include "lib/tls/certificate.h"

namespace postrider::tls {

// Reads the files as a server would.  When the first of the certificates ends, epoch seconds; the error names
// file and reason.
Result<std::int64_t> first_expiry(const KeyFiles& files);

}  // namespace postrider::tls
