// smtp/tls_options.cc - the TLS parameters, each read once.
#include "smtp/tls_options.h"

#include "lib/base/text.h"
#include "lib/config/tls_client_parameters.h"
#include "lib/config/tls_parameters.h"
#include "lib/delivery/parameters.h"
#include "smtp/chooser.h"
#include "smtp/lmtp_sasl_parameters.h"
#include "smtp/lmtp_tls_parameters.h"
#include "smtp/sasl_parameters.h"
#include "smtp/tls_parameters.h"

namespace postrider::smtp {

TlsOptions::TlsOptions(const Options& options, const Settings& settings) {
    const Chooser pick(settings, options.is_lmtp());
    pick(enforce_tls, smtp_enforce_tls, lmtp_enforce_tls);
    pick(use_tls, smtp_use_tls, lmtp_use_tls);
    pick(log_tls_feature_status, smtp_log_tls_feature_status, lmtp_log_tls_feature_status);
    pick(requiretls_policy, smtp_requiretls_policy, lmtp_requiretls_policy);
    pick(starttls_timeout, smtp_starttls_timeout, lmtp_starttls_timeout);
    pick(CAfile, smtp_tls_CAfile, lmtp_tls_CAfile);
    pick(CApath, smtp_tls_CApath, lmtp_tls_CApath);
    pick(block_early_mail_reply, smtp_tls_block_early_mail_reply, lmtp_tls_block_early_mail_reply);
    pick(cert_file, smtp_tls_cert_file, lmtp_tls_cert_file);
    pick(chain_files, smtp_tls_chain_files, lmtp_tls_chain_files);
    pick(ciphers, smtp_tls_ciphers, lmtp_tls_ciphers);
    pick(connection_reuse, smtp_tls_connection_reuse, lmtp_tls_connection_reuse);
    dane_insecure_mx_policy = settings[smtp_tls_dane_insecure_mx_policy];
    pick(dcert_file, smtp_tls_dcert_file, lmtp_tls_dcert_file);
    pick(dkey_file, smtp_tls_dkey_file, lmtp_tls_dkey_file);
    pick(eccert_file, smtp_tls_eccert_file, lmtp_tls_eccert_file);
    pick(eckey_file, smtp_tls_eckey_file, lmtp_tls_eckey_file);
    pick(enable_rpk, smtp_tls_enable_rpk, lmtp_tls_enable_rpk);
    pick(enforce_peername, smtp_tls_enforce_peername, lmtp_tls_enforce_peername);
    pick(enforce_sts_mx_patterns, smtp_tls_enforce_sts_mx_patterns, lmtp_tls_enforce_sts_mx_patterns);
    pick(exclude_ciphers, smtp_tls_exclude_ciphers, lmtp_tls_exclude_ciphers);
    pick(fingerprint_cert_match, smtp_tls_fingerprint_cert_match, lmtp_tls_fingerprint_cert_match);
    pick(fingerprint_digest, smtp_tls_fingerprint_digest, lmtp_tls_fingerprint_digest);
    pick(force_insecure_host_tlsa_lookup, smtp_tls_force_insecure_host_tlsa_lookup,
         lmtp_tls_force_insecure_host_tlsa_lookup);
    pick(key_file, smtp_tls_key_file, lmtp_tls_key_file);
    pick(loglevel, smtp_tls_loglevel, lmtp_tls_loglevel);
    pick(loglevel_maps, smtp_tls_loglevel_maps, lmtp_tls_loglevel_maps);
    pick(mandatory_ciphers, smtp_tls_mandatory_ciphers, lmtp_tls_mandatory_ciphers);
    pick(mandatory_exclude_ciphers, smtp_tls_mandatory_exclude_ciphers, lmtp_tls_mandatory_exclude_ciphers);
    pick(mandatory_protocols, smtp_tls_mandatory_protocols, lmtp_tls_mandatory_protocols);
    pick(note_starttls_offer, smtp_tls_note_starttls_offer, lmtp_tls_note_starttls_offer);
    pick(per_site, smtp_tls_per_site, lmtp_tls_per_site);
    pick(policy_maps, smtp_tls_policy_maps, lmtp_tls_policy_maps);
    pick(protocols, smtp_tls_protocols, lmtp_tls_protocols);
    pick(scert_verifydepth, smtp_tls_scert_verifydepth, lmtp_tls_scert_verifydepth);
    pick(secure_cert_match, smtp_tls_secure_cert_match, lmtp_tls_secure_cert_match);
    pick(security_level, smtp_tls_security_level, lmtp_tls_security_level);
    pick(servername, smtp_tls_servername, lmtp_tls_servername);
    pick(session_cache_database, config::smtp_tls_session_cache_database,
         config::lmtp_tls_session_cache_database);
    pick(session_cache_timeout, config::smtp_tls_session_cache_timeout,
         config::lmtp_tls_session_cache_timeout);
    pick(trust_anchor_file, smtp_tls_trust_anchor_file, lmtp_tls_trust_anchor_file);
    pick(verify_cert_match, smtp_tls_verify_cert_match, lmtp_tls_verify_cert_match);
    pick(wrappermode, smtp_tls_wrappermode, lmtp_tls_wrappermode);

    requiretls_enable = settings[config::requiretls_enable];
    dane_digests = settings[config::tls_dane_digests];
    wildcard_matches_multiple_labels = settings[config::tls_wildcard_matches_multiple_labels];
    minimal_backoff_time = settings[delivery::minimal_backoff_time];
    pick(logs_in, smtp_sasl_auth_enable, lmtp_sasl_auth_enable);
    for (const std::string& word : split_words(options.dns_resolver_options))
        if (equals_ignoring_case(word, "res_defnames") || equals_ignoring_case(word, "res_dnsrch"))
            uses_search_domains = true;
    cipher_lists.high = settings[config::tls_high_cipherlist];
    cipher_lists.medium = settings[config::tls_medium_cipherlist];
    cipher_lists.low = settings[config::tls_low_cipherlist];
    cipher_lists.export_grade = settings[config::tls_export_cipherlist];
    cipher_lists.null = settings[config::tls_null_cipherlist];
    policy_tables = tables::TableList(policy_maps, settings);
    site_tables = tables::TableList(per_site, settings);
    log_tables = tables::TableList(loglevel_maps, settings);

    if (requiretls_enable)
        for (const std::string& item : split_words_with_braces(requiretls_policy))
            if (item.find(':') != std::string::npos)
                requiretls_tables.push_back({tables::open_table(item, settings), item});

    setup.keys.chain_files = split_words(chain_files);
    setup.keys.pairs = {{cert_file, key_file}, {dcert_file, dkey_file}, {eccert_file, eckey_file}};
    setup.authorities_file = CAfile;
    setup.authorities_directory = CApath;
    setup.append_default_authorities = settings[config::tls_append_default_CA];
    setup.verify_depth = scert_verifydepth;
    setup.curves = settings[config::tls_eecdh_auto_curves];
    setup.ffdhe_groups = settings[config::tls_ffdhe_auto_groups];
    setup.options = settings[config::tls_ssl_options];
    setup.disabled_workarounds = settings[config::tls_disable_workarounds];
    setup.dane_digests = dane_digests;
    setup.fingerprint_digest = fingerprint_digest;
    setup.multi_label_wildcards = wildcard_matches_multiple_labels;
    setup.session_lifetime = session_cache_timeout.count();
}

}  // namespace postrider::smtp
