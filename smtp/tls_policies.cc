// smtp/tls_policies.cc - which policy a destination and its hosts have.
#include "smtp/tls_policies.h"

#include <fcntl.h>
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/tlsa.h"
#include "lib/mail/address.h"
#include "lib/queue/envelope.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/open.h"

namespace postrider::smtp {

namespace {

bool is_dane(TlsLevel level) {
    return level == TlsLevel::dane || level == TlsLevel::dane_only;
}
Failure misconfigured() {
    return local_failure("4.7.5", "client TLS configuration problem");
}

// The destination as written; for a plain domain also its parents, with a leading dot.
std::vector<std::string> policy_keys(const Destination& destination) {
    std::vector<std::string> keys = {destination.text};
    const bool is_domain = destination.kind == Destination::Kind::domain;
    if (!is_domain || !mail::is_valid_hostname(destination.text)) return keys;
    for (std::string& parent : tables::parent_domains(destination.text, tables::ParentStyle::dotted))
        keys.push_back(std::move(parent));
    return keys;
}

std::optional<TlsLevel> old_level(std::string_view word) {
    if (equals_ignoring_case(word, "NONE")) return TlsLevel::none;
    if (equals_ignoring_case(word, "MAY")) return TlsLevel::may;
    if (equals_ignoring_case(word, "MUST_NOPEERMATCH")) return TlsLevel::encrypt;
    if (equals_ignoring_case(word, "MUST")) return TlsLevel::verify;
    return std::nullopt;
}

// Pairs of hexadecimal digits with colons in between; told in the log when it is none.
bool is_malformed_fingerprint(const std::string& text) {
    const bool is_good = !text.empty() && hex_decode(replace_all(text, ":", "")).has_value();
    if (!is_good) log::warning("malformed fingerprint value: {}", text);
    return !is_good;
}

// RFC 8461 4.1: "*.example.com" stands for one label.
bool matches_mx_pattern(const std::string& pattern, const std::string& host) {
    if (!pattern.starts_with("*.")) return equals_ignoring_case(pattern, host);
    const std::size_t dot = host.find('.');
    return dot != std::string::npos && dot > 0 &&
           equals_ignoring_case(std::string_view(host).substr(dot), std::string_view(pattern).substr(1));
}

}  // namespace

TlsPolicies::TlsPolicies(const Options& options, const Settings& settings)
    : options_(options), tls_(options, settings) {
    const char* const prefix = options.is_lmtp() ? "lmtp" : "smtp";
    name_ = fmt::format("{}_tls_policy_maps", prefix);
    if (!tls_.security_level.empty()) {
        const auto level = parse_level(tls_.security_level);
        if (!level) fatal("{}_tls_security_level: invalid level: \"{}\"", prefix, tls_.security_level);
        level_ = *level;
    } else if (tls_.enforce_tls) {
        level_ = tls_.enforce_peername ? TlsLevel::verify : TlsLevel::encrypt;
    } else if (tls_.use_tls) {
        level_ = TlsLevel::may;
    }
    if (!tls_.dane_insecure_mx_policy.empty()) {
        const auto level = parse_level(tls_.dane_insecure_mx_policy);
        if (!level || (*level != TlsLevel::may && *level != TlsLevel::encrypt && *level != TlsLevel::dane))
            fatal("{}_tls_dane_insecure_mx_policy: invalid value: \"{}\"", prefix,
                  tls_.dane_insecure_mx_policy);
        insecure_mx_level_ = *level;
    }
    const Result<tls::LogChoices> log = tls::parse_log_choices(tls_.loglevel);
    if (!log) fatal("{}_tls_loglevel: {}", prefix, log.error());
    log_ = *log;
    if (!tls_.site_tables.empty())
        log::warning("{}_tls_per_site is obsolete; use {}_tls_policy_maps instead", prefix, prefix);
    if (tls_.enable_rpk)
        log::warning("{}_tls_enable_rpk is ignored: the TLS library does not know raw public keys", prefix);
    if (tls_.wrappermode && !demands_tls(level_) && tls_.policy_tables.empty())
        log::warning("{}_tls_wrappermode requires \"{}_tls_security_level = encrypt\" (or stronger)", prefix,
                     prefix);
}

Task<TlsPolicyAnswer> TlsPolicies::for_destination(Destination destination, int sendopts) const {
    TlsPolicyAnswer answer;
    TlsPolicy& policy = answer.policy;
    policy.level = level_;
    policy.log = log_;
    policy.connection_reuse = tls_.connection_reuse;
    std::optional<Failure> failure = co_await look_up(destination, policy);
    if (failure) {
        answer.failure = std::move(failure);
        co_return answer;
    }
    namespace opt = queue::sendopt;
    // RFC 8689 5: the sender prefers delivery to security.
    if ((sendopts & opt::tls_not_required) != 0 && policy.level > TlsLevel::may) {
        TlsPolicy relaxed;
        relaxed.level = TlsLevel::may;
        relaxed.log = log_;
        relaxed.connection_reuse = policy.connection_reuse;
        policy = std::move(relaxed);
    } else if ((sendopts & opt::require_tls) != 0 && tls_.requiretls_enable) {
        policy.require_tls = co_await require_tls_at(destination.host);
        const bool must =
            policy.require_tls == RequireTls::enforce || policy.require_tls == RequireTls::starttls;
        if (must && !demands_tls(policy.level) && !is_dane(policy.level)) policy.level = TlsLevel::encrypt;
    }
    // Nobody listens in between two processes of one machine.
    if (destination.kind == Destination::Kind::unix_socket && policy.level == TlsLevel::may)
        policy.level = TlsLevel::none;
    if (tls_.wrappermode && !demands_tls(policy.level) && !is_dane(policy.level)) {
        const char* const prefix = options_.is_lmtp() ? "lmtp" : "smtp";
        log::warning("{}_tls_wrappermode requires \"{}_tls_security_level = encrypt\" (or stronger)", prefix,
                     prefix);
        answer.failure = misconfigured();
        co_return answer;
    }
    policy.wanted = policy.level;
    // DANE may change the level: what goes with it is settled then.
    if (!is_dane(policy.level)) complete(policy);
    if (policy.level == TlsLevel::fingerprint) std::erase_if(policy.match, is_malformed_fingerprint);
    if (policy.level == TlsLevel::fingerprint && policy.match.empty()) {
        log::warning(
            "nexthop domain {}: configured at fingerprint security level, but with no fingerprints to match.",
            destination.text);
        answer.failure = misconfigured();
    }
    if (!tls_.log_tables.empty()) {
        const tables::LookupResult found = co_await tls_.log_tables.find(destination.text);
        const Result<tls::LogChoices> log =
            found.found == tables::Found::yes ? tls::parse_log_choices(found.value) : policy.log;
        if (log) policy.log = *log;
    }
    co_return answer;
}

Task<std::optional<Failure>> TlsPolicies::look_up(const Destination& destination, TlsPolicy& policy) const {
    if (tls_.policy_tables.empty()) {
        if (!tls_.site_tables.empty()) {
            std::optional<Failure> failure =
                co_await look_up_site(destination.text, "next-hop destination", policy);
            co_return failure;
        }
        co_return std::nullopt;
    }
    for (const std::string& key : policy_keys(destination)) {
        const tables::LookupResult found = co_await tls_.policy_tables.find(key);
        if (found.found == tables::Found::no) continue;
        if (found.found == tables::Found::try_again) {
            log::warning("{}, next-hop destination \"{}\": policy table lookup error", name_, key);
            co_return misconfigured();
        }
        const std::string about = fmt::format("{}, next-hop destination \"{}\"", name_, key);
        const Result<void> read = read_policy_entry(found.value, about, policy);
        if (!tls_.enforce_sts_mx_patterns) policy.mx_patterns.clear();
        if (read) co_return std::nullopt;
        log::warning("{}: {}", about, read.error());
        co_return misconfigured();
    }
    co_return std::nullopt;
}

// A site that is named both as next hop and as host gets the stricter of the two levels, but NONE wins over
// MAY.
Task<std::optional<Failure>> TlsPolicies::look_up_site(std::string name, const char* kind,
                                                       TlsPolicy& policy) const {
    const tables::LookupResult found = co_await tls_.site_tables.find(name);
    if (found.found == tables::Found::no) co_return std::nullopt;
    const char* const prefix = options_.is_lmtp() ? "lmtp" : "smtp";
    if (found.found == tables::Found::try_again) {
        log::warning("{}_tls_per_site lookup error for {} {}: {}", prefix, kind, name, found.reason);
        co_return misconfigured();
    }
    const std::optional<TlsLevel> level = old_level(trim(found.value));
    if (!level) {
        log::warning("{}_tls_per_site: unknown TLS policy '{}' for {} {}", prefix, found.value, kind, name);
        co_return misconfigured();
    }
    const bool none_and_may = policy.site && *policy.site <= TlsLevel::may && *level <= TlsLevel::may;
    if (!policy.site)
        policy.site = *level;
    else
        policy.site = none_and_may ? std::min(*policy.site, *level) : std::max(*policy.site, *level);
    // MAY is a wish, not more than main.cf demands.
    policy.level = *policy.site == TlsLevel::may ? std::max(level_, TlsLevel::may) : *policy.site;
    co_return std::nullopt;
}

// What the policy table left open comes from main.cf.
void TlsPolicies::complete(TlsPolicy& policy) const {
    if (policy.level == TlsLevel::none) return;
    const bool optional = policy.level == TlsLevel::may;
    if (policy.protocols.empty()) policy.protocols = optional ? tls_.protocols : tls_.mandatory_protocols;
    if (policy.grade.empty()) policy.grade = optional ? tls_.ciphers : tls_.mandatory_ciphers;
    if (policy.exclude.empty()) {
        policy.exclude = tls_.exclude_ciphers;
        if (!optional) policy.exclude += " " + tls_.mandatory_exclude_ciphers;
    }
    if (policy.server_name.empty()) policy.server_name = tls_.servername;
    if (policy.match.empty()) {
        if (policy.level == TlsLevel::fingerprint)
            policy.match = split_words(tls_.fingerprint_cert_match, " \t\r\n,|");
        if (policy.level == TlsLevel::verify)
            policy.match = split_words(tls_.verify_cert_match, name_separators);
        if (policy.level == TlsLevel::secure)
            policy.match = split_words(tls_.secure_cert_match, name_separators);
    }
    if (demands_name(policy.level) && policy.anchors.empty())
        policy.anchors = split_words(tls_.trust_anchor_file);
}

bool TlsPolicies::has_usable_files(const TlsPolicy& policy) const {
    for (const std::string& path : policy.anchors) {
        if (Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC))) continue;
        log::warning("error opening trust anchor file: {}: {}", path, errno_text());
        return false;
    }
    return true;
}

