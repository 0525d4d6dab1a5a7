// smtpd/access/parameters.h - the main.cf parameters of the restriction language.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::smtpd {

inline const Parameter<std::string> smtpd_client_restrictions{{
    .name = "smtpd_client_restrictions",
    .summary = "what a client must meet at all",
}};
inline const Parameter<std::string> smtpd_helo_restrictions{{
    .name = "smtpd_helo_restrictions",
    .summary = "what HELO or EHLO must meet",
}};
inline const Parameter<std::string> smtpd_sender_restrictions{{
    .name = "smtpd_sender_restrictions",
    .summary = "what MAIL FROM must meet",
}};
inline const Parameter<std::string> smtpd_relay_restrictions{{
    .name = "smtpd_relay_restrictions",
    .default_text = "${{$compatibility_level} <level {1} ? {} : {permit_mynetworks, "
                    "permit_sasl_authenticated, defer_unauth_destination}}",
    .summary = "who may send where: the guard against relaying for strangers",
}};
inline const Parameter<std::string> smtpd_recipient_restrictions{{
    .name = "smtpd_recipient_restrictions",
    .summary = "what RCPT TO must meet",
}};
inline const Parameter<std::string> smtpd_data_restrictions{{
    .name = "smtpd_data_restrictions",
    .summary = "what DATA must meet",
}};
inline const Parameter<std::string> smtpd_end_of_data_restrictions{{
    .name = "smtpd_end_of_data_restrictions",
    .summary = "what a received message must meet",
}};
inline const Parameter<std::string> smtpd_etrn_restrictions{{
    .name = "smtpd_etrn_restrictions",
    .summary = "what ETRN must meet",
}};
inline const Parameter<std::string> smtpd_restriction_classes{{
    .name = "smtpd_restriction_classes",
    .summary = "names of parameters that hold restriction lists of your own",
}};
inline const Parameter<bool> smtpd_delay_reject{{
    .name = "smtpd_delay_reject",
    .default_text = "yes",
    .summary = "evaluate client, HELO and sender restrictions at RCPT",
}};
inline const Parameter<bool> smtpd_relay_before_recipient_restrictions{{
    .name = "smtpd_relay_before_recipient_restrictions",
    .default_text = "${{$compatibility_level} <level {3.6} ? {no} : {yes}}",
    .summary = "evaluate the relay restrictions first",
}};
inline const Parameter<std::string> smtpd_log_access_permit_actions{{
    .name = "smtpd_log_access_permit_actions",
    .summary = "restrictions whose permission is logged",
}};
inline const Parameter<std::string> smtpd_null_access_lookup_key{{
    .name = "smtpd_null_access_lookup_key",
    .default_text = "<>",
    .summary = "what the null sender is in access tables",
}};
inline const Parameter<bool> smtpd_reject_unlisted_recipient{{
    .name = "smtpd_reject_unlisted_recipient",
    .default_text = "yes",
    .summary = "refuse recipients that no table lists",
}};
inline const Parameter<bool> smtpd_reject_unlisted_sender{{
    .name = "smtpd_reject_unlisted_sender",
    .default_text = "no",
    .summary = "refuse senders that no table lists",
}};
inline const Parameter<std::string> smtpd_sender_login_maps{{
    .name = "smtpd_sender_login_maps",
    .summary = "tables of the logins that own a sender address",
}};
inline const Parameter<bool> allow_untrusted_routing{{
    .name = "allow_untrusted_routing",
    .default_text = "no",
    .summary = "relay addresses with routing operators to our domains",
}};
inline const Parameter<int> reject_code{{
    .name = "reject_code",
    .default_text = "554",
    .least = 0,
    .summary = "reply code of reject",
}};
inline const Parameter<int> defer_code{{
    .name = "defer_code",
    .default_text = "450",
    .least = 0,
    .summary = "reply code of defer",
}};
inline const Parameter<int> relay_domains_reject_code{{
    .name = "relay_domains_reject_code",
    .default_text = "554",
    .least = 0,
    .summary = "reply code of reject_unauth_destination",
}};
inline const Parameter<int> access_map_reject_code{{
    .name = "access_map_reject_code",
    .default_text = "554",
    .least = 0,
    .summary = "reply code of REJECT in access tables",
}};
inline const Parameter<int> access_map_defer_code{{
    .name = "access_map_defer_code",
    .default_text = "450",
    .least = 0,
    .summary = "reply code of DEFER in access tables",
}};
inline const Parameter<int> plaintext_reject_code{{
    .name = "plaintext_reject_code",
    .default_text = "450",
    .least = 0,
    .summary = "reply code of reject_plaintext_session",
}};
inline const Parameter<int> invalid_hostname_reject_code{{
    .name = "invalid_hostname_reject_code",
    .default_text = "501",
    .least = 0,
    .summary = "reply code of reject_invalid_helo_hostname",
}};
inline const Parameter<int> non_fqdn_reject_code{{
    .name = "non_fqdn_reject_code",
    .default_text = "504",
    .least = 0,
    .summary = "reply code of the reject_non_fqdn_ restrictions",
}};
inline const Parameter<int> unknown_hostname_reject_code{{
    .name = "unknown_hostname_reject_code",
    .default_text = "450",
    .least = 0,
    .summary = "reply code of reject_unknown_helo_hostname",
}};
inline const Parameter<int> unknown_client_reject_code{{
    .name = "unknown_client_reject_code",
    .default_text = "450",
    .least = 0,
    .summary = "reply code of the reject_unknown_ client restrictions",
}};
inline const Parameter<int> unknown_address_reject_code{{
    .name = "unknown_address_reject_code",
    .default_text = "450",
    .least = 0,
    .summary = "reply code of the reject_unknown_ domain restrictions",
}};
inline const Parameter<int> multi_recipient_bounce_reject_code{{
    .name = "multi_recipient_bounce_reject_code",
    .default_text = "550",
    .least = 0,
    .summary = "reply code of reject_multi_recipient_bounce",
}};
inline const Parameter<int> unknown_local_recipient_reject_code{{
    .name = "unknown_local_recipient_reject_code",
    .default_text = "550",
    .least = 0,
    .summary = "reply code for unknown users of local domains",
}};
inline const Parameter<int> unknown_virtual_alias_reject_code{{
    .name = "unknown_virtual_alias_reject_code",
    .default_text = "550",
    .least = 0,
    .summary = "reply code for unknown users of virtual alias domains",
}};
inline const Parameter<int> unknown_virtual_mailbox_reject_code{{
    .name = "unknown_virtual_mailbox_reject_code",
    .default_text = "550",
    .least = 0,
    .summary = "reply code for unknown users of virtual mailbox domains",
}};
inline const Parameter<int> unknown_relay_recipient_reject_code{{
    .name = "unknown_relay_recipient_reject_code",
    .default_text = "550",
    .least = 0,
    .summary = "reply code for unknown users of relay domains",
}};
inline const Parameter<std::string> reject_tempfail_action{{
    .name = "reject_tempfail_action",
    .default_text = "defer_if_permit",
    .least = 1,
    .summary = "what a question without an answer does: defer_if_permit or defer",
}};
inline const Parameter<std::string> unknown_helo_hostname_tempfail_action{{
    .name = "unknown_helo_hostname_tempfail_action",
    .default_text = "$reject_tempfail_action",
    .least = 1,
    .summary = "the same for reject_unknown_helo_hostname",
}};
inline const Parameter<std::string> unknown_address_tempfail_action{{
    .name = "unknown_address_tempfail_action",
    .default_text = "$reject_tempfail_action",
    .least = 1,
    .summary = "the same for the reject_unknown_ domain restrictions",
}};
inline const Parameter<int> maps_rbl_reject_code{{
    .name = "maps_rbl_reject_code",
    .default_text = "554",
    .least = 0,
    .summary = "reply code of the block list restrictions",
}};
inline const Parameter<std::string> maps_rbl_domains{{
    .name = "maps_rbl_domains",
    .summary = "block lists of reject_maps_rbl",
}};
inline const Parameter<config::Raw> default_rbl_reply{{
    .name = "default_rbl_reply",
    .default_text = "$rbl_code Service unavailable; $rbl_class [$rbl_what] blocked using "
                    "$rbl_domain${rbl_reason?; $rbl_reason}",
    .least = 1,
    .summary = "reply of the block list restrictions",
}};
inline const Parameter<std::string> rbl_reply_maps{{
    .name = "rbl_reply_maps",
    .summary = "tables of such replies by block list",
}};
inline const Parameter<std::string> permit_mx_backup_networks{{
    .name = "permit_mx_backup_networks",
    .summary = "networks of primary MX hosts we are a backup for",
}};
inline const Parameter<Seconds> smtpd_policy_service_timeout{{
    .name = "smtpd_policy_service_timeout",
    .default_text = "100s",
    .least = Seconds(1),
    .summary = "time limit for a policy server",
}};
inline const Parameter<Seconds> smtpd_policy_service_max_idle{{
    .name = "smtpd_policy_service_max_idle",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "an idle connection to a policy server is closed",
}};
inline const Parameter<Seconds> smtpd_policy_service_max_ttl{{
    .name = "smtpd_policy_service_max_ttl",
    .default_text = "1000s",
    .least = Seconds(1),
    .summary = "an old connection to a policy server is closed",
}};
inline const Parameter<int> smtpd_policy_service_request_limit{{
    .name = "smtpd_policy_service_request_limit",
    .default_text = "0",
    .least = 0,
    .summary = "requests over one connection; 0: no limit",
}};
inline const Parameter<int> smtpd_policy_service_try_limit{{
    .name = "smtpd_policy_service_try_limit",
    .default_text = "2",
    .least = 1,
    .summary = "tries to ask a policy server",
}};
inline const Parameter<Seconds> smtpd_policy_service_retry_delay{{
    .name = "smtpd_policy_service_retry_delay",
    .default_text = "1s",
    .least = Seconds(1),
    .summary = "pause between them",
}};
inline const Parameter<std::string> smtpd_policy_service_default_action{{
    .name = "smtpd_policy_service_default_action",
    .default_text = "451 4.3.5 Server configuration problem",
    .least = 1,
    .summary = "action when a policy server does not answer",
}};
inline const Parameter<std::string> smtpd_policy_service_policy_context{{
    .name = "smtpd_policy_service_policy_context",
    .summary = "text sent to policy servers",
}};
inline const Parameter<int> address_verify_poll_count{{
    .name = "address_verify_poll_count",
    .default_text = "${stress?{1}:{3}}",
    .least = 1,
    .summary = "how often the result of a probe is asked for while the client waits",
}};
inline const Parameter<Seconds> address_verify_poll_delay{{
    .name = "address_verify_poll_delay",
    .default_text = "3s",
    .least = Seconds(1),
    .summary = "time between these questions",
}};
inline const Parameter<int> unverified_sender_reject_code{{
    .name = "unverified_sender_reject_code",
    .default_text = "450",
    .least = 200,
    .most = 599,
    .summary = "reply code of reject_unverified_sender for an undeliverable address",
}};
inline const Parameter<int> unverified_sender_defer_code{{
    .name = "unverified_sender_defer_code",
    .default_text = "450",
    .least = 200,
    .most = 499,
    .summary = "reply code of reject_unverified_sender while nothing is known",
}};
inline const Parameter<std::string> unverified_sender_reject_reason{{
    .name = "unverified_sender_reject_reason",
    .default_text = "",
    .summary = "reply text of reject_unverified_sender; empty: what the probe found",
}};
inline const Parameter<std::string> unverified_sender_tempfail_action{{
    .name = "unverified_sender_tempfail_action",
    .default_text = "$reject_tempfail_action",
    .least = 1,
    .summary = "what reject_unverified_sender does while nothing is known",
}};
inline const Parameter<int> unverified_recipient_reject_code{{
    .name = "unverified_recipient_reject_code",
    .default_text = "450",
    .least = 200,
    .most = 599,
    .summary = "reply code of reject_unverified_recipient for an undeliverable address",
}};
inline const Parameter<int> unverified_recipient_defer_code{{
    .name = "unverified_recipient_defer_code",
    .default_text = "450",
    .least = 200,
    .most = 499,
    .summary = "reply code of reject_unverified_recipient while nothing is known",
}};
inline const Parameter<std::string> unverified_recipient_reject_reason{{
    .name = "unverified_recipient_reject_reason",
    .default_text = "",
    .summary = "reply text of reject_unverified_recipient; empty: what the probe found",
}};
inline const Parameter<std::string> unverified_recipient_tempfail_action{{
    .name = "unverified_recipient_tempfail_action",
    .default_text = "$reject_tempfail_action",
    .least = 1,
    .summary = "what reject_unverified_recipient does while nothing is known",
}};

}  // namespace postrider::smtpd
