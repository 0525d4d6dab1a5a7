// lib/daemon/tls_server_parameters.h - the main.cf parameters of the server's side of TLS, for the SMTP
// server and what stands in front of it.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::daemon {

using namespace std::chrono_literals;

inline const Parameter<std::string> smtpd_tls_CAfile{{
    .name = "smtpd_tls_CAfile",
    .summary = "file of the authorities that vouch for client certificates",
}};
inline const Parameter<std::string> smtpd_tls_CApath{{
    .name = "smtpd_tls_CApath",
    .summary = "directory of such authorities, by hash",
}};
inline const Parameter<bool> smtpd_tls_always_issue_session_ids{{
    .name = "smtpd_tls_always_issue_session_ids",
    .default_text = "yes",
    .summary = "give sessions an identity even when none is kept",
}};
inline const Parameter<bool> smtpd_tls_ask_ccert{{
    .name = "smtpd_tls_ask_ccert",
    .default_text = "no",
    .summary = "ask clients for a certificate",
}};
inline const Parameter<bool> smtpd_tls_req_ccert{{
    .name = "smtpd_tls_req_ccert",
    .default_text = "no",
    .summary = "with mandatory TLS, demand a trusted client certificate",
}};
inline const Parameter<int> smtpd_tls_ccert_verifydepth{{
    .name = "smtpd_tls_ccert_verifydepth",
    .default_text = "9",
    .least = 0,
    .summary = "longest chain above a client certificate",
}};
inline const Parameter<std::string> smtpd_tls_chain_files{{
    .name = "smtpd_tls_chain_files",
    .summary = "files with private key, certificate and chain, in this order",
}};
inline const Parameter<std::string> smtpd_tls_cert_file{{
    .name = "smtpd_tls_cert_file",
    .summary = "file with the RSA certificate and its chain; none: no certificate on purpose",
}};
inline const Parameter<std::string> smtpd_tls_key_file{{
    .name = "smtpd_tls_key_file",
    .default_text = "$smtpd_tls_cert_file",
    .summary = "file with its private key",
}};
inline const Parameter<std::string> smtpd_tls_eccert_file{{
    .name = "smtpd_tls_eccert_file",
    .summary = "file with the ECDSA certificate and its chain",
}};
inline const Parameter<std::string> smtpd_tls_eckey_file{{
    .name = "smtpd_tls_eckey_file",
    .default_text = "$smtpd_tls_eccert_file",
    .summary = "file with its private key",
}};
inline const Parameter<std::string> smtpd_tls_dcert_file{{
    .name = "smtpd_tls_dcert_file",
    .summary = "file with the DSA certificate and its chain",
}};
inline const Parameter<std::string> smtpd_tls_dkey_file{{
    .name = "smtpd_tls_dkey_file",
    .default_text = "$smtpd_tls_dcert_file",
    .summary = "file with its private key",
}};
inline const Parameter<std::string> smtpd_tls_dh1024_param_file{{
    .name = "smtpd_tls_dh1024_param_file",
    .summary = "file with parameters for the DHE key exchange",
}};
inline const Parameter<std::string> smtpd_tls_eecdh_grade{{
    .name = "smtpd_tls_eecdh_grade",
    .default_text = "auto",
    .least = 1,
    .summary = "curves for the ECDHE key exchange: auto, strong, ultra or none",
}};
inline const Parameter<std::string> smtpd_tls_ciphers{{
    .name = "smtpd_tls_ciphers",
    .default_text = "medium",
    .least = 1,
    .summary = "the lowest cipher grade when TLS is optional",
}};
inline const Parameter<std::string> smtpd_tls_mandatory_ciphers{{
    .name = "smtpd_tls_mandatory_ciphers",
    .default_text = "medium",
    .least = 1,
    .summary = "the lowest cipher grade when TLS is mandatory",
}};
inline const Parameter<std::string> smtpd_tls_exclude_ciphers{{
    .name = "smtpd_tls_exclude_ciphers",
    .summary = "ciphers that are never used",
}};
inline const Parameter<std::string> smtpd_tls_mandatory_exclude_ciphers{{
    .name = "smtpd_tls_mandatory_exclude_ciphers",
    .summary = "ciphers that are not used when TLS is mandatory",
}};
inline const Parameter<std::string> smtpd_tls_protocols{{
    .name = "smtpd_tls_protocols",
    .default_text = ">=TLSv1",
    .summary = "protocol versions when TLS is optional",
}};
inline const Parameter<std::string> smtpd_tls_mandatory_protocols{{
    .name = "smtpd_tls_mandatory_protocols",
    .default_text = ">=TLSv1",
    .summary = "protocol versions when TLS is mandatory",
}};
inline const Parameter<std::string> smtpd_tls_fingerprint_digest{{
    .name = "smtpd_tls_fingerprint_digest",
    .default_text = "${{$compatibility_level} <level {3.6} ? {md5} : {sha256}}",
    .least = 1,
    .summary = "digest of certificate fingerprints",
}};
inline const Parameter<std::string> smtpd_tls_loglevel{{
    .name = "smtpd_tls_loglevel",
    .default_text = "0",
    .summary = "how much is logged of TLS: 0 to 4",
}};
inline const Parameter<std::string> smtpd_tls_loglevel_maps{{
    .name = "smtpd_tls_loglevel_maps",
    .summary = "tables of log levels by client name or address",
}};
inline const Parameter<int> smtpd_tls_trace_size_limit{{
    .name = "smtpd_tls_trace_size_limit",
    .default_text = "102400",
    .least = 0,
    .summary = "bytes of one handshake's messages that are logged at most",
}};
inline const Parameter<int> tls_trace_rate_limit{{
    .name = "tls_trace_rate_limit",
    .default_text = "1",
    .least = 0,
    .summary = "handshakes a second whose messages are logged; 0: all",
}};
inline const Parameter<bool> smtpd_tls_enable_rpk{{
    .name = "smtpd_tls_enable_rpk",
    .default_text = "no",
    .summary = "raw public keys: not there, the TLS library lacks them",
}};
inline const Parameter<std::string> smtpd_tls_security_level{{
    .name = "smtpd_tls_security_level",
    .summary = "none, may or encrypt",
}};
inline const Parameter<bool> smtpd_use_tls{{
    .name = "smtpd_use_tls",
    .default_text = "no",
    .summary = "as smtpd_tls_security_level = may",
}};
inline const Parameter<bool> smtpd_enforce_tls{{
    .name = "smtpd_enforce_tls",
    .default_text = "no",
    .summary = "as smtpd_tls_security_level = encrypt",
}};
inline const Parameter<std::string> smtpd_tls_session_cache_database{{
    .name = "smtpd_tls_session_cache_database",
    .summary = "where TLS sessions of clients without tickets are kept: btree:path or hash:path",
}};
inline const Parameter<Seconds> smtpd_tls_session_cache_timeout{{
    .name = "smtpd_tls_session_cache_timeout",
    .default_text = "3600s",
    .least = 0s,
    .most = 8640000s,
    .summary = "how long a TLS session can be resumed; 0: not at all",
}};
inline const Parameter<Seconds> smtpd_starttls_timeout{{
    .name = "smtpd_starttls_timeout",
    .default_text = "${stress?{10}:{300}}s",
    .least = 1s,
    .summary = "time limit for the TLS handshake",
}};
inline const Parameter<bool> tls_preempt_cipherlist{{
    .name = "tls_preempt_cipherlist",
    .default_text = "no",
    .summary = "the server's order of ciphers wins",
}};
inline const Parameter<std::string> tls_session_ticket_cipher{{
    .name = "tls_session_ticket_cipher",
    .default_text = "aes-256-cbc",
    .summary = "cipher of session tickets; empty: no tickets",
}};
inline const Parameter<std::string> tls_server_sni_maps{{
    .name = "tls_server_sni_maps",
    .summary = "tables of key and certificate chain by the name a client asks for",
}};
inline const Parameter<bool> tls_trust_server_ccerts{{
    .name = "tls_trust_server_ccerts",
    .default_text = "no",
    .summary = "a certificate made for a server may also identify a client",
}};
inline const Parameter<Seconds> smtpd_tls_cert_expiry_warning_time{{
    .name = "smtpd_tls_cert_expiry_warning_time",
    .default_text = "14d",
    .least = 0s,
    .summary = "warn when a certificate of ours has less left than this; 0: never",
}};

}  // namespace postrider::daemon
