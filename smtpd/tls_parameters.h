// smtpd/tls_parameters.h - the main.cf parameters of TLS that only the SMTP server obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::smtpd {

inline const Parameter<bool> smtpd_tls_wrappermode{{
    .name = "smtpd_tls_wrappermode",
    .default_text = "no",
    .summary = "TLS from the first byte",
}};
inline const Parameter<bool> smtpd_tls_auth_only{{
    .name = "smtpd_tls_auth_only",
    .default_text = "no",
    .summary = "AUTH is offered and taken only under TLS",
}};
inline const Parameter<bool> smtpd_tls_received_header{{
    .name = "smtpd_tls_received_header",
    .default_text = "no",
    .summary = "tell in the Received header what TLS agreed on",
}};
inline const Parameter<int> smtpd_client_new_tls_session_rate_limit{{
    .name = "smtpd_client_new_tls_session_rate_limit",
    .default_text = "0",
    .least = 0,
    .summary = "new TLS sessions a client may negotiate in a time unit; 0: any number",
}};
inline const Parameter<std::string> relay_clientcerts{{
    .name = "relay_clientcerts",
    .summary = "tables of client certificates that permit_tls_clientcerts lets in, by fingerprint",
}};

}  // namespace postrider::smtpd
