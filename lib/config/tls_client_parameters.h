// lib/config/tls_client_parameters.h - tls_* and other parameters of main.cf that only clients of TLS obey,
// smtp(8) and posttls-finger(1), and tlsmgr(8) for them.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::config {

using namespace std::chrono_literals;

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

inline const Parameter<std::string> smtp_tls_session_cache_database{{
    .name = "smtp_tls_session_cache_database",
    .summary = "where the SMTP client's TLS sessions are kept: btree:path or hash:path",
}};
inline const Parameter<Seconds> smtp_tls_session_cache_timeout{{
    .name = "smtp_tls_session_cache_timeout",
    .default_text = "3600s",
    .least = 0s,
    .most = 8640000s,
    .summary = "how long a TLS session of the SMTP client is kept",
}};
inline const Parameter<std::string> lmtp_tls_session_cache_database{{
    .name = "lmtp_tls_session_cache_database",
    .summary = "where the LMTP client's TLS sessions are kept",
}};
inline const Parameter<Seconds> lmtp_tls_session_cache_timeout{{
    .name = "lmtp_tls_session_cache_timeout",
    .default_text = "3600s",
    .least = 0s,
    .most = 8640000s,
    .summary = "how long a TLS session of the LMTP client is kept",
}};

}  // namespace postrider::config
