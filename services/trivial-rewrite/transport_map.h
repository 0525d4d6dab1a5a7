// services/trivial-rewrite/transport_map.h - transport(5) lookups.
#pragma once

#include <string>
#include <string_view>

#include "lib/config/settings.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/table_list.h"

namespace postrider::rewrite {

// A route as transports and next hops are written: `transport:nexthop`, `transport`, `:nexthop`, `:`.
struct RouteText {
    std::string transport;
    std::string nexthop;
};
RouteText parse_route(std::string_view text);

// Lays a transport(5) result over a route that was found before.
void override_route(std::string_view result, std::string_view recipient_domain, std::string& transport,
                    std::string& nexthop);

class TransportMap {
  public:
    TransportMap() = default;
    TransportMap(const Parameter<std::string>& parameter, const Settings& settings);

    bool empty() const { return tables_.empty(); }
    // The result for user+ext@domain, user@domain, domain, parent domains, `*`.
    Task<tables::LookupResult> find(std::string recipient, std::string domain,
                                    const mail::ExtensionRules& rules) const;

  private:
    tables::TableList tables_;
    tables::ParentStyle parents_ = tables::ParentStyle::dotted;
};

}  // namespace postrider::rewrite
