// smtp/generic.h - smtp_generic_maps: addresses of this site replaced by ones that are valid outside.
#pragma once

#include <string>

#include "lib/base/result.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/local_domains.h"
#include "smtp/options.h"

namespace postrider::smtp {

class GenericMap {
  public:
    // `options` outlives the map.
    GenericMap(const Options& options, const Settings& settings);
    GenericMap(const GenericMap&) = delete;
    GenericMap& operator=(const GenericMap&) = delete;
    bool empty() const { return options_.generic_tables.empty(); }

    // The address (internal form) as the outside may see it.  The error: a table could not be asked.
    Task<Result<std::string>> map(std::string address) const;
    // A logical header with its addresses replaced; other headers unchanged.
    Task<Result<std::string>> map_header(std::string header) const;

  private:
    const Options& options_;
    tables::LocalDomains local_domains_;
    tables::AddressRules rules_;
};

}  // namespace postrider::smtp