// A word decides for all hosts, a table for those that it knows: itself, then parent domains with a dot.
Task<RequireTls> TlsPolicies::require_tls_at(std::string host) const {
    for (const std::string& item : split_words_with_braces(tls_.requiretls_policy)) {
        if (const auto word = parse_require_tls(item)) co_return *word;
        for (const auto& [table, text] : tls_.requiretls_tables) {
            if (text != item) continue;
            std::vector<std::string> keys = {lower(host)};
            if (!SocketAddress::from_ip(host))
                for (std::string& parent : tables::parent_domains(lower(host), tables::ParentStyle::dotted))
                    keys.push_back(std::move(parent));
            for (const std::string& key : keys) {
                const tables::LookupResult found = co_await table->find(key);
                if (found.found == tables::Found::no) continue;
                const auto word = parse_require_tls(trim(found.value));
                if (word) co_return *word;
                log::warning("REQUIRETLS policy of {} for {}: unusable result \"{}\"{}", item, key,
                             found.value, found.reason);
                co_return RequireTls::enforce;
            }
        }
    }
    co_return RequireTls::enforce;
}

Task<TlsPolicyAnswer> TlsPolicies::for_host(TlsPolicy policy, Destination destination, Host host,
                                            MailExchange exchange) const {
    TlsPolicyAnswer answer;
    if (tls_.policy_tables.empty() && !tls_.site_tables.empty() &&
        !equals_ignoring_case(host.name, destination.text)) {
        const TlsLevel before = policy.level;
        std::optional<Failure> failure = co_await look_up_site(host.name, "server hostname", policy);
        if (failure) answer.failure = std::move(failure);
        if (policy.level != before) {
            policy.wanted = policy.level;
            policy.protocols.clear();
            policy.grade.clear();
            policy.exclude.clear();
            complete(policy);
        }
    }
    if (!answer.failure && !has_usable_files(policy)) answer.failure = misconfigured();
    const auto names_host = [&](const std::string& pattern) {
        return matches_mx_pattern(pattern, host.name);
    };
    if (!policy.mx_patterns.empty() && exchange.present &&
        std::none_of(policy.mx_patterns.begin(), policy.mx_patterns.end(), names_host)) {
        answer.failure =
            local_failure("4.7.5", fmt::format("host {} is not among the MX hosts of the policy for {}",
                                               host.name, destination.host));
    }
    if (!answer.failure && is_dane(policy.level)) {
        answer = co_await use_dane(std::move(policy), std::move(destination), std::move(host),
                                   std::move(exchange));
        co_return answer;
    }
    answer.policy = std::move(policy);
    co_return answer;
}

