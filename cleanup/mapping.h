// cleanup/mapping.h - addresses mapped to others: canonical, masquerade, virtual aliases.
#pragma once

#include <string>
#include <vector>

#include "cleanup/rules.h"
#include "lib/ipc/rewrite_client.h"

namespace postrider::cleanup {

// What became of an address.  With `status` other than ok the message cannot be accepted now; `reason` says
// why, with an enhanced status code in front.
struct MapOutcome {
    std::vector<std::string> addresses;  // internal form
    int status = 0;                      // cleanup_status bits
    std::string reason;
    bool ok() const { return status == 0; }
};

// One lookup: the addresses that the table gives, completed, with the extension put back on; `found` tells
// "not found" from a hit.  `id` is for the log.
struct AddressLookup {
    tables::Found found = tables::Found::no;
    std::vector<std::string> addresses;
    std::string reason;
};
Task<AddressLookup> look_up_addresses(const tables::TableList& tables, std::string address, bool propagate,
                                      const Rules& rules);

// Canonical mapping, repeated until nothing changes.  One address comes out.
Task<MapOutcome> map_canonical(const AddressTables& tables, std::string address, const Rules& rules,
                               std::string id);

// Virtual alias expansion of one recipient, recursive; the address itself when no table knows it.
Task<MapOutcome> expand_virtual_aliases(std::string address, const Rules& rules, std::string id);

// The domain hidden behind one of masquerade_domains, or the address as it is.  Exceptions are not looked at.
std::string masqueraded(const std::string& address, const std::vector<MasqueradeDomain>& domains);

// Everything that applies to an address of this class, in order: sender_canonical or recipient_canonical,
// canonical, masquerade.
Task<MapOutcome> map_address(std::string address, unsigned address_class, const Rules& rules, std::string id);

// Completed and rewritten in a context; the outcome is "try again" when trivial-rewrite(8) cannot be asked.
Task<MapOutcome> complete_address(ipc::RewriteRule context, std::string address, std::string id);

}  // namespace postrider::cleanup
