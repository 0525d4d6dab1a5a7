// qmgr/limits.cc - see limits.h.
#include "qmgr/limits.h"

#include "lib/base/log.h"
#include "qmgr/parameters.h"

namespace postrider::qmgr {
namespace {

Feedback feedback_of(const Settings& settings, const std::string& transport, std::string_view suffix,
                     const Parameter<std::string>& otherwise) {
    const std::string text = settings.per_transport(transport, suffix, otherwise);
    const std::optional<Feedback> feedback = Feedback::parse(text);
    if (feedback) return *feedback;
    log::warning(
        "{}_{}: bad value \"{}\": write an amount between 0 and 1 such as 1, 1/8, 1/concurrency or "
        "1/sqrt_concurrency; using 1",
        transport, suffix, text);
    return {};
}

}  // namespace

TransportLimits limits_of(const Settings& settings, const std::string& transport) {
    const bool local = transport == "local";
    const auto number = [&](std::string_view suffix, const Parameter<int>& otherwise) {
        return settings.per_transport(transport, suffix, otherwise);
    };
    const auto pause = [&](std::string_view suffix, const Parameter<Seconds>& otherwise) {
        return Pause(settings.per_transport(transport, suffix, otherwise));
    };
    TransportLimits limits;
    limits.concurrency_limit =
        number("destination_concurrency_limit",
               local ? local_destination_concurrency_limit : default_destination_concurrency_limit);
    limits.recipient_limit =
        number("destination_recipient_limit",
               local ? local_destination_recipient_limit : default_destination_recipient_limit);
    limits.initial_concurrency = number("initial_destination_concurrency", initial_destination_concurrency);
    if (limits.concurrency_limit > 0 && limits.initial_concurrency > limits.concurrency_limit)
        limits.initial_concurrency = limits.concurrency_limit;
    limits.failed_cohort_limit = number("destination_concurrency_failed_cohort_limit",
                                        default_destination_concurrency_failed_cohort_limit);
    limits.positive = feedback_of(settings, transport, "destination_concurrency_positive_feedback",
                                  default_destination_concurrency_positive_feedback);
    limits.negative = feedback_of(settings, transport, "destination_concurrency_negative_feedback",
                                  default_destination_concurrency_negative_feedback);
    limits.rate_delay = pause("destination_rate_delay", default_destination_rate_delay);
    limits.transport_rate_delay = pause("transport_rate_delay", default_transport_rate_delay);
    limits.slot_cost = number("delivery_slot_cost", default_delivery_slot_cost);
    limits.slot_loan = number("delivery_slot_loan", default_delivery_slot_loan);
    limits.slot_discount = number("delivery_slot_discount", default_delivery_slot_discount);
    limits.minimum_slots = number("minimum_delivery_slots", default_minimum_delivery_slots);
    limits.memory_limit = number("recipient_limit", default_recipient_limit);
    limits.extra_memory = number("extra_recipient_limit", default_extra_recipient_limit);
    limits.refill_limit = number("recipient_refill_limit", default_recipient_refill_limit);
    limits.refill_delay = pause("recipient_refill_delay", default_recipient_refill_delay);
    return limits;
}

}  // namespace postrider::qmgr
