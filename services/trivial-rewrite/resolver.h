// services/trivial-rewrite/resolver.h - where mail for an address goes: class, transport, next hop.
//
// Strips our own domains and routing operators off the address until the domain that decides is found, then
// asks in this order: local domains, virtual alias domains, virtual mailbox domains, relay domains,
// everything else; transport_maps may override the result, and relocated_maps has the last word.
#pragma once

#include <string>

#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "lib/ipc/rewrite_client.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/local_domains.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table_list.h"
#include "services/trivial-rewrite/spelling.h"
#include "services/trivial-rewrite/transport_map.h"

namespace postrider::rewrite {

// The parameters that address verification may override.
struct Routes {
    std::string local_transport, virtual_transport, relay_transport, default_transport, relayhost;
    tables::TableList sender_transports, sender_relayhosts;
    TransportMap transports;
};

class Resolver {
  public:
    explicit Resolver(const Settings& settings);
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    // The error means "try again".
    Task<Result<ipc::Resolved>> resolve(std::string sender, std::string recipient,
                                        ipc::ResolveFor purpose) const;
    // No answer depends on the sender.
    bool ignores_sender(ipc::ResolveFor purpose) const;

  private:
    // The address without our own domains in front of what decides.
    struct Destination {
        std::string recipient;  // internal form, complete
        std::string domain;
        bool local = false;
        bool routed = false;
        bool invalid = false;
    };
    Task<Result<Destination>> find_destination(std::string recipient) const;
    Destination finish(Tokens address, bool local) const;
    bool open_quotes(Tokens& address) const;
    Task<Result<void>> choose_class(const Routes& routes, std::string sender, std::string domain,
                                    ipc::Resolved& resolved) const;
    Task<Result<void>> choose_outside(const Routes& routes, std::string sender, std::string domain,
                                      ipc::Resolved& resolved) const;
    Task<Result<void>> apply_relocated(ipc::Resolved& resolved) const;
    Task<> warn_about_two_lists(std::string domain, const Parameter<std::string>& first_list) const;
    const Routes& routes_for(ipc::ResolveFor purpose) const {
        return purpose == ipc::ResolveFor::delivery ? delivery_ : verification_;
    }

    SpellingRules spelling_;
    Completion completion_;
    std::string myhostname_, empty_address_recipient_;
    std::string null_transport_key_, null_relayhost_key_;
    bool utf8_;
    bool dequote_, null_domain_, numeric_domain_, leading_dash_, relocated_prefix_, show_table_name_, warns_;
    tables::AddressRules address_rules_;
    tables::LocalDomains local_;
    tables::MatchList alias_domains_, mailbox_domains_, relay_domains_;
    tables::TableList relocated_;
    Routes delivery_, verification_;
};

}  // namespace postrider::rewrite
