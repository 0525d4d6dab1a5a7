// smtp/security.h - whether mail for a destination may be sent the way we can send it.
//
// What the configuration demands of a connection (encryption) and this client does not do makes the
// mail wait: it is never sent in a way that was forbidden.
#pragma once

#include <optional>
#include <string>

#include "lib/tables/table_list.h"
#include "smtp/destination.h"
#include "smtp/failure.h"
#include "smtp/options.h"

namespace postrider::smtp {

class SecurityPolicy {
  public:
    SecurityPolicy(const Options& options, const Settings& settings);

    // Nothing: plain text will do.
    Task<std::optional<Failure>> objection(Destination destination) const;

  private:
    bool wrapper_mode_ = false;
    std::string level_;
    tables::TableList tls_policies_;
};

}  // namespace postrider::smtp
