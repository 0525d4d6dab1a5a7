// agents/virtual/quota.h - what a mailbox may hold, from tables and main.cf.
#pragma once

#include <string>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/delivery/maildir_quota.h"
#include "lib/tables/address_lookup.h"

namespace postrider::virtual_agent {

struct Allowance {
    std::int64_t file_limit = 0;  // of a mailbox file, or of one message in a Maildir; 0: none
    bool has_quota = false;       // of a whole Maildir
    delivery::QuotaOptions quota;
};

// What the tables say and main.cf says.
struct GivenLimits {
    delivery::QuotaLimit general;                 // virtual_mailbox_limit
    std::optional<delivery::QuotaLimit> of_user;  // virtual_mailbox_limit_maps
    bool user_may_exceed = false;                 // virtual_mailbox_limit_override
};
delivery::QuotaLimit effective_limit(const GivenLimits& given);

class Quotas {
  public:
    Quotas(const Settings& settings, const tables::AddressRules& rules);
    // Of the mailbox of a recipient; the error is for the log, and the mail waits.
    Task<Result<Allowance>> find(std::string address) const;
    // The path of a Maildir with virtual_maildir_suffix.
    std::string with_suffix(std::string maildir) const;

  private:
    const Settings& settings_;
    const tables::AddressRules& rules_;
    tables::TableList limits_, texts_;
};

}  // namespace postrider::virtual_agent
