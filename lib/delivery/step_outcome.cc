// lib/delivery/step_outcome.cc - from what a step found to what becomes of the recipient.
#include "lib/delivery/step_outcome.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/header.h"
#include "lib/mail/rfc822.h"
#include "lib/queue/record_reader.h"

namespace postrider::delivery {

Task<> report_step(Delivery& delivery, const Recipient& recipient, StepResult result, StepWords words) {
    if (result.kind == StepResult::Kind::corrupt_message) {
        delivery.mark_corrupt("unexpected record in the message content");
        co_return;
    }
    for (const std::string_view line : split(result.warnings, '\n'))
        if (!line.empty()) log::warning("{}", line);
    Outcome outcome;
    outcome.status = result.status;
    outcome.relay = words.relay;
    if (result.kind == StepResult::Kind::delivered) {
        outcome.action = words.success_action;
        outcome.reason = words.success;
        co_await delivery.sent(recipient, std::move(outcome));
        co_return;
    }
    outcome.reason = words.trouble_prefix + result.text;
    outcome.diagnostic_type = result.diagnostic_type;
    outcome.diagnostic_text = result.diagnostic_text;
    if (result.kind == StepResult::Kind::failed) {
        co_await delivery.bounced(recipient, std::move(outcome), std::move(words.report_to));
    } else {
        co_await delivery.deferred(recipient, std::move(outcome));
    }
}

std::set<std::string> delivered_to_headers(int queue_file, std::int64_t data_offset) {
    std::set<std::string> found;
    queue::RecordReader reader(queue_file, data_offset);
    queue::RecordType type{};
    std::string_view data;
    while (reader.next(type, data) == queue::RecordReader::Next::record) {
        if (type != queue::RecordType::text && type != queue::RecordType::long_text) break;
        if (data.empty()) break;
        if (is_space(data.front())) continue;
        if (mail::header_name_length(data) == 0) break;
        const mail::HeaderParts parts = mail::split_header(data);
        if (!equals_ignoring_case(parts.name, "Delivered-To")) continue;
        // Compat: as it is written, not as an address list.
        found.insert(mail::casefold(trim(parts.value)));
    }
    return found;
}

}  // namespace postrider::delivery
