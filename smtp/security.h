// smtp/security.h - whether mail for a destination may be sent the way we can send it.
//
// What the configuration demands of a connection (a login) and this client does not do makes the mail wait:
// it is never sent in a way that was forbidden.  Encryption is the matter of tls_policy.h.
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

    // Nothing: no login is needed.
    Task<std::optional<Failure>> objection(Destination destination, std::string host,
                                           std::string sender) const;

  private:
    Task<std::optional<Failure>> login_objection(Destination destination, std::string host,
                                                 std::string sender) const;

    bool wants_login_ = false;
    bool login_by_sender_ = false;
    tables::TableList passwords_;
};

}  // namespace postrider::smtp