std::string TlsPolicies::obstacle_to_dane(const std::string& level) const {
    const std::vector<std::string> methods = split_words(options_.host_lookup);
    const bool asks_dns = std::any_of(methods.begin(), methods.end(), [](const std::string& method) {
        return equals_ignoring_case(method, "dns");
    });
    if (options_.dns_support_level != "dnssec" || !asks_dns)
        return level + " configured with dnssec lookups disabled";
    if (!options_.is_lmtp() && options_.ignore_mx_lookup_error)
        return level + " configured with MX lookup errors ignored";
    if (tls_.uses_search_domains) return "dns resolver options incompatible with " + level + " TLS";
    return "";
}

Task<TlsPolicyAnswer> TlsPolicies::use_dane(TlsPolicy policy, Destination destination, Host host,
                                            MailExchange exchange) const {
    TlsPolicyAnswer answer;
    const std::string name = level_name(policy.level);
    const bool only = policy.level == TlsLevel::dane_only;
    // What becomes of the connection when there is nothing to match.
    const auto settle = [&](TlsLevel level, const std::string& reason) {
        if (only || (tls_.wrappermode && !demands_tls(level)))
            answer.failure = local_failure("4.7.5", reason);
        else
            log::debug("{}: {}: using the level {}", destination.text, reason, level_name(level));
        policy.level = level;
        if (level == TlsLevel::may && policy.require_tls >= RequireTls::starttls)
            policy.level = TlsLevel::encrypt;
        complete(policy);
        answer.policy = std::move(policy);
    };
    if (destination.kind == Destination::Kind::unix_socket) {
        log::warning("{}: the \"{}\" security level is invalid for delivery via unix-domain sockets",
                     destination.text, name);
        answer.failure = misconfigured();
        co_return answer;
    }
    if (const std::string obstacle = obstacle_to_dane(name); !obstacle.empty()) {
        log::warning("{}: {}", destination.text, obstacle);
        settle(TlsLevel::may, obstacle);
        if (answer.failure) answer.failure = misconfigured();
        co_return answer;
    }
    const bool insecure_mx = exchange.present && !exchange.secure;
    if (insecure_mx && (only || insecure_mx_level_ == TlsLevel::may)) {
        settle(TlsLevel::may, "non DNSSEC destination");
        co_return answer;
    }
    dns::TlsaQuestion question;
    question.host = host.name;
    question.canonical = host.canonical;
    question.secure = host.secure;
    question.port = host.address.port();
    question.force = tls_.force_insecure_host_tlsa_lookup;
    question.digests = tls_.dane_digests;
    dns::TlsaAnswer found = co_await dns::find_tlsa(std::move(question));
    switch (found.kind) {
        case dns::TlsaAnswer::Kind::failed:
            answer.failure = local_failure(
                "4.7.5", fmt::format("TLSA lookup error for {}:{}", host.name, host.address.port()));
            break;
        case dns::TlsaAnswer::Kind::none:
            settle(TlsLevel::may, "no TLSA records found");
            break;
        case dns::TlsaAnswer::Kind::unusable:
            settle(TlsLevel::encrypt, "TLSA records unusable");
            break;
        case dns::TlsaAnswer::Kind::found:
            if (insecure_mx && insecure_mx_level_ == TlsLevel::encrypt) {
                settle(TlsLevel::encrypt, "Verification not possible, MX RRset is insecure");
                break;
            }
            policy.level = insecure_mx ? TlsLevel::half_dane : TlsLevel::dane;
            policy.tlsa = std::move(found.records);
            policy.tlsa_base = std::move(found.base);
            // RFC 7672 3.2.2: names that may stand in a certificate below a trust anchor.
            policy.match = {"hostname"};
            if (exchange.present) {
                policy.match.push_back(destination.host);
                if (!exchange.canonical.empty() &&
                    !equals_ignoring_case(exchange.canonical, destination.host))
                    policy.match.push_back(exchange.canonical);
            }
            complete(policy);
            answer.policy = std::move(policy);
            break;
    }
    co_return answer;
}

}  // namespace postrider::smtp
