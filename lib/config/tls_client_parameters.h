// lib/config/tls_client_parameters.h - tls_* and other parameters of main.cf that only clients of TLS obey:
// smtp(8) and posttls-finger(1).
#pragma once

#include "lib/config/parameter.h"

namespace postrider::config {

inline const Parameter<std::string> tls_dane_digests{{
    .name = "tls_dane_digests",
    .default_text = "sha512 sha256",
    .least = 1,
    .summary = "digests that count in TLSA records, the strongest first",
}};
inline const Parameter<bool> tls_wildcard_matches_multiple_labels{{
    .name = "tls_wildcard_matches_multiple_labels",
    .default_text = "yes",
    .summary = "\"*.example.com\" in a certificate also stands for a.b.example.com",
}};
inline const Parameter<bool> requiretls_enable{{
    .name = "requiretls_enable",
    .default_text = "yes",
    .summary = "honour the SMTP extension REQUIRETLS",
}};

}  // namespace postrider::config
