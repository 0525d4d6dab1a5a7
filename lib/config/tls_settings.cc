// lib/config/tls_settings.cc - what the tls_* parameters mean to a TLS context.
#include "lib/config/tls_settings.h"

#include "lib/config/tls_parameters.h"
#include "lib/tls/connection.h"
#include "lib/tls/options.h"

namespace postrider::config {

tls::CipherLists tls_cipher_lists(const Settings& settings) {
    tls::CipherLists lists;
    lists.high = settings[tls_high_cipherlist];
    lists.medium = settings[tls_medium_cipherlist];
    lists.low = settings[tls_low_cipherlist];
    lists.export_grade = settings[tls_export_cipherlist];
    lists.null = settings[tls_null_cipherlist];
    return lists;
}

Result<void> prepare_tls_library(const Settings& settings) {
    return tls::read_openssl_config(settings[tls_config_file], settings[tls_config_name]);
}

Result<void> apply_tls_settings(SSL_CTX* context, const Settings& settings) {
    tls::apply_options(context, settings[tls_disable_workarounds], settings[tls_ssl_options]);
    return tls::apply_groups(context, settings[tls_eecdh_auto_curves], settings[tls_ffdhe_auto_groups]);
}

}  // namespace postrider::config
