// lib/tables/dns_reply_filter.cc - tables that take records out of DNS answers.
#include "lib/tables/dns_reply_filter.h"

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tables {

namespace {

enum class Fate { kept, ignored, unknown };

// What the first table that knows the record says about it; a mistake is logged.
Task<Fate> fate_of(std::string record, TableList filter) {
    for (const TablePtr& table : filter.tables()) {
        const LookupResult found = co_await table->find(record);
        if (found.found == Found::no) continue;
        if (found.found == Found::yes && equals_ignoring_case(trim(found.value), "ignore"))
            co_return Fate::ignored;
        if (found.found == Found::yes)
            log::warning("unknown DNS filter action: \"{}\"", found.value);
        else
            log::warning("{} lookup error for \"{}\"", table->name(), record);
        co_return Fate::unknown;
    }
    co_return Fate::kept;
}

}  // namespace

Task<dns::Answer> filter_dns_answer(dns::Answer answer, std::string name, dns::Type type, TableList filter) {
    if (!answer.ok() || filter.empty()) co_return std::move(answer);
    const std::string what = fmt::format("Error looking up name={} type={}", name, dns::type_name(type));
    std::vector<dns::Record> kept;
    for (const dns::Record& record : answer.records) {
        std::string text = dns::record_text(record);
        const Fate fate = co_await fate_of(text, filter);
        if (fate == Fate::unknown) {
            answer.status = dns::Status::try_again;
            answer.reason = what + ": Invalid DNS reply filter syntax";
            co_return std::move(answer);
        }
        if (fate == Fate::ignored)
            log::info("ignoring DNS RR: {}", text);
        else
            kept.push_back(record);
    }
    answer.records = std::move(kept);
    if (answer.records.empty()) {
        answer.status = dns::Status::refused_by_policy;
        answer.reason = what + ": DNS reply filter drops all results";
    }
    co_return std::move(answer);
}

}  // namespace postrider::tables
