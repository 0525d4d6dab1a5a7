// lib/tables/dns_reply_filter.h - smtp_dns_reply_filter and its kind: tables that take records out of DNS
// answers.
#pragma once

#include <string>

#include "lib/dns/record.h"
#include "lib/tables/table_list.h"

namespace postrider::tables {

// The answer without the records that `filter` tells to ignore, which is logged.  Without any record left its
// status is refused_by_policy; when a table cannot be asked, try_again.
Task<dns::Answer> filter_dns_answer(dns::Answer answer, std::string name, dns::Type type, TableList filter);

}  // namespace postrider::tables
