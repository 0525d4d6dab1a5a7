// services/postscreen/tls.cc - STARTTLS in the built-in SMTP server.
#include "services/postscreen/tls.h"

#include "lib/base/log.h"
#include "services/postscreen/tls_parameters.h"

namespace postrider::postscreen {

daemon::TlsServerSettings read_tls(const Settings& settings) {
    daemon::TlsServerSettings chosen;
    chosen.level =
        daemon::parse_tls_level(settings[postscreen_tls_security_level], settings[postscreen_use_tls],
                                settings[postscreen_enforce_tls], postscreen_tls_security_level.name());
    chosen.chain_files = settings[postscreen_tls_chain_files];
    chosen.cert_file = settings[postscreen_tls_cert_file];
    chosen.key_file = settings[postscreen_tls_key_file];
    chosen.eccert_file = settings[postscreen_tls_eccert_file];
    chosen.eckey_file = settings[postscreen_tls_eckey_file];
    chosen.dcert_file = settings[postscreen_tls_dcert_file];
    chosen.dkey_file = settings[postscreen_tls_dkey_file];
    chosen.ca_file = settings[postscreen_tls_CAfile];
    chosen.ca_path = settings[postscreen_tls_CApath];
    chosen.req_ccert = settings[postscreen_tls_req_ccert] && chosen.level == daemon::TlsLevel::encrypt;
    chosen.ask_ccert = settings[postscreen_tls_ask_ccert] || chosen.req_ccert;
    chosen.ciphers = settings[postscreen_tls_ciphers];
    chosen.mandatory_ciphers = settings[postscreen_tls_mandatory_ciphers];
    chosen.exclude_ciphers = settings[postscreen_tls_exclude_ciphers];
    chosen.mandatory_exclude_ciphers = settings[postscreen_tls_mandatory_exclude_ciphers];
    chosen.protocols = settings[postscreen_tls_protocols];
    chosen.mandatory_protocols = settings[postscreen_tls_mandatory_protocols];
    chosen.eecdh_grade = settings[postscreen_tls_eecdh_grade];
    chosen.dh1024_param_file = settings[postscreen_tls_dh1024_param_file];
    chosen.fingerprint_digest = settings[postscreen_tls_fingerprint_digest];
    chosen.always_issue_session_ids = settings[postscreen_tls_always_issue_session_ids];
    chosen.ccert_verifydepth = settings[postscreen_tls_ccert_verifydepth];
    chosen.loglevel_parameter = postscreen_tls_loglevel.name();
    chosen.log = daemon::parse_tls_loglevel(settings[postscreen_tls_loglevel], chosen.loglevel_parameter);
    chosen.loglevel_maps = settings[postscreen_tls_loglevel_maps];
    chosen.trace_size_limit = static_cast<std::size_t>(settings[postscreen_tls_trace_size_limit]);
    daemon::warn_of_raw_keys(settings[postscreen_tls_enable_rpk], postscreen_tls_enable_rpk.name());
    return chosen;
}

Task<bool> start_tls(Session& session) {
    session.stream.set_timeout(session.screen.settings[postscreen_starttls_timeout]);
    std::string peer = session.label;
    std::string address = session.address;
    try {
        const Result<tls::Facts> facts = co_await session.screen.tls->accept(
            session.stream, std::move(peer), std::string(), std::move(address));
        session.encrypted = facts.ok();
    } catch (const async::PeerGone&) {
        // It has been logged.
    }
    // Compat: the words of tlsproxy(8), which does this for Postfix.
    if (!session.encrypted) log::info("TLS handshake failed for service=smtpd peer={}", session.label);
    co_return session.encrypted;
}

Task<> end_tls(Session& session) {
    if (!session.encrypted || session.gone) co_return;
    session.stream.set_timeout(std::chrono::seconds(5));
    try {
        co_await session.screen.tls->end(session.stream);
    } catch (const async::PeerGone&) {
        // It has left first.
    }
}

}  // namespace postrider::postscreen
