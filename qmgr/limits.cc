// qmgr/limits.cc - see limits.h.
#include "qmgr/limits.h"

#include <fmt/core.h>

#include "lib/base/log.h"
#include "qmgr/parameters.h"

namespace postrider::qmgr {
namespace {

Feedback feedback_of(const Settings& settings, const std::string& transport, std::string_view suffix,
                     const Parameter<std::string>& otherwise) {
    const std::string text = settings.per_transport(transport, suffix, otherwise);
    const std::string own = fmt::format("{}_{}", transport, suffix);
    const std::string name = text != settings[otherwise] ? own : std::string(otherwise.name());
    const std::optional<Feedback> parsed = Feedback::parse(text);
    if (!parsed) log::warning("{}: ignoring malformed or unreasonable feedback: {}", name, text);
    const Feedback feedback = parsed.value_or(Feedback());
    if (settings[destination_concurrency_feedback_debug]) {
        const int window = settings[initial_destination_concurrency];
        log::info("{}: {} feedback type {} value at {}: {:g}", transport, name,
                  static_cast<int>(feedback.divisor()), window, feedback.at(window));
    }
    return feedback;
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
    limits.feedback_debug = settings[destination_concurrency_feedback_debug];
    limits.refill_delay = pause("recipient_refill_delay", default_recipient_refill_delay);
    return limits;
}

}  // namespace postrider::qmgr
