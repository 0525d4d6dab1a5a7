// lib/tables/local_domains.h - which domains and address literals are this machine's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"
#include "lib/tables/match_list.h"

namespace postrider::tables {

// The addresses this mail system receives on: inet_interfaces and proxy_interfaces.
class OwnAddresses {
  public:
    OwnAddresses() = default;
    // Host names in the parameters are looked up now, which may wait for DNS: at start only.
    explicit OwnAddresses(const Settings& settings);
    // "192.0.2.1" or "2001:db8::1".
    bool contains(std::string_view address) const;

  private:
    std::vector<std::string> bytes_;
};

// The final local destinations: mydestination, and the literals [ADDRESS] of our own addresses.
class LocalDomains {
  public:
    LocalDomains() = default;
    explicit LocalDomains(const Settings& settings);
    // `domain` without the final dot.
    Task<Match> contains(std::string domain) const;
    // As contains(), and myorigin: the domains whose bare user names are keys of address tables.
    Task<Match> contains_or_is_origin(std::string domain) const;

  private:
    std::string origin_;
    MatchList destinations_;
    OwnAddresses addresses_;
};

}  // namespace postrider::tables
