// smtp/lmtp_parameters.h - main.cf parameters of lmtp(8); the twins of those in parameters.h.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::smtp {

inline const Parameter<bool> lmtp_assume_final{{
    .name = "lmtp_assume_final",
    .default_text = "no",
    .summary = "take a server without DSN for the one that delivers to the mailbox",
}};
inline const Parameter<std::string> lmtp_address_preference{{
    .name = "lmtp_address_preference",
    .default_text = "any",
    .least = 1,
    .summary = "address family tried first: any, ipv4 or ipv6",
}};
inline const Parameter<std::string> lmtp_address_verify_target{{
    .name = "lmtp_address_verify_target",
    .default_text = "rcpt",
    .least = 1,
    .summary = "where an address probe stops: rcpt or data",
}};
inline const Parameter<bool> lmtp_balance_inet_protocols{{
    .name = "lmtp_balance_inet_protocols",
    .default_text = "yes",
    .summary = "keep both address families in the list that the address limit cuts",
}};
inline const Parameter<std::string> lmtp_bind_address{{
    .name = "lmtp_bind_address",
    .summary = "IPv4 source address of connections",
}};
inline const Parameter<std::string> lmtp_bind_address6{{
    .name = "lmtp_bind_address6",
    .summary = "IPv6 source address of connections",
}};
inline const Parameter<bool> lmtp_bind_address_enforce{{
    .name = "lmtp_bind_address_enforce",
    .default_text = "no",
    .summary = "defer mail when the source address cannot be used",
}};
inline const Parameter<std::string> lmtp_body_checks{{
    .name = "lmtp_body_checks",
    .summary = "patterns looked for in outgoing body lines",
}};
inline const Parameter<Seconds> lmtp_connect_timeout{{
    .name = "lmtp_connect_timeout",
    .default_text = "0s",
    .least = Seconds(0),
    .summary = "time limit for a TCP connection; 0: the system decides",
}};
inline const Parameter<std::string> lmtp_connection_cache_destinations{{
    .name = "lmtp_connection_cache_destinations",
    .summary = "destinations whose connections are always kept for more mail",
}};
inline const Parameter<bool> lmtp_connection_cache_on_demand{{
    .name = "lmtp_connection_cache_on_demand",
    .default_text = "yes",
    .summary = "keep connections when more mail for the destination waits",
}};
inline const Parameter<Seconds> lmtp_connection_cache_time_limit{{
    .name = "lmtp_connection_cache_time_limit",
    .default_text = "2s",
    .least = Seconds(1),
    .summary = "how long an unused connection is kept",
}};
inline const Parameter<int> lmtp_connection_reuse_count_limit{{
    .name = "lmtp_connection_reuse_count_limit",
    .default_text = "0",
    .least = 0,
    .summary = "deliveries over one connection; 0: no limit",
}};
inline const Parameter<Seconds> lmtp_connection_reuse_time_limit{{
    .name = "lmtp_connection_reuse_time_limit",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "age at which a connection is used no more",
}};
inline const Parameter<Seconds> lmtp_data_done_timeout{{
    .name = "lmtp_data_done_timeout",
    .default_text = "600s",
    .least = Seconds(1),
    .summary = "time limit for the reply to the end of the message",
}};
inline const Parameter<Seconds> lmtp_data_init_timeout{{
    .name = "lmtp_data_init_timeout",
    .default_text = "120s",
    .least = Seconds(1),
    .summary = "time limit for the reply to DATA",
}};
inline const Parameter<Seconds> lmtp_data_xfer_timeout{{
    .name = "lmtp_data_xfer_timeout",
    .default_text = "180s",
    .least = Seconds(1),
    .summary = "time limit for sending a part of the message",
}};
inline const Parameter<bool> lmtp_defer_if_no_mx_address_found{{
    .name = "lmtp_defer_if_no_mx_address_found",
    .default_text = "no",
    .summary = "defer mail when no MX host has an address",
}};
inline const Parameter<std::string> lmtp_delivery_status_filter{{
    .name = "lmtp_delivery_status_filter",
    .default_text = "$default_delivery_status_filter",
    .summary = "tables that change status codes and texts of outcomes",
}};
inline const Parameter<std::string> lmtp_discard_lhlo_keyword_address_maps{{
    .name = "lmtp_discard_lhlo_keyword_address_maps",
    .summary = "tables of server addresses and the LHLO keywords not to believe there",
}};
inline const Parameter<std::string> lmtp_discard_lhlo_keywords{{
    .name = "lmtp_discard_lhlo_keywords",
    .summary = "LHLO keywords not to believe",
}};
inline const Parameter<std::string> lmtp_dns_reply_filter{{
    .name = "lmtp_dns_reply_filter",
    .summary = "tables that drop records from DNS answers",
}};
inline const Parameter<std::string> lmtp_dns_resolver_options{{
    .name = "lmtp_dns_resolver_options",
    .summary = "res_defnames and res_dnsrch: complete names with the search domains",
}};
inline const Parameter<std::string> lmtp_dns_support_level{{
    .name = "lmtp_dns_support_level",
    .summary = "disabled, enabled or dnssec; empty: enabled",
}};
inline const Parameter<std::string> lmtp_fallback_relay{{
    .name = "lmtp_fallback_relay",
    .summary = "hosts that get the mail when no other can be reached",
}};
inline const Parameter<std::string> lmtp_generic_maps{{
    .name = "lmtp_generic_maps",
    .summary = "tables that replace local addresses by ones valid outside",
}};
inline const Parameter<std::string> lmtp_header_checks{{
    .name = "lmtp_header_checks",
    .summary = "patterns looked for in outgoing primary headers",
}};
inline const Parameter<std::string> lmtp_lhlo_name{{
    .name = "lmtp_lhlo_name",
    .default_text = "$myhostname",
    .least = 1,
    .summary = "host name sent with LHLO",
}};
inline const Parameter<Seconds> lmtp_lhlo_timeout{{
    .name = "lmtp_lhlo_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the greeting and for LHLO",
}};
inline const Parameter<std::string> lmtp_host_lookup{{
    .name = "lmtp_host_lookup",
    .default_text = "dns",
    .least = 1,
    .summary = "how host names are looked up: dns, native",
}};
inline const Parameter<int> lmtp_line_length_limit{{
    .name = "lmtp_line_length_limit",
    .default_text = "998",
    .least = 0,
    .summary = "longest line sent in a message; 0: no limit",
}};
inline const Parameter<Seconds> lmtp_mail_timeout{{
    .name = "lmtp_mail_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to MAIL",
}};
inline const Parameter<std::string> lmtp_mime_header_checks{{
    .name = "lmtp_mime_header_checks",
    .summary = "patterns looked for in outgoing MIME headers",
}};
inline const Parameter<int> lmtp_min_data_rate{{
    .name = "lmtp_min_data_rate",
    .default_text = "500",
    .least = 1,
    .summary = "bytes a second that a request deadline counts on",
}};
inline const Parameter<int> lmtp_mx_address_limit{{
    .name = "lmtp_mx_address_limit",
    .default_text = "5",
    .least = 0,
    .summary = "addresses tried for one message; 0: no limit",
}};
inline const Parameter<int> lmtp_mx_session_limit{{
    .name = "lmtp_mx_session_limit",
    .default_text = "2",
    .least = 0,
    .summary = "sessions begun for one message; 0: no limit",
}};
inline const Parameter<std::string> lmtp_nested_header_checks{{
    .name = "lmtp_nested_header_checks",
    .summary = "patterns looked for in headers of attached messages",
}};
inline const Parameter<bool> lmtp_per_request_deadline{{
    .name = "lmtp_per_request_deadline",
    .default_text = "${lmtp_per_record_deadline?{$lmtp_per_record_deadline}:{no}}",
    .summary = "limit the time of whole commands and replies, not of single reads and writes",
}};
inline const Parameter<Seconds> lmtp_pix_workaround_delay_time{{
    .name = "lmtp_pix_workaround_delay_time",
    .default_text = "10s",
    .least = Seconds(1),
    .summary = "wait before the final dot for a broken firewall",
}};
inline const Parameter<std::string> lmtp_pix_workaround_maps{{
    .name = "lmtp_pix_workaround_maps",
    .summary = "tables of server addresses and the workarounds used there",
}};
inline const Parameter<Seconds> lmtp_pix_workaround_threshold_time{{
    .name = "lmtp_pix_workaround_threshold_time",
    .default_text = "500s",
    .least = Seconds(0),
    .summary = "age of mail from which workarounds are used",
}};
inline const Parameter<std::string> lmtp_pix_workarounds{{
    .name = "lmtp_pix_workarounds",
    .default_text = "disable_esmtp,delay_dotcrlf",
    .summary = "workarounds for firewalls that hide the greeting",
}};
inline const Parameter<Seconds> lmtp_quit_timeout{{
    .name = "lmtp_quit_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to QUIT",
}};
inline const Parameter<bool> lmtp_quote_rfc821_envelope{{
    .name = "lmtp_quote_rfc821_envelope",
    .default_text = "yes",
    .summary = "quote unusual local parts in MAIL and RCPT",
}};
inline const Parameter<bool> lmtp_randomize_addresses{{
    .name = "lmtp_randomize_addresses",
    .default_text = "yes",
    .summary = "shuffle hosts of one preference",
}};
inline const Parameter<Seconds> lmtp_rcpt_timeout{{
    .name = "lmtp_rcpt_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to RCPT",
}};
inline const Parameter<std::string> lmtp_reply_filter{{
    .name = "lmtp_reply_filter",
    .summary = "tables that change replies of servers, line by line",
}};
inline const Parameter<Seconds> lmtp_rset_timeout{{
    .name = "lmtp_rset_timeout",
    .default_text = "20s",
    .least = Seconds(1),
    .summary = "time limit for the reply to RSET",
}};
inline const Parameter<bool> lmtp_send_xforward_command{{
    .name = "lmtp_send_xforward_command",
    .default_text = "no",
    .summary = "tell the server about the client that sent the mail, if it asks for that",
}};
inline const Parameter<bool> lmtp_skip_5xx_greeting{{
    .name = "lmtp_skip_5xx_greeting",
    .default_text = "yes",
    .summary = "take a 5xx greeting for a temporary failure",
}};
inline const Parameter<bool> lmtp_skip_quit_response{{
    .name = "lmtp_skip_quit_response",
    .default_text = "no",
    .summary = "do not wait for the reply to QUIT",
}};
inline const Parameter<std::string> lmtp_tcp_port{{
    .name = "lmtp_tcp_port",
    .default_text = "24",
    .summary = "default port of servers",
}};
inline const Parameter<Seconds> lmtp_xforward_timeout{{
    .name = "lmtp_xforward_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to XFORWARD",
}};

}  // namespace postrider::smtp
