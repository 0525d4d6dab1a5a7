// smtp/parameters.h - main.cf parameters of smtp(8), and those that lmtp(8) shares with it.
//
// Each has a twin in lmtp_parameters.h; options.h reads one or the other, as the program is called.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::smtp {

inline const Parameter<std::string> best_mx_transport{{
    .name = "best_mx_transport",
    .summary = "transport of mail for domains whose best mail exchanger is this machine; empty: return it",
}};
inline const Parameter<bool> disable_dns_lookups{{
    .name = "disable_dns_lookups",
    .default_text = "no",
    .summary = "no DNS; the older form of smtp_dns_support_level = disabled",
}};
inline const Parameter<bool> ignore_mx_lookup_error{{
    .name = "ignore_mx_lookup_error",
    .default_text = "no",
    .summary = "go on with the address of the domain when the MX lookup failed",
}};
inline const Parameter<std::string> use_srv_lookup{{
    .name = "use_srv_lookup",
    .summary = "services looked up as SRV records: submission, ...",
}};
inline const Parameter<bool> ignore_srv_lookup_error{{
    .name = "ignore_srv_lookup_error",
    .default_text = "no",
    .summary = "go on with MX when the SRV lookup failed",
}};
inline const Parameter<bool> allow_srv_lookup_fallback{{
    .name = "allow_srv_lookup_fallback",
    .default_text = "no",
    .summary = "go on with MX when a domain has no SRV record",
}};
inline const Parameter<bool> disable_mime_output_conversion{{
    .name = "disable_mime_output_conversion",
    .default_text = "no",
    .summary = "never convert to quoted-printable for servers without 8BITMIME",
}};
inline const Parameter<std::string> smtp_address_preference{{
    .name = "smtp_address_preference",
    .default_text = "any",
    .least = 1,
    .summary = "address family tried first: any, ipv4 or ipv6",
}};
inline const Parameter<std::string> smtp_address_verify_target{{
    .name = "smtp_address_verify_target",
    .default_text = "rcpt",
    .least = 1,
    .summary = "where an address probe stops: rcpt or data",
}};
inline const Parameter<bool> smtp_always_send_ehlo{{
    .name = "smtp_always_send_ehlo",
    .default_text = "yes",
    .summary = "EHLO whatever the greeting says",
}};
inline const Parameter<bool> smtp_balance_inet_protocols{{
    .name = "smtp_balance_inet_protocols",
    .default_text = "yes",
    .summary = "keep both address families in the list that the address limit cuts",
}};
inline const Parameter<std::string> smtp_bind_address{{
    .name = "smtp_bind_address",
    .summary = "IPv4 source address of connections",
}};
inline const Parameter<std::string> smtp_bind_address6{{
    .name = "smtp_bind_address6",
    .summary = "IPv6 source address of connections",
}};
inline const Parameter<bool> smtp_bind_address_enforce{{
    .name = "smtp_bind_address_enforce",
    .default_text = "no",
    .summary = "defer mail when the source address cannot be used",
}};
inline const Parameter<std::string> smtp_body_checks{{
    .name = "smtp_body_checks",
    .summary = "patterns looked for in outgoing body lines",
}};
inline const Parameter<Seconds> smtp_connect_timeout{{
    .name = "smtp_connect_timeout",
    .default_text = "30s",
    .least = Seconds(0),
    .summary = "time limit for a TCP connection; 0: the system decides",
}};
inline const Parameter<std::string> smtp_connection_cache_destinations{{
    .name = "smtp_connection_cache_destinations",
    .summary = "destinations whose connections are always kept for more mail",
}};
inline const Parameter<bool> smtp_connection_cache_on_demand{{
    .name = "smtp_connection_cache_on_demand",
    .default_text = "yes",
    .summary = "keep connections when more mail for the destination waits",
}};
inline const Parameter<Seconds> smtp_connection_cache_time_limit{{
    .name = "smtp_connection_cache_time_limit",
    .default_text = "2s",
    .least = Seconds(1),
    .summary = "how long an unused connection is kept",
}};
inline const Parameter<int> smtp_connection_reuse_count_limit{{
    .name = "smtp_connection_reuse_count_limit",
    .default_text = "0",
    .least = 0,
    .summary = "deliveries over one connection; 0: no limit",
}};
inline const Parameter<Seconds> smtp_connection_reuse_time_limit{{
    .name = "smtp_connection_reuse_time_limit",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "age at which a connection is used no more",
}};
inline const Parameter<Seconds> smtp_data_done_timeout{{
    .name = "smtp_data_done_timeout",
    .default_text = "600s",
    .least = Seconds(1),
    .summary = "time limit for the reply to the end of the message",
}};
inline const Parameter<Seconds> smtp_data_init_timeout{{
    .name = "smtp_data_init_timeout",
    .default_text = "120s",
    .least = Seconds(1),
    .summary = "time limit for the reply to DATA",
}};
inline const Parameter<Seconds> smtp_data_xfer_timeout{{
    .name = "smtp_data_xfer_timeout",
    .default_text = "180s",
    .least = Seconds(1),
    .summary = "time limit for sending a part of the message",
}};
inline const Parameter<bool> smtp_defer_if_no_mx_address_found{{
    .name = "smtp_defer_if_no_mx_address_found",
    .default_text = "no",
    .summary = "defer mail when no MX host has an address",
}};
inline const Parameter<std::string> smtp_delivery_status_filter{{
    .name = "smtp_delivery_status_filter",
    .default_text = "$default_delivery_status_filter",
    .summary = "tables that change status codes and texts of outcomes",
}};
inline const Parameter<std::string> smtp_discard_ehlo_keyword_address_maps{{
    .name = "smtp_discard_ehlo_keyword_address_maps",
    .summary = "tables of server addresses and the EHLO keywords not to believe there",
}};
inline const Parameter<std::string> smtp_discard_ehlo_keywords{{
    .name = "smtp_discard_ehlo_keywords",
    .summary = "EHLO keywords not to believe",
}};
inline const Parameter<std::string> smtp_dns_reply_filter{{
    .name = "smtp_dns_reply_filter",
    .summary = "tables that drop records from DNS answers",
}};
inline const Parameter<std::string> smtp_dns_resolver_options{{
    .name = "smtp_dns_resolver_options",
    .summary = "res_defnames and res_dnsrch: complete names with the search domains",
}};
inline const Parameter<std::string> smtp_dns_support_level{{
    .name = "smtp_dns_support_level",
    .summary = "disabled, enabled or dnssec; empty: as disable_dns_lookups says",
}};
inline const Parameter<std::string> smtp_fallback_relay{{
    .name = "smtp_fallback_relay",
    .default_text = "$fallback_relay",
    .summary = "hosts that get the mail when no other can be reached",
}};
inline const Parameter<std::string> smtp_generic_maps{{
    .name = "smtp_generic_maps",
    .summary = "tables that replace local addresses by ones valid outside",
}};
inline const Parameter<std::string> smtp_header_checks{{
    .name = "smtp_header_checks",
    .summary = "patterns looked for in outgoing primary headers",
}};
inline const Parameter<std::string> smtp_helo_name{{
    .name = "smtp_helo_name",
    .default_text = "$myhostname",
    .least = 1,
    .summary = "host name sent with EHLO and HELO",
}};
inline const Parameter<Seconds> smtp_helo_timeout{{
    .name = "smtp_helo_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the greeting and for EHLO or HELO",
}};
inline const Parameter<std::string> smtp_host_lookup{{
    .name = "smtp_host_lookup",
    .default_text = "dns",
    .least = 1,
    .summary = "how host names are looked up: dns, native",
}};
inline const Parameter<int> smtp_line_length_limit{{
    .name = "smtp_line_length_limit",
    .default_text = "998",
    .least = 0,
    .summary = "longest line sent in a message; 0: no limit",
}};
inline const Parameter<Seconds> smtp_mail_timeout{{
    .name = "smtp_mail_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to MAIL",
}};
inline const Parameter<std::string> smtp_mime_header_checks{{
    .name = "smtp_mime_header_checks",
    .summary = "patterns looked for in outgoing MIME headers",
}};
inline const Parameter<int> smtp_min_data_rate{{
    .name = "smtp_min_data_rate",
    .default_text = "500",
    .least = 1,
    .summary = "bytes a second that a request deadline counts on",
}};
inline const Parameter<int> smtp_mx_address_limit{{
    .name = "smtp_mx_address_limit",
    .default_text = "5",
    .least = 0,
    .summary = "addresses tried for one message; 0: no limit",
}};
inline const Parameter<int> smtp_mx_session_limit{{
    .name = "smtp_mx_session_limit",
    .default_text = "2",
    .least = 0,
    .summary = "sessions begun for one message; 0: no limit",
}};
inline const Parameter<std::string> smtp_nested_header_checks{{
    .name = "smtp_nested_header_checks",
    .summary = "patterns looked for in headers of attached messages",
}};
inline const Parameter<bool> smtp_never_send_ehlo{{
    .name = "smtp_never_send_ehlo",
    .default_text = "no",
    .summary = "HELO always",
}};
inline const Parameter<bool> smtp_per_request_deadline{{
    .name = "smtp_per_request_deadline",
    .default_text = "${smtp_per_record_deadline?{$smtp_per_record_deadline}:{no}}",
    .summary = "limit the time of whole commands and replies, not of single reads and writes",
}};
inline const Parameter<Seconds> smtp_pix_workaround_delay_time{{
    .name = "smtp_pix_workaround_delay_time",
    .default_text = "10s",
    .least = Seconds(1),
    .summary = "wait before the final dot for a broken firewall",
}};
inline const Parameter<std::string> smtp_pix_workaround_maps{{
    .name = "smtp_pix_workaround_maps",
    .summary = "tables of server addresses and the workarounds used there",
}};
inline const Parameter<Seconds> smtp_pix_workaround_threshold_time{{
    .name = "smtp_pix_workaround_threshold_time",
    .default_text = "500s",
    .least = Seconds(0),
    .summary = "age of mail from which workarounds are used",
}};
inline const Parameter<std::string> smtp_pix_workarounds{{
    .name = "smtp_pix_workarounds",
    .default_text = "disable_esmtp,delay_dotcrlf",
    .summary = "workarounds for firewalls that hide the greeting",
}};
inline const Parameter<Seconds> smtp_quit_timeout{{
    .name = "smtp_quit_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to QUIT",
}};
inline const Parameter<bool> smtp_quote_rfc821_envelope{{
    .name = "smtp_quote_rfc821_envelope",
    .default_text = "yes",
    .summary = "quote unusual local parts in MAIL and RCPT",
}};
inline const Parameter<bool> smtp_randomize_addresses{{
    .name = "smtp_randomize_addresses",
    .default_text = "yes",
    .summary = "shuffle hosts of one preference",
}};
inline const Parameter<Seconds> smtp_rcpt_timeout{{
    .name = "smtp_rcpt_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to RCPT",
}};
inline const Parameter<std::string> smtp_reply_filter{{
    .name = "smtp_reply_filter",
    .summary = "tables that change replies of servers, line by line",
}};
inline const Parameter<Seconds> smtp_rset_timeout{{
    .name = "smtp_rset_timeout",
    .default_text = "20s",
    .least = Seconds(1),
    .summary = "time limit for the reply to RSET",
}};
inline const Parameter<bool> smtp_send_xforward_command{{
    .name = "smtp_send_xforward_command",
    .default_text = "no",
    .summary = "tell the server about the client that sent the mail, if it asks for that",
}};
inline const Parameter<bool> smtp_skip_5xx_greeting{{
    .name = "smtp_skip_5xx_greeting",
    .default_text = "yes",
    .summary = "take a 5xx greeting for a temporary failure",
}};
inline const Parameter<bool> smtp_skip_quit_response{{
    .name = "smtp_skip_quit_response",
    .default_text = "yes",
    .summary = "do not wait for the reply to QUIT",
}};
inline const Parameter<std::string> smtp_tcp_port{{
    .name = "smtp_tcp_port",
    .default_text = "smtp",
    .summary = "default port of servers",
}};
inline const Parameter<Seconds> smtp_xforward_timeout{{
    .name = "smtp_xforward_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for the reply to XFORWARD",
}};

}  // namespace postrider::smtp
