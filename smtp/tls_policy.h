// smtp/tls_policy.h - how a connection has to be encrypted, and how its server proves who it is.
//
// What was demanded and cannot be had makes mail wait: it is never sent in a way that was forbidden.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/tls/client.h"

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

// The server's certificate has to be for a name.
inline bool demands_name(TlsLevel level) {
    return level == TlsLevel::verify || level == TlsLevel::secure;
}
// What stands between names in lists of names to match.
inline constexpr const char* name_separators = " \t\r\n,:";

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

// The words of smtp_requiretls_policy.
std::optional<RequireTls> parse_require_tls(std::string_view word);

// Reads the result of a policy table, "level attribute=value ...", into `policy`; the error says what is
// wrong with it.  `about` begins warnings.
Result<void> read_policy_entry(const std::string& text, std::string_view about, TlsPolicy& policy);

}  // namespace postrider::smtp
