// lib/tables/dns_reply_filter.cc - tables that take records out of DNS answers.
#include "lib/tables/dns_reply_filter.h"

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tables {

Task<dns::Answer> filter_dns_answer(dns::Answer answer, std::string name, dns::Type type, TableList filter) {
    if (!answer.ok() || filter.empty()) co_return std::move(answer);
    std::vector<dns::Record> kept;
    for (const dns::Record& record : answer.records) {
        std::string text = dns::record_text(record);
        const LookupResult found = co_await filter.find(text);
        if (found.found == Found::try_again) {
            answer.status = dns::Status::try_again;
            answer.reason = fmt::format("DNS reply filter lookup error: {}", found.reason);
            co_return std::move(answer);
        }
        if (found.found == Found::yes && equals_ignoring_case(trim(found.value), "ignore")) {
            log::info("ignoring DNS RR: {}", text);
            continue;
        }
        kept.push_back(record);
    }
    answer.records = std::move(kept);
    if (answer.records.empty()) {
        answer.status = dns::Status::refused_by_policy;
        answer.reason = fmt::format("Error looking up name={} type={}: DNS reply filter drops all results",
                                    name, dns::type_name(type));
    }
    co_return std::move(answer);
}

}  // namespace postrider::tables
