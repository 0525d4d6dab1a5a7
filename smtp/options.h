// smtp/options.h - the parameters of this process, each read once: smtp_... or lmtp_..., as it was started.
#pragma once

#include <string>
#include <vector>

#include "lib/base/socket_address.h"
#include "lib/config/own_addresses.h"
#include "lib/config/settings.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table_list.h"

namespace postrider::smtp {

// What is spoken: SMTP to mail exchangers, or LMTP (RFC 2033) to the server of a mailbox store.
enum class Protocol { smtp, lmtp };

// Values of the parameters, under their names without the prefix.
struct Options {
    Options(Protocol which, const Settings& settings);

    Protocol protocol;
    bool is_lmtp() const { return protocol == Protocol::lmtp; }

    std::string address_preference;
    std::string address_verify_target;
    bool always_send_ehlo = false;
    bool balance_inet_protocols = false;
    std::string bind_address;
    std::string bind_address6;
    bool bind_address_enforce = false;
    Seconds connect_timeout{};
    std::string connection_cache_destinations;
    bool connection_cache_on_demand = false;
    Seconds connection_cache_time_limit{};
    int connection_reuse_count_limit = 0;
    Seconds connection_reuse_time_limit{};
    Seconds data_done_timeout{};
    Seconds data_init_timeout{};
    Seconds data_xfer_timeout{};
    bool defer_if_no_mx_address_found = false;
    std::string discard_ehlo_keyword_address_maps;
    std::string discard_ehlo_keywords;
    std::string dns_reply_filter;
    std::string dns_resolver_options;
    std::string dns_support_level;
    unsigned told_troubles = 0;  // notify_classes
    std::string error_notice_recipient;
    std::string double_bounce;  // the sender of notices to the postmaster
    std::string fallback_relay;
    std::string generic_maps;
    std::string helo_name;
    Seconds helo_timeout{};
    std::string host_lookup;
    int line_length_limit = 0;
    Seconds mail_timeout{};
    int min_data_rate = 0;
    int mx_address_limit = 0;
    int mx_session_limit = 0;
    bool never_send_ehlo = false;
    bool per_request_deadline = false;
    Seconds pix_workaround_delay_time{};
    std::string pix_workaround_maps;
    Seconds pix_workaround_threshold_time{};
    std::string pix_workarounds;
    Seconds quit_timeout{};
    bool quote_rfc821_envelope = false;
    bool randomize_addresses = false;
    Seconds rcpt_timeout{};
    std::string reply_filter;
    Seconds rset_timeout{};
    bool send_xforward_command = false;
    bool skip_5xx_greeting = false;
    bool skip_quit_response = false;
    bool send_dummy_mail_auth = false;
    std::string tcp_port;
    Seconds xforward_timeout{};
    std::string header_checks;
    std::string mime_header_checks;
    std::string nested_header_checks;
    std::string body_checks;

    std::string best_mx_transport;
    bool ignore_mx_lookup_error = false;
    std::vector<std::string> use_srv_lookup;
    bool ignore_srv_lookup_error = false;
    bool allow_srv_lookup_fallback = false;
    bool disable_mime_output_conversion = false;
    bool assume_final = false;  // lmtp_assume_final
    bool soft_bounce = false;
    std::string myhostname;
    std::string myorigin;
    std::string relayhost;
    std::string known_tcp_ports;
    bool propagate_generic_extension = false;
    config::Protocols protocols;
    config::OwnAddresses own;
    bool listens_everywhere = false;  // inet_interfaces names no single address

    // The tables and lists of the parameters above, opened.
    tables::TableList generic_tables, reply_tables, dns_reply_tables, discard_keyword_tables, pix_tables;
    tables::TableList header_check_tables, mime_header_check_tables, nested_header_check_tables,
        body_check_tables;
    tables::MatchList cached_destinations;
};

// Fatal when a parameter that chooses among words has another one.
void check_choices(const Options& options);

}  // namespace postrider::smtp
