// smtpd/access/lookup.h - the keys under which access tables know hosts, addresses and mail addresses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/tables/address_lookup.h"
#include "lib/tables/table.h"

namespace postrider::smtpd::access {

// Keys in the order in which they are asked; those after the first are parts, not for pattern tables.
using Keys = std::vector<std::string>;

// host.example.com, then its parents; an address literal or a name without dots has none.
Keys domain_keys(std::string_view name, tables::ParentStyle style);
// 192.0.2.1, 192.0.2, 192.0, 192; 2001:db8::1, 2001:db8:, 2001:db8, 2001.
Keys network_keys(std::string_view address);
// user+ext@domain, user@domain, domain, parents, user+ext@, user@; internal form in.
Keys mail_keys(const std::string& address, tables::ParentStyle style, const mail::ExtensionRules& extension);

// The first answer for one of the keys.
Task<tables::LookupResult> find_first(tables::TablePtr table, Keys keys);

}  // namespace postrider::smtpd::access
