// agents/virtual/quota.cc - what a mailbox may hold, from tables and main.cf.
#include "agents/virtual/quota.h"

#include <fmt/core.h>

#include "agents/virtual/parameters.h"
#include "agents/virtual/quota_parameters.h"

namespace postrider::virtual_agent {

namespace {

// The smaller of two limits, of which 0 is none.
std::int64_t smaller(std::int64_t a, std::int64_t b) {
    if (a == 0 || b == 0) return a + b;
    return std::min(a, b);
}

}  // namespace

delivery::QuotaLimit effective_limit(const GivenLimits& given) {
    if (!given.of_user) return given.general;
    delivery::QuotaLimit limit = *given.of_user;
    if (!given.user_may_exceed) limit.bytes = smaller(limit.bytes, given.general.bytes);
    return limit;
}

Quotas::Quotas(const Settings& settings, const tables::AddressRules& rules)
    : settings_(settings),
      rules_(rules),
      limits_(tables::TableList::without_groups(virtual_mailbox_limit_maps, settings)),
      texts_(virtual_maildir_limit_message_maps, settings) {}

std::string Quotas::with_suffix(std::string maildir) const {
    maildir += settings_[virtual_maildir_suffix];
    if (!maildir.ends_with('/')) maildir += '/';
    return maildir;
}

Task<Result<Allowance>> Quotas::find(std::string address) const {
    GivenLimits given;
    given.general.bytes = settings_[virtual_mailbox_limit];
    given.user_may_exceed = settings_[virtual_mailbox_limit_override];
    const tables::AddressResult own = co_await tables::find_address(limits_, address, rules_);
    if (own.found == tables::Found::try_again) co_return Error{own.reason};
    if (own.found == tables::Found::yes) {
        given.of_user = delivery::parse_quota_limit(own.value);
        if (!given.of_user)
            co_return Error{fmt::format("recipient {}: bad limit {} in {}", address, own.value,
                                        virtual_mailbox_limit_maps.name())};
    }
    Allowance allowance;
    allowance.quota.limit = effective_limit(given);
    allowance.file_limit = allowance.quota.limit.bytes;
    allowance.has_quota = settings_[virtual_maildir_extended] || !limits_.empty();
    if (!allowance.has_quota) co_return allowance;
    const tables::AddressResult text = co_await tables::find_address(texts_, address, rules_);
    if (text.found == tables::Found::try_again) co_return Error{text.reason};
    allowance.quota.text =
        text.found == tables::Found::yes ? text.value : settings_[virtual_maildir_limit_message];
    allowance.quota.status = settings_[virtual_overquota_bounce] ? "5.2.2" : "4.2.2";
    allowance.quota.use_file = settings_[virtual_maildir_extended];
    allowance.quota.inbox_only = settings_[virtual_mailbox_limit_inbox];
    if (!settings_[virtual_trash_count]) allowance.quota.uncounted = settings_[virtual_trash_name];
    co_return allowance;
}

}  // namespace postrider::virtual_agent
