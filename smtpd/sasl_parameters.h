// smtpd/sasl_parameters.h - the main.cf parameters of logins (AUTH).
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::smtpd {

inline const Parameter<bool> smtpd_sasl_auth_enable{{
    .name = "smtpd_sasl_auth_enable",
    .default_text = "no",
    .summary = "clients may log in with AUTH",
}};
inline const Parameter<std::string> smtpd_sasl_type{{
    .name = "smtpd_sasl_type",
    .default_text = "cyrus",
    .least = 1,
    .summary = "who checks logins: cyrus or dovecot",
}};
inline const Parameter<std::string> smtpd_sasl_path{{
    .name = "smtpd_sasl_path",
    .default_text = "smtpd",
    .least = 1,
    .summary = "Dovecot's socket, or the name of the Cyrus SASL configuration file without .conf",
}};
inline const Parameter<std::string> smtpd_sasl_service{{
    .name = "smtpd_sasl_service",
    .default_text = "smtp",
    .least = 1,
    .summary = "service name told to whoever checks logins",
}};
inline const Parameter<std::string> smtpd_sasl_local_domain{{
    .name = "smtpd_sasl_local_domain",
    .summary = "realm of user names without one, for Cyrus SASL",
}};
inline const Parameter<std::string> smtpd_sasl_security_options{{
    .name = "smtpd_sasl_security_options",
    .default_text = "noanonymous",
    .summary = "demands on login mechanisms without TLS",
}};
inline const Parameter<std::string> smtpd_sasl_tls_security_options{{
    .name = "smtpd_sasl_tls_security_options",
    .default_text = "$smtpd_sasl_security_options",
    .summary = "demands on login mechanisms with TLS",
}};
inline const Parameter<std::string> smtpd_sasl_mechanism_filter{{
    .name = "smtpd_sasl_mechanism_filter",
    .default_text = "!external, static:rest",
    .summary = "login mechanisms that are offered, if they are available",
}};
inline const Parameter<std::string> smtpd_sasl_exceptions_networks{{
    .name = "smtpd_sasl_exceptions_networks",
    .summary = "clients that are not offered AUTH",
}};
inline const Parameter<bool> smtpd_sasl_authenticated_header{{
    .name = "smtpd_sasl_authenticated_header",
    .default_text = "no",
    .summary = "name the user in the Received header",
}};
inline const Parameter<int> smtpd_sasl_response_limit{{
    .name = "smtpd_sasl_response_limit",
    .default_text = "12288",
    .least = 12288,
    .summary = "longest response of a client to a login challenge, in base64",
}};
inline const Parameter<bool> broken_sasl_auth_clients{{
    .name = "broken_sasl_auth_clients",
    .default_text = "no",
    .summary = "offer AUTH in an old form as well",
}};
inline const Parameter<int> smtpd_client_auth_rate_limit{{
    .name = "smtpd_client_auth_rate_limit",
    .default_text = "0",
    .least = 0,
    .summary = "AUTH commands of one client in a time unit",
}};

}  // namespace postrider::smtpd
