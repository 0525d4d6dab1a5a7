// smtp/lmtp_sasl_parameters.h - main.cf parameters of logging in to servers, LMTP; the twins of those in
// sasl_parameters.h.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::smtp {

inline const Parameter<bool> lmtp_sasl_auth_enable{{
    .name = "lmtp_sasl_auth_enable",
    .default_text = "no",
    .summary = "log in to servers that offer it",
}};
inline const Parameter<std::string> lmtp_sasl_password_maps{{
    .name = "lmtp_sasl_password_maps",
    .summary = "tables of user:password by sender, server or next hop",
}};
inline const Parameter<std::string> lmtp_sasl_password_result_delimiter{{
    .name = "lmtp_sasl_password_result_delimiter",
    .default_text = ":",
    .least = 1,
    .most = 1,
    .summary = "what stands between user and password there",
}};
inline const Parameter<config::Raw> lmtp_sasl_oauth_token_source{{
    .name = "lmtp_sasl_oauth_token_source",
    .summary =
        "file:path or command:program with arguments that has the token of a login: OAUTHBEARER, XOAUTH2",
}};
inline const Parameter<std::string> lmtp_sasl_type{{
    .name = "lmtp_sasl_type",
    .default_text = "cyrus",
    .least = 1,
    .summary = "who knows how to log in: cyrus",
}};
inline const Parameter<std::string> lmtp_sasl_path{{
    .name = "lmtp_sasl_path",
    .summary = "what that implementation wants to be told; nothing for cyrus",
}};
inline const Parameter<std::string> lmtp_sasl_security_options{{
    .name = "lmtp_sasl_security_options",
    .default_text = "noplaintext, noanonymous",
    .summary = "demands on login mechanisms without TLS",
}};
inline const Parameter<std::string> lmtp_sasl_tls_security_options{{
    .name = "lmtp_sasl_tls_security_options",
    .default_text = "$lmtp_sasl_security_options",
    .summary = "demands on login mechanisms with TLS",
}};
inline const Parameter<std::string> lmtp_sasl_tls_verified_security_options{{
    .name = "lmtp_sasl_tls_verified_security_options",
    .default_text = "$lmtp_sasl_tls_security_options",
    .summary = "demands on login mechanisms with a server whose certificate is verified",
}};
inline const Parameter<std::string> lmtp_sasl_mechanism_filter{{
    .name = "lmtp_sasl_mechanism_filter",
    .summary = "login mechanisms that may be used; empty: any",
}};
inline const Parameter<bool> lmtp_sasl_auth_soft_bounce{{
    .name = "lmtp_sasl_auth_soft_bounce",
    .default_text = "yes",
    .summary = "a refused login defers the mail; no: it is returned",
}};
inline const Parameter<std::string> lmtp_sasl_auth_cache_name{{
    .name = "lmtp_sasl_auth_cache_name",
    .summary = "table in which processes remember refused logins: proxy:type:name",
}};
inline const Parameter<Seconds> lmtp_sasl_auth_cache_time{{
    .name = "lmtp_sasl_auth_cache_time",
    .default_text = "90d",
    .least = Seconds(0),
    .summary = "how long a refused login is remembered",
}};
inline const Parameter<bool> lmtp_send_dummy_mail_auth{{
    .name = "lmtp_send_dummy_mail_auth",
    .default_text = "no",
    .summary = "send AUTH=<> with MAIL to servers that offer AUTH",
}};
inline const Parameter<bool> lmtp_sender_dependent_authentication{{
    .name = "lmtp_sender_dependent_authentication",
    .default_text = "no",
    .summary = "look for the sender's own login first",
}};

}  // namespace postrider::smtp
