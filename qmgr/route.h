// qmgr/route.h - which transport takes a recipient, and to what destination.
#pragma once

#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "lib/ipc/rewrite_client.h"
#include "qmgr/message.h"

namespace postrider::qmgr {

struct Route {
    std::string transport;
    std::string nexthop;
    std::string recipient;  // internal form, as resolved
    bool discard = false;   // mail to our own double-bounce address: counts as delivered
};

// What routing needs of main.cf.
struct RouteRules {
    explicit RouteRules(const Settings& settings);
    std::string error_service;
    std::string double_bounce_user;
    std::string default_filter_nexthop;
    std::vector<std::string> deferred_transports;
    std::string recipient_delimiter;
};

inline constexpr const char* retry_service = "retry";

// Routes recipients that need no table: content filters.  Nothing otherwise.
std::optional<Route> route_by_filter(const Message& message, const std::string& recipient,
                                     const RouteRules& rules);
// What an answer of trivial-rewrite(8), or its failure, means for the recipient.
Route route_of(const Result<ipc::Resolved>& answer, const std::string& recipient, const Message& message,
               const RouteRules& rules);
// Routes many recipients side by side; the answers are in their order.
Task<std::vector<Route>> find_routes(const Message& message, std::vector<std::string> recipients,
                                     const RouteRules& rules);

// What the concurrency window of a route is counted for: the next hop; with one recipient per delivery the
// local part of the recipient, without its extension, at the next hop.
std::string destination_key(const Route& route, const TransportLimits& limits, const RouteRules& rules);

}  // namespace postrider::qmgr
