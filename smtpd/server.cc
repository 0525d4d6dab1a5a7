// smtpd/server.cc - what all sessions of the process share.
#include "smtpd/server.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/tls_client_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/daemon/tls_server_parameters.h"
#include "lib/delivery/transcript.h"
#include "lib/mail/ehlo_keywords.h"
#include "lib/mail/intake_parameters.h"
#include "lib/queue/cleanup_client.h"
#include "smtpd/access/parameters.h"
#include "smtpd/milters.h"
#include "smtpd/parameters.h"
#include "smtpd/tls_parameters.h"

namespace postrider::smtpd {

namespace {

BareNewline parse_bare_newline(const std::string& value) {
    const std::string word = lower(value);
    if (word == "no") return BareNewline::accept;
    if (word == "note") return BareNewline::note;
    if (word == "normalize" || word == "yes") return BareNewline::normalise;
    if (word == "reject") return BareNewline::reject;
    fatal("main.cf: smtpd_forbid_bare_newline = {}: use normalize, yes, note, reject or no", value);
}

// The type:name words of a list that has keywords as well.
std::string table_words(const std::vector<std::string>& words) {
    std::string tables;
    for (const std::string& word : words)
        if (word.find(':') != std::string::npos) tables += word + " ";
    return tables;
}

}  // namespace

Result<Overrides> parse_overrides(const std::string& value) {
    Overrides overrides;
    for (const std::string& word : split_words(lower(value))) {
        if (word == "no_unknown_recipient_checks")
            overrides.skip_unknown_recipient_checks = true;
        else if (word == "no_address_mappings")
            overrides.skip_address_mappings = true;
        else if (word == "no_header_body_checks")
            overrides.skip_content_checks = true;
        else if (word == "no_milters")
            overrides.skip_milters = true;
        else
            return Error{"unknown receive_override_options value \"" + word + "\""};
    }
    return overrides;
}

Limits::Limits(const Settings& settings)
    : timeout(settings[smtpd_timeout]),
      hard_error_limit(settings[smtpd_hard_error_limit]),
      junk_limit(settings[smtpd_junk_command_limit]),
      starttls_timeout(settings[daemon::smtpd_starttls_timeout]),
      deadline_per_request(settings[smtpd_per_request_deadline]) {}

Server::Server(const Settings& all, Neighbours others)
    : settings(all),
      neighbours(std::move(others)),
      hostname(all[config::myhostname]),
      banner(all[smtpd_banner]),
      mail_name(all[config::mail_name]),
      error_delay(all[smtpd_error_sleep_time]),
      cleanup_timeout(all[config::ipc_timeout]),
      line_limit(static_cast<std::size_t>(all[config::line_length_limit])),
      size_limit(all[config::message_size_limit]),
      soft_error_limit(all[smtpd_soft_error_limit]),
      recipient_limit(all[smtpd_recipient_limit]),
      recipient_overshoot(all[smtpd_recipient_overshoot_limit]),
      utf8(all[config::smtputf8_enable]),
      require_tls(all[config::requiretls_enable]),
      require_tls_header(all[mail::requiretls_esmtp_header]),
      delay_reject(all[smtpd_delay_reject]),
      forbid_early_talk(all[smtpd_forbid_unauth_pipelining]),
      port_logging(all[smtpd_client_port_logging]),
      soft_bounce(all[config::soft_bounce]),
      bare_newline(parse_bare_newline(all[smtpd_forbid_bare_newline])),
      discarded_extensions(mail::parse_ehlo_keywords(all[smtpd_discard_ehlo_keywords])),
      tls_level(daemon::TlsLevel::none),
      tls_wrapper(all[smtpd_tls_wrappermode]),
      tls_auth_only(all[smtpd_tls_auth_only]),
      tls_in_received(all[smtpd_tls_received_header]),
      noop_commands(smtpd_noop_commands, tables::ListKind::strings, all),
      forbidden_commands(smtpd_forbidden_commands, tables::ListKind::strings, all),
      xclient_hosts(smtpd_authorized_xclient_hosts, tables::ListKind::hosts, all),
      xforward_hosts(smtpd_authorized_xforward_hosts, tables::ListKind::hosts, all),
      verp_clients(smtpd_authorized_verp_clients, tables::ListKind::hosts, all),
      uncounted_clients(smtpd_client_event_limit_exceptions, tables::ListKind::hosts, all),
      newline_exclusions(smtpd_forbid_bare_newline_exclusions, tables::ListKind::hosts, all),
      upstream_proxy(all),
      discard_maps(smtpd_discard_ehlo_keyword_address_maps, all),
      command_filter(smtpd_command_filter, all),
      footer_maps(smtpd_reject_footer_maps, all),
      reply_filter(smtpd_reject_filter_maps, all),
      dns_reply_filter(smtpd_dns_reply_filter, all),
      expansion_filter(undo_escapes(all[smtpd_expansion_filter].text)),
      rewrite_tables(table_words(all.words(local_header_rewrite_clients)), all),
      rules(all),
      probe_sender(all),
      proxy(all),
      milters(std::make_shared<MilterRules>(all)),
      logins(make_login_service(all)),
      told_troubles(delivery::troubles_to_tell(all)) {
    const Result<Overrides> parsed = parse_overrides(all[mail::receive_override_options]);
    if (!parsed) fatal("main.cf: {}", parsed.error());
    overrides = *parsed;
    const long least_free = all[queue_minfree];
    if (least_free > 0 && static_cast<double>(least_free) < 1.5 * static_cast<double>(size_limit))
        log::warning("queue_minfree({}) should be at least 1.5*message_size_limit({})", least_free,
                     size_limit);
    const daemon::TlsServerSettings tls_settings = daemon::read_smtpd_tls(all, tls_wrapper);
    tls_level = tls_settings.level;
    // A user's own process cannot read the keys, and its client needs none.
    const bool wanted = tls_level != daemon::TlsLevel::none || tls_wrapper;
    if (wanted && !daemon::serves_standard_input()) tls = daemon::TlsServer::open(all, tls_settings);
}

std::string Server::fit_for_reply(std::string value) const {
    for (char& c : value)
        if (expansion_filter.find(c) == std::string::npos) c = '_';
    return value;
}

int Server::cleanup_flags() const {
    namespace flag = queue::cleanup_flag;
    // Filters of SMTP mail are handed over; those of non_smtpd_milters do not see it.
    int flags = (flag::external & ~flag::milter) | flag::smtp_reply;
    if (overrides.skip_address_mappings) flags &= ~(flag::automatic_bcc | flag::map_addresses);
    if (overrides.skip_content_checks) flags &= ~flag::filter;
    return flags;
}

}  // namespace postrider::smtpd
