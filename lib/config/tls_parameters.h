// lib/config/tls_parameters.h - the tls_* parameters of main.cf, which servers and clients share.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::config {

inline const Parameter<bool> tls_append_default_CA{{
    .name = "tls_append_default_CA",
    .default_text = "no",
    .summary = "trust the system's authorities besides those of ..._tls_CAfile and ..._tls_CApath",
}};
inline const Parameter<std::string> tls_config_file{{
    .name = "tls_config_file",
    .default_text = "default",
    .summary = "OpenSSL's own configuration file: a path, default or none",
}};
inline const Parameter<std::string> tls_config_name{{
    .name = "tls_config_name",
    .summary = "the application name whose section of tls_config_file is used",
}};
inline const Parameter<std::string> tls_disable_workarounds{{
    .name = "tls_disable_workarounds",
    .summary = "workarounds for faults of peers that are turned off, names or a hexadecimal mask",
}};
inline const Parameter<std::string> tls_ssl_options{{
    .name = "tls_ssl_options",
    .summary = "options of OpenSSL that are turned on, names or a hexadecimal mask",
}};
inline const Parameter<std::string> tls_eecdh_auto_curves{{
    .name = "tls_eecdh_auto_curves",
    .default_text = "X25519 X448 prime256v1 secp384r1 secp521r1",
    .summary = "elliptic curves for the key exchange, most wanted first",
}};
inline const Parameter<std::string> tls_eecdh_strong_curve{{
    .name = "tls_eecdh_strong_curve",
    .default_text = "prime256v1",
    .summary = "the curve of smtpd_tls_eecdh_grade = strong",
}};
inline const Parameter<std::string> tls_eecdh_ultra_curve{{
    .name = "tls_eecdh_ultra_curve",
    .default_text = "secp384r1",
    .summary = "the curve of smtpd_tls_eecdh_grade = ultra",
}};
inline const Parameter<std::string> tls_ffdhe_auto_groups{{
    .name = "tls_ffdhe_auto_groups",
    .default_text = "ffdhe2048 ffdhe3072",
    .summary = "finite-field groups for the key exchange of TLS 1.3, after the curves",
}};
inline const Parameter<std::string> tls_high_cipherlist{{
    .name = "tls_high_cipherlist",
    .default_text = "aNULL:-aNULL:HIGH:!SEED:!IDEA:!3DES:!RC2:!RC4:!RC5:!kDH:!kECDH:!aDSS:!MD5:@STRENGTH",
    .least = 1,
    .summary = "what the cipher grade high means",
}};
inline const Parameter<std::string> tls_medium_cipherlist{{
    .name = "tls_medium_cipherlist",
    .default_text =
        "aNULL:-aNULL:HIGH:MEDIUM:!SEED:!IDEA:!3DES:!RC2:!RC4:!RC5:!kDH:!kECDH:!aDSS:!MD5:+RC4:@STRENGTH",
    .least = 1,
    .summary = "what the cipher grade medium means",
}};
inline const Parameter<std::string> tls_low_cipherlist{{
    .name = "tls_low_cipherlist",
    .summary = "what the cipher grade low means; as medium when empty",
}};
inline const Parameter<std::string> tls_export_cipherlist{{
    .name = "tls_export_cipherlist",
    .summary = "what the cipher grade export means; as medium when empty",
}};
inline const Parameter<std::string> tls_null_cipherlist{{
    .name = "tls_null_cipherlist",
    .default_text = "eNULL:!kDH:!kECDH:!aDSS:!MD5:!aNULL",
    .least = 1,
    .summary = "what the cipher grade null means",
}};
inline const Parameter<bool> tls_fast_shutdown_enable{{
    .name = "tls_fast_shutdown_enable",
    .default_text = "yes",
    .summary = "do not wait for the peer's end of TLS when a session ends",
}};
inline const Parameter<std::string> tlsmgr_service_name{{
    .name = "tlsmgr_service_name",
    .default_text = "tlsmgr",
    .least = 1,
    .summary = "the service that keeps sessions and ticket keys",
}};

}  // namespace postrider::config
