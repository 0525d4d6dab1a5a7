// smtp/tls_policies.h - which policy a connection has.
//
// First for a destination (main.cf and its policy tables), then for each of its hosts (DANE, RFC 7672).
#pragma once

#include <optional>
#include <string>

#include "lib/tls/client.h"
#include "smtp/destination.h"
#include "smtp/failure.h"
#include "smtp/options.h"
#include "smtp/route.h"
#include "smtp/tls_options.h"
#include "smtp/tls_policy.h"

namespace postrider::smtp {

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
