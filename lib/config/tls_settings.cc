// lib/config/tls_settings.cc - what the tls_* parameters mean to a TLS context.
#include "lib/config/tls_settings.h"

#include "lib/config/tls_parameters.h"
#include "lib/tls/connection.h"

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

}  // namespace postrider::config
