// smtp/options.cc - the parameters of this process, each read once.
#include "smtp/options.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/parameters.h"
#include "lib/delivery/transcript.h"
#include "lib/mail/parameters.h"
#include "lib/mail/propagation.h"
#include "smtp/chooser.h"
#include "smtp/lmtp_parameters.h"
#include "smtp/lmtp_sasl_parameters.h"
#include "smtp/parameters.h"
#include "smtp/sasl_parameters.h"

namespace postrider::smtp {

namespace {

bool names(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Options::Options(Protocol which, const Settings& settings)
    : protocol(which), protocols(config::protocols_in_use(settings)), own(settings) {
    const Chooser pick(settings, is_lmtp());
    pick(address_preference, smtp_address_preference, lmtp_address_preference);
    pick(address_verify_target, smtp_address_verify_target, lmtp_address_verify_target);
    if (!is_lmtp()) always_send_ehlo = settings[smtp_always_send_ehlo];
    pick(balance_inet_protocols, smtp_balance_inet_protocols, lmtp_balance_inet_protocols);
    pick(bind_address, smtp_bind_address, lmtp_bind_address);
    pick(bind_address6, smtp_bind_address6, lmtp_bind_address6);
    pick(bind_address_enforce, smtp_bind_address_enforce, lmtp_bind_address_enforce);
    pick(connect_timeout, smtp_connect_timeout, lmtp_connect_timeout);
    pick(connection_cache_destinations, smtp_connection_cache_destinations,
         lmtp_connection_cache_destinations);
    pick(connection_cache_on_demand, smtp_connection_cache_on_demand, lmtp_connection_cache_on_demand);
    pick(connection_cache_time_limit, smtp_connection_cache_time_limit, lmtp_connection_cache_time_limit);
    pick(connection_reuse_count_limit, smtp_connection_reuse_count_limit, lmtp_connection_reuse_count_limit);
    pick(connection_reuse_time_limit, smtp_connection_reuse_time_limit, lmtp_connection_reuse_time_limit);
    pick(data_done_timeout, smtp_data_done_timeout, lmtp_data_done_timeout);
    pick(data_init_timeout, smtp_data_init_timeout, lmtp_data_init_timeout);
    pick(data_xfer_timeout, smtp_data_xfer_timeout, lmtp_data_xfer_timeout);
    pick(defer_if_no_mx_address_found, smtp_defer_if_no_mx_address_found, lmtp_defer_if_no_mx_address_found);
    pick(discard_ehlo_keyword_address_maps, smtp_discard_ehlo_keyword_address_maps,
         lmtp_discard_lhlo_keyword_address_maps);
    pick(discard_ehlo_keywords, smtp_discard_ehlo_keywords, lmtp_discard_lhlo_keywords);
    pick(dns_reply_filter, smtp_dns_reply_filter, lmtp_dns_reply_filter);
    pick(dns_resolver_options, smtp_dns_resolver_options, lmtp_dns_resolver_options);
    pick(dns_support_level, smtp_dns_support_level, lmtp_dns_support_level);
    if (dns_support_level.empty()) dns_support_level = settings[disable_dns_lookups] ? "disabled" : "enabled";
    pick(fallback_relay, smtp_fallback_relay, lmtp_fallback_relay);
    pick(generic_maps, smtp_generic_maps, lmtp_generic_maps);
    pick(helo_name, smtp_helo_name, lmtp_lhlo_name);
    pick(helo_timeout, smtp_helo_timeout, lmtp_lhlo_timeout);
    pick(host_lookup, smtp_host_lookup, lmtp_host_lookup);
    pick(line_length_limit, smtp_line_length_limit, lmtp_line_length_limit);
    pick(mail_timeout, smtp_mail_timeout, lmtp_mail_timeout);
    pick(min_data_rate, smtp_min_data_rate, lmtp_min_data_rate);
    pick(mx_address_limit, smtp_mx_address_limit, lmtp_mx_address_limit);
    pick(mx_session_limit, smtp_mx_session_limit, lmtp_mx_session_limit);
    if (!is_lmtp()) never_send_ehlo = settings[smtp_never_send_ehlo];
    pick(per_request_deadline, smtp_per_request_deadline, lmtp_per_request_deadline);
    pick(pix_workaround_delay_time, smtp_pix_workaround_delay_time, lmtp_pix_workaround_delay_time);
    pick(pix_workaround_maps, smtp_pix_workaround_maps, lmtp_pix_workaround_maps);
    pick(pix_workaround_threshold_time, smtp_pix_workaround_threshold_time,
         lmtp_pix_workaround_threshold_time);
    pick(pix_workarounds, smtp_pix_workarounds, lmtp_pix_workarounds);
    pick(quit_timeout, smtp_quit_timeout, lmtp_quit_timeout);
    pick(quote_rfc821_envelope, smtp_quote_rfc821_envelope, lmtp_quote_rfc821_envelope);
    pick(randomize_addresses, smtp_randomize_addresses, lmtp_randomize_addresses);
    pick(rcpt_timeout, smtp_rcpt_timeout, lmtp_rcpt_timeout);
    pick(reply_filter, smtp_reply_filter, lmtp_reply_filter);
    pick(rset_timeout, smtp_rset_timeout, lmtp_rset_timeout);
    pick(send_dummy_mail_auth, smtp_send_dummy_mail_auth, lmtp_send_dummy_mail_auth);
    if (!settings[is_lmtp() ? lmtp_sasl_auth_enable : smtp_sasl_auth_enable]) send_dummy_mail_auth = false;
    pick(send_xforward_command, smtp_send_xforward_command, lmtp_send_xforward_command);
    pick(skip_5xx_greeting, smtp_skip_5xx_greeting, lmtp_skip_5xx_greeting);
    pick(skip_quit_response, smtp_skip_quit_response, lmtp_skip_quit_response);
    pick(tcp_port, smtp_tcp_port, lmtp_tcp_port);
    pick(xforward_timeout, smtp_xforward_timeout, lmtp_xforward_timeout);
    pick(header_checks, smtp_header_checks, lmtp_header_checks);
    pick(mime_header_checks, smtp_mime_header_checks, lmtp_mime_header_checks);
    pick(nested_header_checks, smtp_nested_header_checks, lmtp_nested_header_checks);
    pick(body_checks, smtp_body_checks, lmtp_body_checks);

    best_mx_transport = settings[smtp::best_mx_transport];
    ignore_mx_lookup_error = settings[smtp::ignore_mx_lookup_error];
    use_srv_lookup = settings.words(smtp::use_srv_lookup);
    ignore_srv_lookup_error = settings[smtp::ignore_srv_lookup_error];
    allow_srv_lookup_fallback = settings[smtp::allow_srv_lookup_fallback];
    disable_mime_output_conversion = settings[smtp::disable_mime_output_conversion];
    assume_final = is_lmtp() && settings[lmtp_assume_final];
    soft_bounce = settings[config::soft_bounce];
    listens_everywhere = names(settings.words(config::inet_interfaces), "all");
    myhostname = settings[config::myhostname];
    myorigin = settings[config::myorigin];
    relayhost = settings[config::relayhost];
    told_troubles = delivery::troubles_to_tell(settings);
    error_notice_recipient = settings[delivery::error_notice_recipient];
    double_bounce = settings[config::double_bounce_sender] + "@" + settings[config::myhostname];
    known_tcp_ports = settings[config::known_tcp_ports];
    propagate_generic_extension = mail::propagates_extension("generic", settings);

    generic_tables = tables::TableList(generic_maps, settings);
    reply_tables = tables::TableList(reply_filter, settings);
    dns_reply_tables = tables::TableList(dns_reply_filter, settings);
    discard_keyword_tables = tables::TableList(discard_ehlo_keyword_address_maps, settings);
    header_check_tables = tables::TableList::of_any_text(header_checks, settings);
    mime_header_check_tables = tables::TableList::of_any_text(mime_header_checks, settings);
    nested_header_check_tables = tables::TableList::of_any_text(nested_header_checks, settings);
    body_check_tables = tables::TableList::of_any_text(body_checks, settings);
    pix_tables = tables::TableList(pix_workaround_maps, settings);
    cached_destinations = tables::MatchList(
        is_lmtp() ? "lmtp_connection_cache_destinations" : "smtp_connection_cache_destinations",
        connection_cache_destinations, tables::ListKind::strings, settings);
}

// Compat: the texts of Postfix.
void check_choices(const Options& options) {
    const char* const prefix = options.is_lmtp() ? "lmtp" : "smtp";
    const auto check_words = [&](std::string_view name, const std::string& value,
                                 const std::vector<std::string>& known) {
        for (const std::string& word : split_words(value))
            if (!names(known, word)) fatal("unknown {}_{} value \"{}\" in \"{}\"", prefix, name, word, value);
    };
    check_words("host_lookup", options.host_lookup, {"dns", "native"});
    check_words("dns_resolver_options", options.dns_resolver_options, {"res_defnames", "res_dnsrch"});
    if (!names({"disabled", "enabled", "dnssec"}, options.dns_support_level))
        fatal("invalid {}_dns_support_level: \"{}\"", prefix, options.dns_support_level);
    if (!names({"any", "ipv4", "ipv6"}, options.address_preference))
        fatal("bad {}_address_preference value: {}", prefix, options.address_preference);
    if (!names({"rcpt", "data"}, options.address_verify_target))
        fatal("bad protocol stage: \"{}_address_verify_target = {}\"", prefix, options.address_verify_target);
}

}  // namespace postrider::smtp
