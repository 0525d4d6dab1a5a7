// smtp/route.h - which hosts take mail for a destination, and in which order, RFC 5321 5.1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/socket_address.h"
#include "smtp/destination.h"
#include "smtp/failure.h"
#include "smtp/options.h"

namespace postrider::smtp {

struct Host {
    std::string name;
    SocketAddress address;  // with port
    unsigned preference = 0;
    std::string canonical{};  // the name that the address belongs to, after CNAMEs
    bool secure = false;      // DNSSEC vouches for the address
};

// The MX or SRV answer that named the hosts.
struct MailExchange {
    bool present = false;
    bool secure = false;    // DNSSEC vouches for it
    std::string canonical;  // the name it belongs to, after CNAMEs
};

struct Route {
    std::vector<Host> hosts;         // in the order to try them; empty with `failure`
    std::optional<Failure> failure;  // why there are none
    unsigned best_preference = 0;    // of the best host, to be recognised when it turns out to be us
    bool loops = false;              // the failure is that we are the best host ourselves
    MailExchange exchange{};         // none: the hosts are the destination's own addresses
};

// Asks DNS, or what smtp_host_lookup and smtp_dns_support_level name.  For Kind::domain and Kind::host.
Task<Route> find_route(Destination destination, const Options& options);

// The steps of find_route() that need no asking.
//
// Sorts by preference, within it by smtp_address_preference, else by chance (smtp_randomize_addresses).
void order_hosts(std::vector<Host>& hosts, const Options& options);
// Drops the hosts that are not better than ourselves.  `best_preference` is that of the best host named in
// DNS, whether it has an address or not.
void drop_self(Route& route, const std::string& domain, unsigned best_preference, const Options& options);
// Cuts the list at smtp_mx_address_limit, keeping some of both address families
// (smtp_balance_inet_protocols).
void limit_hosts(std::vector<Host>& hosts, const Options& options);

}  // namespace postrider::smtp
