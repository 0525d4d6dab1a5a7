// smtpd/parameters.h - the main.cf parameters of the SMTP dialogue; those of the restrictions are in
// access/parameters.h.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::smtpd {

inline const Parameter<std::string> smtpd_banner{{
    .name = "smtpd_banner",
    .default_text = "$myhostname ESMTP $mail_name",
    .least = 1,
    .summary = "text after the 220 of the greeting",
}};
inline const Parameter<Seconds> smtpd_timeout{{
    .name = "smtpd_timeout",
    .default_text = "${stress?{10}:{300}}s",
    .least = Seconds(1),
    .summary = "time limit for sending a reply and for receiving the next command",
}};
inline const Parameter<bool> smtpd_per_request_deadline{{
    .name = "smtpd_per_request_deadline",
    .default_text = "${smtpd_per_record_deadline?{$smtpd_per_record_deadline}:{${stress?{yes}:{no}}}}",
    .summary = "the time limit is for a whole command or message, not for each read",
}};
inline const Parameter<int> smtpd_min_data_rate{{
    .name = "smtpd_min_data_rate",
    .default_text = "500",
    .least = 1,
    .summary = "bytes a second of content that prolong the deadline of a message",
}};
inline const Parameter<bool> smtpd_helo_required{{
    .name = "smtpd_helo_required",
    .default_text = "no",
    .summary = "HELO or EHLO must come before MAIL",
}};
inline const Parameter<bool> disable_vrfy_command{{
    .name = "disable_vrfy_command",
    .default_text = "no",
    .summary = "refuse VRFY",
}};
inline const Parameter<bool> strict_rfc821_envelopes{{
    .name = "strict_rfc821_envelopes",
    .default_text = "no",
    .summary = "MAIL FROM and RCPT TO paths must be written as the standard says",
}};
inline const Parameter<bool> strict_smtputf8{{
    .name = "strict_smtputf8",
    .default_text = "no",
    .summary = "non-ASCII addresses need the SMTPUTF8 parameter",
}};
inline const Parameter<int> smtpd_recipient_limit{{
    .name = "smtpd_recipient_limit",
    .default_text = "1000",
    .least = 1,
    .summary = "recipients of one message",
}};
inline const Parameter<int> smtpd_recipient_overshoot_limit{{
    .name = "smtpd_recipient_overshoot_limit",
    .default_text = "1000",
    .least = 1,
    .summary = "recipients beyond the limit that are not yet counted as errors",
}};
inline const Parameter<int> smtpd_soft_error_limit{{
    .name = "smtpd_soft_error_limit",
    .default_text = "10",
    .least = 1,
    .summary = "errors of a client before its replies are delayed",
}};
inline const Parameter<int> smtpd_hard_error_limit{{
    .name = "smtpd_hard_error_limit",
    .default_text = "${stress?{1}:{20}}",
    .least = 1,
    .summary = "errors of a client before it is disconnected",
}};
inline const Parameter<Seconds> smtpd_error_sleep_time{{
    .name = "smtpd_error_sleep_time",
    .default_text = "1s",
    .least = Seconds(0),
    .summary = "delay of each reply to a client with too many errors",
}};
inline const Parameter<int> smtpd_junk_command_limit{{
    .name = "smtpd_junk_command_limit",
    .default_text = "${stress?{1}:{100}}",
    .least = 1,
    .summary = "NOOP, VRFY, ETRN and RSET commands before each one is an error",
}};
inline const Parameter<std::string> smtpd_noop_commands{{
    .name = "smtpd_noop_commands",
    .summary = "commands answered like NOOP",
}};
inline const Parameter<std::string> smtpd_forbidden_commands{{
    .name = "smtpd_forbidden_commands",
    .default_text = "CONNECT GET POST regexp:{{/^[^A-Z]/ Bogus}}",
    .summary = "commands whose sender is no mail client and is disconnected",
}};
inline const Parameter<std::string> smtpd_command_filter{{
    .name = "smtpd_command_filter",
    .summary = "tables that replace command lines",
}};
inline const Parameter<std::string> smtpd_discard_ehlo_keywords{{
    .name = "smtpd_discard_ehlo_keywords",
    .summary = "extensions that are not announced",
}};
inline const Parameter<std::string> smtpd_discard_ehlo_keyword_address_maps{{
    .name = "smtpd_discard_ehlo_keyword_address_maps",
    .summary = "tables of those by client address",
}};
inline const Parameter<bool> smtpd_forbid_unauth_pipelining{{
    .name = "smtpd_forbid_unauth_pipelining",
    .default_text = "yes",
    .summary = "disconnect clients that talk before their turn",
}};
inline const Parameter<std::string> smtpd_forbid_bare_newline{{
    .name = "smtpd_forbid_bare_newline",
    .default_text = "normalize",
    .least = 1,
    .summary = "what to do about lines without CR: normalize, yes, note, reject, no",
}};
inline const Parameter<std::string> smtpd_forbid_bare_newline_exclusions{{
    .name = "smtpd_forbid_bare_newline_exclusions",
    .default_text = "$mynetworks",
    .summary = "clients that may send such lines",
}};
inline const Parameter<int> smtpd_forbid_bare_newline_reject_code{{
    .name = "smtpd_forbid_bare_newline_reject_code",
    .default_text = "550",
    .least = 500,
    .most = 599,
    .summary = "reply code for them",
}};
inline const Parameter<bool> smtpd_peername_lookup{{
    .name = "smtpd_peername_lookup",
    .default_text = "yes",
    .summary = "look up and check host names of clients",
}};
inline const Parameter<bool> smtpd_client_port_logging{{
    .name = "smtpd_client_port_logging",
    .default_text = "no",
    .summary = "log the TCP port of clients",
}};
inline const Parameter<bool> smtpd_delay_open_until_valid_rcpt{{
    .name = "smtpd_delay_open_until_valid_rcpt",
    .default_text = "yes",
    .summary = "open the queue file at the first valid recipient, not at MAIL",
}};
inline const Parameter<bool> smtpd_hide_client_session{{
    .name = "smtpd_hide_client_session",
    .default_text = "no",
    .summary = "Received headers do not name the client",
}};
inline const Parameter<std::string> smtpd_authorized_verp_clients{{
    .name = "smtpd_authorized_verp_clients",
    .default_text = "$authorized_verp_clients",
    .summary = "clients that may ask for VERP",
}};
inline const Parameter<std::string> smtpd_authorized_xclient_hosts{{
    .name = "smtpd_authorized_xclient_hosts",
    .summary = "clients that may use XCLIENT",
}};
inline const Parameter<std::string> smtpd_authorized_xforward_hosts{{
    .name = "smtpd_authorized_xforward_hosts",
    .summary = "clients that may use XFORWARD",
}};
inline const Parameter<std::string> smtpd_client_event_limit_exceptions{{
    .name = "smtpd_client_event_limit_exceptions",
    .default_text = "${smtpd_client_connection_limit_exceptions:$mynetworks}",
    .summary = "clients without count and rate limits",
}};
inline const Parameter<int> smtpd_client_connection_count_limit{{
    .name = "smtpd_client_connection_count_limit",
    .default_text = "50",
    .least = 0,
    .summary = "connections of one client at once",
}};
inline const Parameter<int> smtpd_client_connection_rate_limit{{
    .name = "smtpd_client_connection_rate_limit",
    .default_text = "0",
    .least = 0,
    .summary = "connections of one client in a time unit",
}};
inline const Parameter<int> smtpd_client_message_rate_limit{{
    .name = "smtpd_client_message_rate_limit",
    .default_text = "0",
    .least = 0,
    .summary = "messages of one client in a time unit",
}};
inline const Parameter<int> smtpd_client_recipient_rate_limit{{
    .name = "smtpd_client_recipient_rate_limit",
    .default_text = "0",
    .least = 0,
    .summary = "recipients of one client in a time unit",
}};
inline const Parameter<int> smtpd_client_ipv4_prefix_length{{
    .name = "smtpd_client_ipv4_prefix_length",
    .default_text = "32",
    .least = 0,
    .most = 32,
    .summary = "IPv4 clients are limited by networks of this prefix length",
}};
inline const Parameter<int> smtpd_client_ipv6_prefix_length{{
    .name = "smtpd_client_ipv6_prefix_length",
    .default_text = "84",
    .least = 0,
    .most = 128,
    .summary = "IPv6 clients are limited by networks of this prefix length",
}};
inline const Parameter<std::string> local_header_rewrite_clients{{
    .name = "local_header_rewrite_clients",
    .default_text = "permit_inet_interfaces",
    .summary = "clients whose message headers are completed as local ones",
}};
inline const Parameter<long> queue_minfree{{
    .name = "queue_minfree",
    .default_text = "0",
    .least = 0,
    .summary = "bytes that must stay free in the queue file system",
}};
inline const Parameter<int> smtpd_history_flush_threshold{{
    .name = "smtpd_history_flush_threshold",
    .default_text = "100",
    .least = 1,
    .summary = "lines of a transcript for the postmaster before it is sent or dropped",
}};
inline const Parameter<std::string> smtpd_dns_reply_filter{{
    .name = "smtpd_dns_reply_filter",
    .summary = "tables of DNS records that the restrictions do not see",
}};
inline const Parameter<config::Raw> smtpd_expansion_filter{{
    .name = "smtpd_expansion_filter",
    .default_text = "\\t\\40!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`"
                    "abcdefghijklmnopqrstuvwxyz{|}~",
    .least = 1,
    .summary = "characters that names in a refusal may be replaced by; others become _",
}};
inline const Parameter<config::Raw> smtpd_reject_footer{{
    .name = "smtpd_reject_footer",
    .summary = "text added to 4xx and 5xx replies",
}};
inline const Parameter<std::string> smtpd_reject_footer_maps{{
    .name = "smtpd_reject_footer_maps",
    .summary = "tables of such texts by reply",
}};
inline const Parameter<std::string> smtpd_reject_filter_maps{{
    .name = "smtpd_reject_filter_maps",
    .summary = "tables that replace 4xx and 5xx replies",
}};

}  // namespace postrider::smtpd
