// smtp/tls_parameters.h - main.cf parameters of TLS in smtp(8); their twins are in lmtp_tls_parameters.h.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::smtp {

inline const Parameter<bool> smtp_enforce_tls{{
    .name = "smtp_enforce_tls",
    .default_text = "no",
    .summary = "old: demand TLS; use the security level instead",
}};
inline const Parameter<bool> smtp_use_tls{{
    .name = "smtp_use_tls",
    .default_text = "no",
    .summary = "old: use TLS when it is offered; use the security level instead",
}};
inline const Parameter<bool> smtp_log_tls_feature_status{{
    .name = "smtp_log_tls_feature_status",
    .default_text = "no",
    .summary = "tell in delivery lines which TLS level was wanted and reached",
}};
inline const Parameter<std::string> smtp_requiretls_policy{{
    .name = "smtp_requiretls_policy",
    .default_text =
        "inline:{{${domain_to_ascii{$mydomain}}=opportunistic}, "
        "{.${domain_to_ascii{$mydomain}}=opportunistic}, "
        "{localhost=opportunistic}}, cidr:{{0.0.0.0/0 opportunistic}, {::/0 opportunistic}}, enforce",
    .summary = "what REQUIRETLS of a message demands of a next hop: enforce, opportunistic+starttls, "
               "opportunistic or disable, or tables of these",
}};
inline const Parameter<Seconds> smtp_starttls_timeout{{
    .name = "smtp_starttls_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for STARTTLS and the TLS handshake",
}};
inline const Parameter<std::string> smtp_tls_CAfile{{
    .name = "smtp_tls_CAfile",
    .summary = "file of authorities that may vouch for servers",
}};
inline const Parameter<std::string> smtp_tls_CApath{{
    .name = "smtp_tls_CApath",
    .summary = "directory of such authorities, with hashed names",
}};
inline const Parameter<bool> smtp_tls_block_early_mail_reply{{
    .name = "smtp_tls_block_early_mail_reply",
    .default_text = "no",
    .summary = "distrust a server that answers MAIL before it was sent",
}};
inline const Parameter<std::string> smtp_tls_cert_file{{
    .name = "smtp_tls_cert_file",
    .summary = "own RSA certificate, and the chain above it",
}};
inline const Parameter<std::string> smtp_tls_chain_files{{
    .name = "smtp_tls_chain_files",
    .summary = "files of keys and certificate chains, instead of the smtp_cert_file and smtp_key_file pairs",
}};
inline const Parameter<std::string> smtp_tls_ciphers{{
    .name = "smtp_tls_ciphers",
    .default_text = "medium",
    .least = 1,
    .summary = "cipher grade where TLS is optional",
}};
inline const Parameter<bool> smtp_tls_connection_reuse{{
    .name = "smtp_tls_connection_reuse",
    .default_text = "no",
    .summary = "keep encrypted connections for more mail",
}};
inline const Parameter<std::string> smtp_tls_dane_insecure_mx_policy{{
    .name = "smtp_tls_dane_insecure_mx_policy",
    .default_text = "dane",
    .summary = "what TLSA records count when the MX lookup was not secure: may, encrypt or dane",
}};
inline const Parameter<std::string> smtp_tls_dcert_file{{
    .name = "smtp_tls_dcert_file",
    .summary = "own DSA certificate",
}};
inline const Parameter<std::string> smtp_tls_dkey_file{{
    .name = "smtp_tls_dkey_file",
    .default_text = "$smtp_tls_dcert_file",
    .summary = "key of that certificate",
}};
inline const Parameter<std::string> smtp_tls_eccert_file{{
    .name = "smtp_tls_eccert_file",
    .summary = "own ECDSA certificate",
}};
inline const Parameter<std::string> smtp_tls_eckey_file{{
    .name = "smtp_tls_eckey_file",
    .default_text = "$smtp_tls_eccert_file",
    .summary = "key of that certificate",
}};
inline const Parameter<bool> smtp_tls_enable_rpk{{
    .name = "smtp_tls_enable_rpk",
    .default_text = "no",
    .summary = "ask for raw public keys, which the TLS library here does not know",
}};
inline const Parameter<bool> smtp_tls_enforce_peername{{
    .name = "smtp_tls_enforce_peername",
    .default_text = "yes",
    .summary = "old: with smtp_enforce_tls, verify the name of the server",
}};
inline const Parameter<bool> smtp_tls_enforce_sts_mx_patterns{{
    .name = "smtp_tls_enforce_sts_mx_patterns",
    .default_text = "yes",
    .summary = "use only MX hosts that a policy's mx_host_pattern attributes name",
}};
inline const Parameter<std::string> smtp_tls_exclude_ciphers{{
    .name = "smtp_tls_exclude_ciphers",
    .summary = "ciphers never used",
}};
inline const Parameter<std::string> smtp_tls_fingerprint_cert_match{{
    .name = "smtp_tls_fingerprint_cert_match",
    .summary = "fingerprints of servers at the level fingerprint",
}};
inline const Parameter<std::string> smtp_tls_fingerprint_digest{{
    .name = "smtp_tls_fingerprint_digest",
    .default_text = "${{$compatibility_level} <level {3.6} ? {md5} : {sha256}}",
    .least = 1,
    .summary = "digest of fingerprints",
}};
inline const Parameter<bool> smtp_tls_force_insecure_host_tlsa_lookup{{
    .name = "smtp_tls_force_insecure_host_tlsa_lookup",
    .default_text = "no",
    .summary = "ask for TLSA records of hosts whose addresses are not secure, too",
}};
inline const Parameter<std::string> smtp_tls_key_file{{
    .name = "smtp_tls_key_file",
    .default_text = "$smtp_tls_cert_file",
    .summary = "key of the RSA certificate",
}};
inline const Parameter<std::string> smtp_tls_loglevel{{
    .name = "smtp_tls_loglevel",
    .default_text = "0",
    .summary = "how much is logged of TLS: 0 to 4, or names",
}};
inline const Parameter<std::string> smtp_tls_loglevel_maps{{
    .name = "smtp_tls_loglevel_maps",
    .summary = "tables of log levels by next hop",
}};
inline const Parameter<std::string> smtp_tls_mandatory_ciphers{{
    .name = "smtp_tls_mandatory_ciphers",
    .default_text = "medium",
    .least = 1,
    .summary = "cipher grade where TLS is demanded",
}};
inline const Parameter<std::string> smtp_tls_mandatory_exclude_ciphers{{
    .name = "smtp_tls_mandatory_exclude_ciphers",
    .summary = "ciphers not used where TLS is demanded",
}};
inline const Parameter<std::string> smtp_tls_mandatory_protocols{{
    .name = "smtp_tls_mandatory_protocols",
    .default_text = ">=TLSv1",
    .summary = "protocols where TLS is demanded",
}};
inline const Parameter<bool> smtp_tls_note_starttls_offer{{
    .name = "smtp_tls_note_starttls_offer",
    .default_text = "no",
    .summary = "log servers that offer STARTTLS where TLS is not wanted",
}};
inline const Parameter<std::string> smtp_tls_per_site{{
    .name = "smtp_tls_per_site",
    .summary = "old tables of TLS levels by host and next hop; use smtp_tls_policy_maps instead",
}};
inline const Parameter<std::string> smtp_tls_policy_maps{{
    .name = "smtp_tls_policy_maps",
    .summary = "tables of TLS levels and attributes by next hop",
}};
inline const Parameter<std::string> smtp_tls_protocols{{
    .name = "smtp_tls_protocols",
    .default_text = ">=TLSv1",
    .summary = "protocols where TLS is optional",
}};
inline const Parameter<int> smtp_tls_scert_verifydepth{{
    .name = "smtp_tls_scert_verifydepth",
    .default_text = "9",
    .least = 0,
    .summary = "longest chain of authorities above a server's certificate",
}};
inline const Parameter<std::string> smtp_tls_secure_cert_match{{
    .name = "smtp_tls_secure_cert_match",
    .default_text = "nexthop, dot-nexthop",
    .least = 1,
    .summary = "names of servers at the level secure",
}};
inline const Parameter<std::string> smtp_tls_security_level{{
    .name = "smtp_tls_security_level",
    .default_text = "${{$compatibility_level} <level {3.11} ? {} : {may}}",
    .summary = "none, may, encrypt, dane, dane-only, fingerprint, verify or secure",
}};
inline const Parameter<std::string> smtp_tls_servername{{
    .name = "smtp_tls_servername",
    .summary = "name sent as SNI: nexthop, hostname, or a name; empty: none",
}};
inline const Parameter<std::string> smtp_tls_trust_anchor_file{{
    .name = "smtp_tls_trust_anchor_file",
    .summary = "files of authorities that count instead of all others at verify and secure",
}};
inline const Parameter<std::string> smtp_tls_verify_cert_match{{
    .name = "smtp_tls_verify_cert_match",
    .default_text = "hostname",
    .least = 1,
    .summary = "names of servers at the level verify",
}};
inline const Parameter<bool> smtp_tls_wrappermode{{
    .name = "smtp_tls_wrappermode",
    .default_text = "no",
    .summary = "TLS from the first byte, without STARTTLS (port 465)",
}};

}  // namespace postrider::smtp
