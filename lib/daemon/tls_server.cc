// lib/daemon/tls_server.cc - TLS for a daemon that serves SMTP.
#include "lib/daemon/tls_server.h"

#include <fmt/core.h>

#include <ctime>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/tls_parameters.h"
#include "lib/config/tls_settings.h"
#include "lib/daemon/tls_server_parameters.h"
#include "lib/tables/open.h"

namespace postrider::daemon {

namespace {

using async::PeerGone;

std::vector<std::string> key_paths(const TlsServerSettings& chosen) {
    if (!chosen.chain_files.empty()) return split_words(chosen.chain_files);
    std::vector<std::string> paths;
    for (const std::string* path : {&chosen.cert_file, &chosen.key_file, &chosen.eccert_file,
                                    &chosen.eckey_file, &chosen.dcert_file, &chosen.dkey_file})
        if (!path->empty()) paths.push_back(*path);
    return paths;
}

bool has_legacy_files(const TlsServerSettings& chosen) {
    return !chosen.cert_file.empty() || !chosen.eccert_file.empty() || !chosen.dcert_file.empty();
}

// The key of the table, then its parents with a dot in front.
Task<tls::ChainAnswer> find_chain(const std::vector<tables::TablePtr>& names, std::string server_name) {
    tls::ChainAnswer answer;
    for (std::string key = server_name; !key.empty();) {
        for (const tables::TablePtr& table : names) {
            std::string asked = key;
            tables::LookupResult found = co_await table->find(std::move(asked));
            if (found.found == tables::Found::no) continue;
            const bool good = found.found == tables::Found::yes;
            answer.found = good ? tls::ChainAnswer::Found::yes : tls::ChainAnswer::Found::failed;
            (good ? answer.pem : answer.problem) = std::move(found.value);
            if (!good && answer.problem.empty()) answer.problem = "table lookup problem";
            co_return answer;
        }
        const std::size_t dot = key.find('.', 1);
        key = dot == std::string::npos ? std::string() : key.substr(dot);
    }
    co_return answer;
}

// smtpd_tls_eecdh_grade.
std::string curves_of(const std::string& grade, const Settings& settings) {
    if (equals_ignoring_case(grade, "strong")) return settings[config::tls_eecdh_strong_curve];
    if (equals_ignoring_case(grade, "ultra")) return settings[config::tls_eecdh_ultra_curve];
    return settings[config::tls_eecdh_auto_curves];
}

// Compat: what was tried is one line; what the library says of it follows.
void tell_trouble(const std::string& error) {
    constexpr std::string_view mark = ": error:";
    const std::size_t at = error.find(mark);
    log::warning("{}: disabling TLS support", error.substr(0, at));
    if (at == std::string::npos) return;
    const std::string details = replace_all(error.substr(at + 2), "; error:", "\nerror:");
    for (const std::string_view line : split(details, '\n')) log::warning("TLS library problem: {}", line);
}

const char* reason_of(const PeerGone& gone) {
    return gone.why == PeerGone::Why::timed_out ? "Connection timed out" : "lost connection";
}

}  // namespace

TlsLevel parse_tls_level(const std::string& value, bool use_tls, bool enforce_tls,
                         std::string_view parameter) {
    const std::string word = lower(value);
    if (word.empty()) {
        if (enforce_tls) return TlsLevel::encrypt;
        return use_tls ? TlsLevel::may : TlsLevel::none;
    }
    if (word == "none") return TlsLevel::none;
    if (word == "may") return TlsLevel::may;
    if (word == "encrypt") return TlsLevel::encrypt;
    for (const char* of_clients : {"fingerprint", "verify", "secure", "dane", "dane-only", "half-dane"}) {
        if (word != of_clients) continue;
        // Compat: levels of the client's side mean "mandatory" here.
        log::warning("{}: unsupported TLS level \"{}\", using \"encrypt\"", parameter, value);
        return TlsLevel::encrypt;
    }
    fatal("Invalid TLS level \"{}\" in {}: use none, may or encrypt", value, parameter);
}

tls::LogChoices parse_tls_loglevel(const std::string& value, std::string_view parameter) {
    std::string known;
    for (const std::string& word : split_words(value)) {
        // Compat: more than everything is everything.
        const std::string choice = all_digits(word) && parse_int(word).value_or(9) > 4 ? "4" : word;
        if (tls::parse_log_choices(choice).ok())
            known += " " + choice;
        else
            log::warning("unknown {} value \"{}\" in \"{}\"", parameter, word, value);
    }
    return tls::parse_log_choices(known).value();
}

void warn_of_raw_keys(bool enabled, std::string_view parameter) {
    if (enabled) log::warning("{} is ignored: the TLS library does not know raw public keys", parameter);
}

TlsServerSettings read_smtpd_tls(const Settings& settings, bool wrapped) {
    TlsServerSettings chosen;
    chosen.level = parse_tls_level(settings[smtpd_tls_security_level], settings[smtpd_use_tls],
                                   settings[smtpd_enforce_tls], smtpd_tls_security_level.name());
    if (wrapped) chosen.level = TlsLevel::encrypt;
    warn_of_raw_keys(settings[smtpd_tls_enable_rpk], smtpd_tls_enable_rpk.name());
    chosen.chain_files = settings[smtpd_tls_chain_files];
    chosen.cert_file = settings[smtpd_tls_cert_file];
    chosen.key_file = settings[smtpd_tls_key_file];
    chosen.eccert_file = settings[smtpd_tls_eccert_file];
    chosen.eckey_file = settings[smtpd_tls_eckey_file];
    chosen.dcert_file = settings[smtpd_tls_dcert_file];
    chosen.dkey_file = settings[smtpd_tls_dkey_file];
    chosen.ca_file = settings[smtpd_tls_CAfile];
    chosen.ca_path = settings[smtpd_tls_CApath];
    chosen.req_ccert = settings[smtpd_tls_req_ccert];
    if (chosen.req_ccert && chosen.level != TlsLevel::encrypt) {
        log::warning("Can't require client certs unless TLS is required");
        chosen.req_ccert = false;
    }
    chosen.ask_ccert = settings[smtpd_tls_ask_ccert] || chosen.req_ccert;
    chosen.ccert_verifydepth = settings[smtpd_tls_ccert_verifydepth];
    chosen.ciphers = settings[smtpd_tls_ciphers];
    chosen.mandatory_ciphers = settings[smtpd_tls_mandatory_ciphers];
    chosen.exclude_ciphers = settings[smtpd_tls_exclude_ciphers];
    chosen.mandatory_exclude_ciphers = settings[smtpd_tls_mandatory_exclude_ciphers];
    chosen.protocols = settings[smtpd_tls_protocols];
    chosen.mandatory_protocols = settings[smtpd_tls_mandatory_protocols];
    chosen.eecdh_grade = settings[smtpd_tls_eecdh_grade];
    chosen.dh1024_param_file = settings[smtpd_tls_dh1024_param_file];
    chosen.fingerprint_digest = settings[smtpd_tls_fingerprint_digest];
    chosen.loglevel_parameter = smtpd_tls_loglevel.name();
    chosen.log = parse_tls_loglevel(settings[smtpd_tls_loglevel], chosen.loglevel_parameter);
    chosen.loglevel_maps = settings[smtpd_tls_loglevel_maps];
    chosen.trace_size_limit = static_cast<std::size_t>(settings[smtpd_tls_trace_size_limit]);
    chosen.always_issue_session_ids = settings[smtpd_tls_always_issue_session_ids];
    return chosen;
}

TlsServer::TlsServer(const Settings& settings, TlsServerSettings chosen)
    : settings_(settings),
      chosen_(std::move(chosen)),
      manager_("smtpd", "private/" + settings[config::tlsmgr_service_name]) {}

tls::ServerOptions TlsServer::options() const {
    const bool mandatory = chosen_.level == TlsLevel::encrypt;
    tls::ServerOptions options;
    options.keys.chain_files = split_words(chosen_.chain_files);
    options.keys.pairs = {{chosen_.cert_file, chosen_.key_file},
                          {chosen_.eccert_file, chosen_.eckey_file},
                          {chosen_.dcert_file, chosen_.dkey_file}};
    options.without_certificate = chosen_.chain_files.empty() && !has_legacy_files(chosen_);
    options.ca_file = chosen_.ca_file;
    options.ca_directory = chosen_.ca_path;
    options.append_default_authorities = settings_[config::tls_append_default_CA];
    options.trust_server_certificates = settings_[tls_trust_server_ccerts];
    options.choices.protocols = mandatory ? chosen_.mandatory_protocols : chosen_.protocols;
    options.choices.grade = mandatory ? chosen_.mandatory_ciphers : chosen_.ciphers;
    options.choices.exclude = chosen_.exclude_ciphers;
    if (mandatory) options.choices.exclude += " " + chosen_.mandatory_exclude_ciphers;
    // Who asks for a certificate cannot do without one himself.
    options.choices.anonymous = !chosen_.ask_ccert;
    options.choices.lists = config::tls_cipher_lists(settings_);
    options.curves = curves_of(chosen_.eecdh_grade, settings_);
    options.ffdhe_groups = settings_[config::tls_ffdhe_auto_groups];
    if (equals_ignoring_case(chosen_.eecdh_grade, "none")) {
        options.curves.clear();
        options.choices.exclude += " kEECDH";
    }
    options.dh_file = chosen_.dh1024_param_file;
    if (chosen_.ask_ccert) options.client_certificate = tls::ClientCertificate::asked;
    // A demand is met, or the client told that it is not, after the handshake.
    options.verify_depth = chosen_.ccert_verifydepth;
    options.prefer_own_order = settings_[tls_preempt_cipherlist];
    options.disabled_workarounds = settings_[config::tls_disable_workarounds];
    options.ssl_options = settings_[config::tls_ssl_options];
    options.session_lifetime = settings_[smtpd_tls_session_cache_timeout];
    options.keeps_sessions = !settings_[smtpd_tls_session_cache_database].empty();
    options.always_issue_session_ids = chosen_.always_issue_session_ids;
    options.ticket_cipher = settings_[tls_session_ticket_cipher];
    options.fingerprint_digest = chosen_.fingerprint_digest;
    options.trace_size_limit = chosen_.trace_size_limit;
    options.session_context =
        fmt::format("{} {} {} {} {} {} {}", settings_[config::service_name], options.choices.protocols,
                    options.choices.grade, options.choices.exclude, chosen_.ca_file, chosen_.ca_path,
                    static_cast<int>(options.client_certificate));
    return options;
}

std::unique_ptr<TlsServer> TlsServer::open(const Settings& settings, const TlsServerSettings& wanted) {
    TlsServerSettings chosen = wanted;
    // "none" is a wish, nothing at all is a mistake.
    const bool on_purpose = equals_ignoring_case(chosen.cert_file, "none");
    if (on_purpose) chosen.cert_file = chosen.key_file = "";
    if (!chosen.chain_files.empty() && has_legacy_files(chosen))
        log::warning(
            "Both smtpd_tls_chain_files and one or more of the legacy smtpd_tls_cert_file, "
            "smtpd_tls_eccert_file or smtpd_tls_dcert_file are non-empty; the legacy parameters will be "
            "ignored");
    std::unique_ptr<TlsServer> made(new TlsServer(settings, chosen));
    made->log_tables_ = tables::TableList(chosen.loglevel_maps, settings);
    tables::OpenContext context(settings);
    context.file_values = true;
    for (const std::string& name : settings.words(tls_server_sni_maps))
        made->names_.push_back(tables::open_table(name, context));
    // Watching starts before reading: what changes in between is seen.
    made->watch_ = std::make_unique<FileWatch>(key_paths(chosen));
    if (chosen.chain_files.empty() && !has_legacy_files(chosen) && !on_purpose) {
        log::warning("No server certs available. TLS won't be enabled");
        return made;
    }
    Result<void> started = config::prepare_tls_library(settings);
    if (started.ok()) started = made->start();
    if (!started.ok()) tell_trouble(started.error());
    return made;
}

Result<void> TlsServer::start() {
    tls::FindChain find;
    if (!names_.empty()) find = [this](std::string name) { return find_chain(names_, std::move(name)); };
    Result<std::unique_ptr<tls::Server>> server = tls::Server::make(options(), &manager_, std::move(find));
    if (!server.ok()) return Error{server.error()};
    server_ = std::move(*server);
    warn_about_expiry();
    return {};
}

bool TlsServer::ready() {
    take_up_renewed_keys();
    if (server_) warn_about_expiry();
    return server_ != nullptr;
}

void TlsServer::take_up_renewed_keys() {
    if (!watch_->changed()) return;
    if (!watch_->readable()) {
        // They were read before the jail closed; only a fresh process can read them again.
        tables::table_was_replaced(join(watch_->paths(), ", "));
        return;
    }
    const Result<void> loaded = server_ ? server_->reload() : start();
    if (!loaded.ok()) {
        log::warning("{}; {}", loaded.error(), server_ ? "the TLS keys in use stay" : "TLS stays disabled");
        return;
    }
    log::info("TLS keys were renewed");
    next_expiry_check_ = {};
    warn_about_expiry();
}

void TlsServer::warn_about_expiry() {
    const auto limit = settings_[smtpd_tls_cert_expiry_warning_time];
    if (limit.count() <= 0 || async::Clock::now() < next_expiry_check_) return;
    next_expiry_check_ = async::after(std::chrono::hours(24));
    const std::int64_t end = server_->expiry();
    const std::int64_t left = end - std::time(nullptr);
    if (end == 0 || left > limit.count()) return;
    const std::string files = join(watch_->paths(), ", ");
    if (left <= 0)
        log::warning("the certificate of {} has expired", files);
    else if (left < 2 * 86400)
        log::warning("the certificate of {} expires in {} hours", files, left / 3600);
    else
        log::warning("the certificate of {} expires in {} days", files, left / 86400);
}

void TlsServer::log_handshake(const tls::Facts& facts, const std::string& peer,
                              const tls::LogChoices& choices) const {
    if (facts.has_certificate() && choices.verbose) {
        log::info("subject={}", facts.subject_line);
        log::info("issuer={}", facts.issuer_line);
    }
    if (!facts.verification_error.empty() && (choices.untrusted || chosen_.req_ccert))
        log::info("certificate verification failed for {}: {}", peer, facts.verification_error);
    if (facts.has_certificate() && choices.wants_certificate())
        log::info("{}: subject_CN={}, issuer={}, fingerprint={}, pkey_fingerprint={}", peer, facts.subject,
                  facts.issuer, facts.fingerprint, facts.key_fingerprint);
    if (facts.resumed && choices.wants_cache())
        log::info("{}: Reusing old session{}", peer, facts.by_ticket ? " (RFC 5077 session ticket)" : "");
    if (choices.summary)
        log::info("{} TLS connection established from {}{}{}: {}{}", tls::trust_name(facts.trust), peer,
                  facts.server_name.empty() ? "" : " to ", facts.server_name, facts.summary(),
                  facts.details());
}

Task<tls::LogChoices> TlsServer::log_choices(std::string name, std::string address) const {
    tls::LogChoices choices = chosen_.log;
    if (log_tables_.empty()) co_return choices;
    if (name == "unknown") name.clear();
    for (std::string key : {std::move(name), std::move(address)}) {
        if (key.empty()) continue;
        const tables::LookupResult found = co_await log_tables_.find(std::move(key));
        if (found.found == tables::Found::try_again)
            log::warning("{}_maps: {}", chosen_.loglevel_parameter, found.reason);
        if (found.found != tables::Found::yes) continue;
        choices = parse_tls_loglevel(found.value, chosen_.loglevel_parameter + "_maps");
        break;
    }
    // tls_trace_rate_limit: so many dumps a second, that a log is not flooded.
    const int most = settings_[tls_trace_rate_limit];
    if (choices.handshake_dump && most > 0) {
        static std::time_t second = 0;
        static int dumps = 0;
        if (const std::time_t now = std::time(nullptr); now != second) {
            second = now;
            dumps = 0;
        }
        if (++dumps > most) choices.handshake_dump = false;
    }
    co_return choices;
}

Task<Result<tls::Facts>> TlsServer::accept(async::Stream& stream, std::string peer, std::string name,
                                           std::string address) {
    if (!server_) co_return Error{"no keys"};
    const tls::LogChoices choices = co_await log_choices(std::move(name), std::move(address));
    if (choices.debug) log::info("setting up TLS connection from {}", peer);
    std::string label = peer;
    std::string lost;
    try {
        Result<tls::Facts> facts = co_await server_->accept(stream, std::move(label), choices);
        if (!facts.ok()) {
            log::info("SSL_accept error from {}: -1", peer);
            log::warning("TLS library problem: {}", facts.error());
            co_return facts;
        }
        log_handshake(*facts, peer, choices);
        co_return facts;
    } catch (const PeerGone& gone) {
        log::info("SSL_accept error from {}: {}", peer, reason_of(gone));
        throw;
    }
}

Task<> TlsServer::end(async::Stream& stream) {
    co_await tls::end_session(stream, settings_[config::tls_fast_shutdown_enable]);
}

}  // namespace postrider::daemon
