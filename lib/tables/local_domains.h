// lib/tables/local_domains.h - which domains and address literals are this machine's own.
#pragma once

#include <string>

#include "lib/config/own_addresses.h"
#include "lib/config/settings.h"
#include "lib/tables/match_list.h"

namespace postrider::tables {

// The final local destinations: mydestination, and the literals [ADDRESS] of our own addresses.
class LocalDomains {
  public:
    // Host names in inet_interfaces are looked up now, which may wait for DNS: at start only.
    explicit LocalDomains(const Settings& settings);
    // `domain` without the final dot.
    Task<Match> contains(std::string domain) const;
    // As contains(), and myorigin: the domains whose bare user names are keys of address tables.
    Task<Match> contains_or_is_origin(std::string domain) const;

  private:
    std::string origin_;
    MatchList destinations_;
    config::OwnAddresses addresses_;
};

}  // namespace postrider::tables
