// services/tlsmgr/parameters.h - the main.cf parameters only tlsmgr(8) obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::tlsmgr {

using namespace std::chrono_literals;

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

}  // namespace postrider::tlsmgr
