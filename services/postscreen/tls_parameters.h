// services/postscreen/tls_parameters.h - main.cf parameters of TLS in postscreen(8): those of smtpd(8),
// unless set.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::postscreen {

inline const Parameter<std::string> postscreen_tls_CAfile{{
    .name = "postscreen_tls_CAfile",
    .default_text = "$smtpd_tls_CAfile",
    .summary = "as smtpd_tls_CAfile, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_CApath{{
    .name = "postscreen_tls_CApath",
    .default_text = "$smtpd_tls_CApath",
    .summary = "as smtpd_tls_CApath, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_chain_files{{
    .name = "postscreen_tls_chain_files",
    .default_text = "$smtpd_tls_chain_files",
    .summary = "as smtpd_tls_chain_files, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_cert_file{{
    .name = "postscreen_tls_cert_file",
    .default_text = "$smtpd_tls_cert_file",
    .summary = "as smtpd_tls_cert_file, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_key_file{{
    .name = "postscreen_tls_key_file",
    .default_text = "$smtpd_tls_key_file",
    .summary = "as smtpd_tls_key_file, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_eccert_file{{
    .name = "postscreen_tls_eccert_file",
    .default_text = "$smtpd_tls_eccert_file",
    .summary = "as smtpd_tls_eccert_file, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_eckey_file{{
    .name = "postscreen_tls_eckey_file",
    .default_text = "$smtpd_tls_eckey_file",
    .summary = "as smtpd_tls_eckey_file, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_dcert_file{{
    .name = "postscreen_tls_dcert_file",
    .default_text = "$smtpd_tls_dcert_file",
    .summary = "as smtpd_tls_dcert_file, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_dkey_file{{
    .name = "postscreen_tls_dkey_file",
    .default_text = "$smtpd_tls_dkey_file",
    .summary = "as smtpd_tls_dkey_file, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_dh1024_param_file{{
    .name = "postscreen_tls_dh1024_param_file",
    .default_text = "$smtpd_tls_dh1024_param_file",
    .summary = "as smtpd_tls_dh1024_param_file, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_eecdh_grade{{
    .name = "postscreen_tls_eecdh_grade",
    .default_text = "$smtpd_tls_eecdh_grade",
    .least = 1,
    .summary = "as smtpd_tls_eecdh_grade, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_ciphers{{
    .name = "postscreen_tls_ciphers",
    .default_text = "$smtpd_tls_ciphers",
    .least = 1,
    .summary = "as smtpd_tls_ciphers, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_mandatory_ciphers{{
    .name = "postscreen_tls_mandatory_ciphers",
    .default_text = "$smtpd_tls_mandatory_ciphers",
    .least = 1,
    .summary = "as smtpd_tls_mandatory_ciphers, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_exclude_ciphers{{
    .name = "postscreen_tls_exclude_ciphers",
    .default_text = "$smtpd_tls_exclude_ciphers",
    .summary = "as smtpd_tls_exclude_ciphers, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_mandatory_exclude_ciphers{{
    .name = "postscreen_tls_mandatory_exclude_ciphers",
    .default_text = "$smtpd_tls_mandatory_exclude_ciphers",
    .summary = "as smtpd_tls_mandatory_exclude_ciphers, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_protocols{{
    .name = "postscreen_tls_protocols",
    .default_text = "$smtpd_tls_protocols",
    .summary = "as smtpd_tls_protocols, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_mandatory_protocols{{
    .name = "postscreen_tls_mandatory_protocols",
    .default_text = "$smtpd_tls_mandatory_protocols",
    .summary = "as smtpd_tls_mandatory_protocols, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_fingerprint_digest{{
    .name = "postscreen_tls_fingerprint_digest",
    .default_text = "$smtpd_tls_fingerprint_digest",
    .least = 1,
    .summary = "as smtpd_tls_fingerprint_digest, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_loglevel{{
    .name = "postscreen_tls_loglevel",
    .default_text = "$smtpd_tls_loglevel",
    .summary = "as smtpd_tls_loglevel, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_loglevel_maps{{
    .name = "postscreen_tls_loglevel_maps",
    .default_text = "$smtpd_tls_loglevel_maps",
    .summary = "as smtpd_tls_loglevel_maps, in postscreen(8)",
}};
inline const Parameter<int> postscreen_tls_trace_size_limit{{
    .name = "postscreen_tls_trace_size_limit",
    .default_text = "$smtpd_tls_trace_size_limit",
    .least = 0,
    .summary = "as smtpd_tls_trace_size_limit, in postscreen(8)",
}};
inline const Parameter<bool> postscreen_tls_enable_rpk{{
    .name = "postscreen_tls_enable_rpk",
    .default_text = "$smtpd_tls_enable_rpk",
    .summary = "as smtpd_tls_enable_rpk, in postscreen(8)",
}};
inline const Parameter<std::string> postscreen_tls_security_level{{
    .name = "postscreen_tls_security_level",
    .default_text = "$smtpd_tls_security_level",
    .summary = "as smtpd_tls_security_level, in postscreen(8)",
}};
inline const Parameter<bool> postscreen_tls_always_issue_session_ids{{
    .name = "postscreen_tls_always_issue_session_ids",
    .default_text = "$smtpd_tls_always_issue_session_ids",
    .summary = "as smtpd_tls_always_issue_session_ids, in postscreen(8)",
}};
inline const Parameter<bool> postscreen_tls_ask_ccert{{
    .name = "postscreen_tls_ask_ccert",
    .default_text = "$smtpd_tls_ask_ccert",
    .summary = "as smtpd_tls_ask_ccert, in postscreen(8)",
}};
inline const Parameter<bool> postscreen_tls_req_ccert{{
    .name = "postscreen_tls_req_ccert",
    .default_text = "$smtpd_tls_req_ccert",
    .summary = "as smtpd_tls_req_ccert, in postscreen(8)",
}};
inline const Parameter<int> postscreen_tls_ccert_verifydepth{{
    .name = "postscreen_tls_ccert_verifydepth",
    .default_text = "$smtpd_tls_ccert_verifydepth",
    .least = 0,
    .summary = "as smtpd_tls_ccert_verifydepth, in postscreen(8)",
}};
inline const Parameter<bool> postscreen_use_tls{{
    .name = "postscreen_use_tls",
    .default_text = "$smtpd_use_tls",
    .summary = "as postscreen_tls_security_level = may",
}};
inline const Parameter<bool> postscreen_enforce_tls{{
    .name = "postscreen_enforce_tls",
    .default_text = "$smtpd_enforce_tls",
    .summary = "as postscreen_tls_security_level = encrypt",
}};
inline const Parameter<Seconds> postscreen_starttls_timeout{{
    .name = "postscreen_starttls_timeout",
    .default_text = "$smtpd_starttls_timeout",
    .least = Seconds(1),
    .summary = "time limit for a TLS handshake",
}};

}  // namespace postrider::postscreen
