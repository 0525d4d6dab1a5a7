// lib/delivery/status_filter.cc - see status_filter.h.
#include "lib/delivery/status_filter.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/delivery/status_filter_parameters.h"
#include "lib/mail/status.h"
#include "lib/tables/table.h"

namespace postrider::delivery {
namespace {

bool same_kind(const std::string& before, const std::string& after) {
    return (before.front() == '2') == (after.front() == '2');
}

// Takes the table's answer over, unless it would turn success into failure or the reverse.
void replace(Outcome& outcome, const std::string& answer, const std::string& parameter) {
    const mail::StatusText parsed = mail::split_status(answer, "");
    if (parsed.status.empty() || parsed.text.empty() || !same_kind(outcome.status, parsed.status)) {
        log::warning("{}: bad status code: {}", parameter, answer);
        return;
    }
    outcome.status = parsed.status;
    outcome.reason = parsed.text;
    if (outcome.status.front() == '4') outcome.action = Action::delayed;
    if (outcome.status.front() == '5') outcome.action = Action::failed;
}

}  // namespace

struct StatusFilter::Tables {
    std::vector<tables::TablePtr> list;
};

StatusFilter::StatusFilter(std::string_view parameter, const std::string& tables, const Settings& settings)
    : parameter_(parameter), tables_(std::make_unique<Tables>()) {
    for (const std::string& name : split_words_with_braces(tables))
        tables_->list.push_back(tables::open_table(name, settings));
}
StatusFilter::~StatusFilter() = default;

bool StatusFilter::empty() const {
    return tables_->list.empty();
}

Task<Outcome> StatusFilter::filter(Outcome outcome) const {
    for (const tables::TablePtr& table : tables_->list) {
        std::string key = outcome.status + " " + outcome.reason;
        const tables::LookupResult result = co_await table->find(key);
        if (result.found == tables::Found::no) continue;
        if (result.found == tables::Found::yes)
            replace(outcome, result.value, parameter_);
        else
            log::warning("{} lookup error for \"{}\"", table->name(), key);
        break;
    }
    co_return outcome;
}

}  // namespace postrider::delivery
