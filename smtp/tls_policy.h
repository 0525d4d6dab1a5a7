// smtp/tls_policy.h - how a connection has to be encrypted, and how its server proves who it is.
//
// First for a destination (main.cf and its policy tables), then for each of its hosts (DANE, RFC 7672).  What
// was demanded and cannot be had makes mail wait: it is never sent in a way that was forbidden.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lib/delivery/request.h"
#include "lib/tables/table_list.h"
#include "lib/tls/client.h"
#include "smtp/destination.h"
#include "smtp/failure.h"
#include "smtp/options.h"
#include "smtp/route.h"
#include "smtp/tls_options.h"

namespace postrider::smtp {

// From the weakest to the strictest, as far as they can be compared.
enum class TlsLevel {
    none,         // plain text
    may,          // TLS when the server offers it
    encrypt,      // TLS with whom it may be
    fingerprint,  // with a server that has a known certificate or key
    half_dane,    // with a TLSA record, but for a host that DNS named insecurely; never configured
    dane,         // with a TLSA record where there is one, else may
    dane_only,    // with a TLSA record, always
    verify,       // with a certificate for the host's name
    secure,       // with a certificate for a name that no DNS answer could change
};
const char* level_name(TlsLevel level);
// The words of smtp_tls_security_level.
std::optional<TlsLevel> parse_level(std::string_view word);
inline bool demands_tls(TlsLevel level) {
    return level >= TlsLevel::encrypt;
}
// The server has to prove who it is.
inline bool demands_identity(TlsLevel level) {
    return level > TlsLevel::encrypt;
}

// What REQUIRETLS of a message (RFC 8689) asks for at a next hop.
enum class RequireTls { off, opportunistic, starttls, enforce };

struct TlsPolicy {
    TlsLevel level = TlsLevel::none;
    TlsLevel wanted = TlsLevel::none;  // before DANE was looked into; for the log
    std::optional<TlsLevel> site;      // what smtp_tls_per_site says so far
    std::string protocols;
    std::string grade;
    std::string exclude;
    std::vector<std::string> match;    // names, nexthop, dot-nexthop, hostname; or fingerprints
    std::vector<std::string> anchors;  // files
    std::string server_name;           // as smtp_tls_servername
    bool connection_reuse = false;
    std::vector<std::string> mx_patterns;  // hosts to be used, no others; empty: all
    std::vector<tls::TlsaRecord> tlsa;
    std::string tlsa_base;  // the name that the records belong to
    tls::LogChoices log;
    RequireTls require_tls = RequireTls::off;

    // The names the server's certificate may be for.
    std::vector<std::string> names(const std::string& nexthop, const std::string& host) const;
    // The name to send as SNI, "" for none.
    std::string sni(const std::string& nexthop, const std::string& host) const;
    // Tells apart policies that must not share a session.
    std::string key() const;
};

struct TlsPolicyAnswer {
    TlsPolicy policy;
    std::optional<Failure> failure;  // why mail has to wait
};

class TlsPolicies {
  public:
    // Fatal when main.cf names a level that is none.
    TlsPolicies(const Options& options, const Settings& settings);

    const TlsOptions& tls_options() const { return tls_; }
    // `sendopts` of the message: REQUIRETLS, and "TLS-Required: no", which makes every level optional.
    Task<TlsPolicyAnswer> for_destination(Destination destination, int sendopts) const;
    // The same for one of its hosts: TLSA records, MX patterns.
    Task<TlsPolicyAnswer> for_host(TlsPolicy policy, Destination destination, Host host,
                                   MailExchange exchange) const;

  private:
    Task<std::optional<Failure>> look_up(const Destination& destination, TlsPolicy& policy) const;
    Task<std::optional<Failure>> look_up_site(std::string name, const char* kind, TlsPolicy& policy) const;
    Result<void> read_entry(const std::string& text, TlsPolicy& policy, const std::string& key) const;
    Result<void> read_attribute(const std::string& name, const std::string& value, TlsPolicy& policy) const;
    void complete(TlsPolicy& policy) const;
    bool has_usable_files(const TlsPolicy& policy) const;
    // What in main.cf keeps a DANE level from working; empty: nothing.
    std::string obstacle_to_dane(const std::string& level) const;
    Task<RequireTls> require_tls_at(std::string host) const;
    Task<TlsPolicyAnswer> use_dane(TlsPolicy policy, Destination destination, Host host,
                                   MailExchange exchange) const;

    std::string name_;  // smtp_tls_policy_maps, for the log
    const Options& options_;
    TlsOptions tls_;
    TlsLevel level_ = TlsLevel::none;
    TlsLevel insecure_mx_level_ = TlsLevel::dane;
    tls::LogChoices log_;
};

}  // namespace postrider::smtp
