// smtp/tls_options.h - the TLS parameters of smtp(8) or lmtp(8), each read once.
#pragma once

#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "lib/tables/table_list.h"
#include "lib/tls/choices.h"
#include "lib/tls/client.h"
#include "smtp/options.h"

namespace postrider::smtp {

// Values of the parameters, under their names without the prefix smtp_tls_ or lmtp_tls_.
struct TlsOptions {
    TlsOptions(const Options& options, const Settings& settings);

    bool enforce_tls = false;
    bool use_tls = false;
    bool log_tls_feature_status = false;
    std::string requiretls_policy;
    Seconds starttls_timeout{};
    std::string CAfile;
    std::string CApath;
    bool block_early_mail_reply = false;
    std::string cert_file;
    std::string chain_files;
    std::string ciphers;
    bool connection_reuse = false;
    std::string dane_insecure_mx_policy;
    std::string dcert_file;
    std::string dkey_file;
    std::string eccert_file;
    std::string eckey_file;
    bool enable_rpk = false;
    bool enforce_peername = false;
    bool enforce_sts_mx_patterns = false;
    std::string exclude_ciphers;
    std::string fingerprint_cert_match;
    std::string fingerprint_digest;
    bool force_insecure_host_tlsa_lookup = false;
    std::string key_file;
    std::string loglevel;
    std::string loglevel_maps;
    std::string mandatory_ciphers;
    std::string mandatory_exclude_ciphers;
    std::string mandatory_protocols;
    bool note_starttls_offer = false;
    std::string per_site;
    std::string policy_maps;
    std::string protocols;
    int scert_verifydepth = 0;
    std::string secure_cert_match;
    std::string security_level;
    std::string servername;
    std::string session_cache_database;
    Seconds session_cache_timeout{};
    std::string trust_anchor_file;
    std::string verify_cert_match;
    bool wrappermode = false;

    bool requiretls_enable = false;
    std::string dane_digests;
    bool wildcard_matches_multiple_labels = false;
    bool logs_in = false;              // a login may be configured: nothing is retried in clear then
    bool uses_search_domains = false;  // smtp_dns_resolver_options completes names
    Seconds minimal_backoff_time{};
    tls::CipherLists cipher_lists;
    tables::TableList policy_tables, site_tables, log_tables;
    struct RequireTlsTable {
        tables::TablePtr table;
        std::string text;  // as in the list
    };
    std::vector<RequireTlsTable> requiretls_tables;

    // What a context of these parameters is made of.
    tls::ClientSetup setup;
};

}  // namespace postrider::smtp
