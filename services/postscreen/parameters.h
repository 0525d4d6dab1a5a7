// services/postscreen/parameters.h - main.cf parameters of postscreen(8).
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::postscreen {

inline const Parameter<std::string> postscreen_access_list{{
    .name = "postscreen_access_list",
    .default_text = "permit_mynetworks",
    .summary = "clients that are let in, or turned away, without tests",
}};
inline const Parameter<std::string> postscreen_allowlist_interfaces{{
    .name = "postscreen_allowlist_interfaces",
    .default_text = "${postscreen_whitelist_interfaces?{$postscreen_whitelist_interfaces}:{static:all}}",
    .summary = "addresses of this server where clients can get on the temporary allowlist",
}};
inline const Parameter<std::string> postscreen_bare_newline_action{{
    .name = "postscreen_bare_newline_action",
    .default_text = "ignore",
    .least = 1,
    .summary = "what happens to clients that send lines without CR: ignore, enforce or drop",
}};
inline const Parameter<bool> postscreen_bare_newline_enable{{
    .name = "postscreen_bare_newline_enable",
    .default_text = "no",
    .summary = "look for lines without CR",
}};
inline const Parameter<Seconds> postscreen_bare_newline_ttl{{
    .name = "postscreen_bare_newline_ttl",
    .default_text = "30d",
    .least = Seconds(1),
    .summary = "how long a client that passed that test is not tested again",
}};
inline const Parameter<Seconds> postscreen_cache_cleanup_interval{{
    .name = "postscreen_cache_cleanup_interval",
    .default_text = "12h",
    .least = Seconds(0),
    .summary = "time between removals of what has expired; 0: never",
}};
inline const Parameter<std::string> postscreen_cache_map{{
    .name = "postscreen_cache_map",
    .default_text = "$default_cache_db_type:$data_directory/postscreen_cache",
    .summary = "file with the results of tests; empty: kept in memory",
}};
inline const Parameter<Seconds> postscreen_cache_retention_time{{
    .name = "postscreen_cache_retention_time",
    .default_text = "7d",
    .least = Seconds(1),
    .summary = "how long a result is kept after it expired",
}};
inline const Parameter<int> postscreen_client_connection_count_limit{{
    .name = "postscreen_client_connection_count_limit",
    .default_text = "$smtpd_client_connection_count_limit",
    .least = 0,
    .summary = "connections of one client at once",
}};
inline const Parameter<int> postscreen_command_count_limit{{
    .name = "postscreen_command_count_limit",
    .default_text = "20",
    .least = 1,
    .summary = "commands of a client that is not handed over",
}};
inline const Parameter<std::string> postscreen_command_filter{{
    .name = "postscreen_command_filter",
    .summary = "tables that replace command lines",
}};
inline const Parameter<Seconds> postscreen_command_time_limit{{
    .name = "postscreen_command_time_limit",
    .default_text = "${stress?{10}:{300}}s",
    .least = Seconds(1),
    .summary = "time for one command of a client that is not handed over",
}};
inline const Parameter<std::string> postscreen_denylist_action{{
    .name = "postscreen_denylist_action",
    .default_text = "${postscreen_blacklist_action?{$postscreen_blacklist_action}:{ignore}}",
    .least = 1,
    .summary = "what happens to clients that postscreen_access_list rejects: ignore, enforce or drop",
}};
inline const Parameter<bool> postscreen_disable_vrfy_command{{
    .name = "postscreen_disable_vrfy_command",
    .default_text = "$disable_vrfy_command",
    .summary = "refuse VRFY",
}};
inline const Parameter<std::string> postscreen_discard_ehlo_keyword_address_maps{{
    .name = "postscreen_discard_ehlo_keyword_address_maps",
    .default_text = "$smtpd_discard_ehlo_keyword_address_maps",
    .summary = "tables of extensions that are not announced, by client address",
}};
inline const Parameter<std::string> postscreen_discard_ehlo_keywords{{
    .name = "postscreen_discard_ehlo_keywords",
    .default_text = "$smtpd_discard_ehlo_keywords",
    .summary = "extensions that are not announced",
}};
inline const Parameter<std::string> postscreen_dnsbl_action{{
    .name = "postscreen_dnsbl_action",
    .default_text = "ignore",
    .least = 1,
    .summary = "what happens to clients that DNS block lists know: ignore, enforce or drop",
}};
inline const Parameter<int> postscreen_dnsbl_allowlist_threshold{{
    .name = "postscreen_dnsbl_allowlist_threshold",
    .default_text = "${postscreen_dnsbl_whitelist_threshold?{$postscreen_dnsbl_whitelist_threshold}:{0}}",
    .summary = "score at or below which a client passes all tests; only when negative",
}};
inline const Parameter<Seconds> postscreen_dnsbl_max_ttl{{
    .name = "postscreen_dnsbl_max_ttl",
    .default_text = "${postscreen_dnsbl_ttl?{$postscreen_dnsbl_ttl}:{1}}h",
    .least = Seconds(1),
    .summary = "how long a good score counts, at most",
}};
inline const Parameter<Seconds> postscreen_dnsbl_min_ttl{{
    .name = "postscreen_dnsbl_min_ttl",
    .default_text = "60s",
    .least = Seconds(1),
    .summary = "how long a good score counts, at least",
}};
inline const Parameter<std::string> postscreen_dnsbl_reply_map{{
    .name = "postscreen_dnsbl_reply_map",
    .summary = "tables of names that stand for block lists in replies",
}};
inline const Parameter<std::string> postscreen_dnsbl_sites{{
    .name = "postscreen_dnsbl_sites",
    .summary = "DNS block and allow lists: domain=filter*weight",
}};
inline const Parameter<int> postscreen_dnsbl_threshold{{
    .name = "postscreen_dnsbl_threshold",
    .default_text = "1",
    .least = 1,
    .summary = "score at or above which a client fails",
}};
inline const Parameter<Seconds> postscreen_dnsbl_timeout{{
    .name = "postscreen_dnsbl_timeout",
    .default_text = "10s",
    .least = Seconds(1),
    .summary = "time limit for asking one list",
}};
inline const Parameter<config::Raw> postscreen_expansion_filter{{
    .name = "postscreen_expansion_filter",
    .default_text = "$smtpd_expansion_filter",
    .least = 1,
    .summary = "characters that may come from outside into a reply footer",
}};
inline const Parameter<std::string> postscreen_forbidden_commands{{
    .name = "postscreen_forbidden_commands",
    .default_text = "$smtpd_forbidden_commands",
    .summary = "commands whose sender is no mail client",
}};
inline const Parameter<std::string> postscreen_greet_action{{
    .name = "postscreen_greet_action",
    .default_text = "ignore",
    .least = 1,
    .summary = "what happens to clients that talk before their turn: ignore, enforce or drop",
}};
inline const Parameter<std::string> postscreen_greet_banner{{
    .name = "postscreen_greet_banner",
    .default_text = "$smtpd_banner",
    .summary = "text of the first part of the greeting; empty: nothing is sent before the wait",
}};
inline const Parameter<Seconds> postscreen_greet_ttl{{
    .name = "postscreen_greet_ttl",
    .default_text = "1d",
    .least = Seconds(1),
    .summary = "how long a client that waited its turn is not tested again",
}};
inline const Parameter<Seconds> postscreen_greet_wait{{
    .name = "postscreen_greet_wait",
    .default_text = "${stress?{2}:{6}}s",
    .least = Seconds(1),
    .summary = "how long a client is kept waiting for the greeting",
}};
inline const Parameter<bool> postscreen_helo_required{{
    .name = "postscreen_helo_required",
    .default_text = "$smtpd_helo_required",
    .summary = "HELO or EHLO must come before MAIL",
}};
inline const Parameter<std::string> postscreen_non_smtp_command_action{{
    .name = "postscreen_non_smtp_command_action",
    .default_text = "drop",
    .least = 1,
    .summary = "what happens to clients that talk another protocol: ignore, enforce or drop",
}};
inline const Parameter<bool> postscreen_non_smtp_command_enable{{
    .name = "postscreen_non_smtp_command_enable",
    .default_text = "no",
    .summary = "look for commands of other protocols",
}};
inline const Parameter<Seconds> postscreen_non_smtp_command_ttl{{
    .name = "postscreen_non_smtp_command_ttl",
    .default_text = "30d",
    .least = Seconds(1),
    .summary = "how long a client that passed that test is not tested again",
}};
inline const Parameter<std::string> postscreen_pipelining_action{{
    .name = "postscreen_pipelining_action",
    .default_text = "enforce",
    .least = 1,
    .summary = "what happens to clients that do not wait for replies: ignore, enforce or drop",
}};
inline const Parameter<bool> postscreen_pipelining_enable{{
    .name = "postscreen_pipelining_enable",
    .default_text = "no",
    .summary = "look for commands sent before the reply to the last one",
}};
inline const Parameter<Seconds> postscreen_pipelining_ttl{{
    .name = "postscreen_pipelining_ttl",
    .default_text = "30d",
    .least = Seconds(1),
    .summary = "how long a client that passed that test is not tested again",
}};
inline const Parameter<int> postscreen_post_queue_limit{{
    .name = "postscreen_post_queue_limit",
    .default_text = "$default_process_limit",
    .least = 5,
    .summary = "clients that may wait for an SMTP server at once",
}};
inline const Parameter<int> postscreen_pre_queue_limit{{
    .name = "postscreen_pre_queue_limit",
    .default_text = "$default_process_limit",
    .least = 10,
    .summary = "clients that may be under test at once",
}};
inline const Parameter<config::Raw> postscreen_reject_footer{{
    .name = "postscreen_reject_footer",
    .default_text = "$smtpd_reject_footer",
    .summary = "text added to 4xx and 5xx replies",
}};
inline const Parameter<std::string> postscreen_reject_footer_maps{{
    .name = "postscreen_reject_footer_maps",
    .default_text = "$smtpd_reject_footer_maps",
    .summary = "tables of such texts by reply",
}};
inline const Parameter<std::string> postscreen_upstream_proxy_protocol{{
    .name = "postscreen_upstream_proxy_protocol",
    .summary = "protocol of a proxy that tells the client address: haproxy, or empty",
}};
inline const Parameter<Seconds> postscreen_upstream_proxy_timeout{{
    .name = "postscreen_upstream_proxy_timeout",
    .default_text = "5s",
    .least = Seconds(1),
    .summary = "time limit for the header of such a proxy",
}};
inline const Parameter<std::string> postscreen_upstream_proxy_clients{{
    .name = "postscreen_upstream_proxy_clients",
    .summary = "addresses that are such a proxy; empty: all",
}};
inline const Parameter<Seconds> postscreen_watchdog_timeout{{
    .name = "postscreen_watchdog_timeout",
    .default_text = "10s",
    .least = Seconds(10),
    .summary = "how long the process may be stuck before it is ended",
}};
inline const Parameter<bool> respectful_logging{{
    .name = "respectful_logging",
    .default_text = "${{$compatibility_level} <level {3.6} ? {no} : {yes}}",
    .summary = "log allowlisted and denylisted, not the words of old",
}};
inline const Parameter<std::string> smtpd_service_name{{
    .name = "smtpd_service_name",
    .default_text = "smtpd",
    .least = 1,
    .summary = "the service that gets the clients that passed",
}};

}  // namespace postrider::postscreen
