// qmgr/parameters.h - main.cf parameters of the queue manager.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::qmgr {

inline const Parameter<int> qmgr_message_active_limit{{
    .name = "qmgr_message_active_limit",
    .default_text = "20000",
    .least = 1,
    .summary = "messages in the active queue",
}};
inline const Parameter<int> qmgr_message_recipient_limit{{
    .name = "qmgr_message_recipient_limit",
    .default_text = "20000",
    .least = 1,
    .summary = "recipients, and dead destinations, held in memory",
}};
inline const Parameter<int> qmgr_message_recipient_minimum{{
    .name = "qmgr_message_recipient_minimum",
    .default_text = "10",
    .least = 1,
    .summary = "recipients of any one message held in memory, whatever other limits say",
}};
inline const Parameter<int> qmgr_deferred_memory_limit{{
    .name = "qmgr_deferred_memory_limit",
    .default_text = "1000000",
    .least = 100,
    .summary = "deferred messages whose next attempt is kept in memory, 32 bytes each",
}};
inline const Parameter<Seconds> qmgr_deferred_scan_delay{{
    .name = "qmgr_deferred_scan_delay",
    .default_text = "1d",
    .least = Seconds(0),
    .summary = "time between looks at the whole deferred queue that nobody asked for; 0: none",
}};
inline const Parameter<int> backoff_time_spread{{
    .name = "backoff_time_spread",
    .default_text = "0",
    .least = 0,
    .most = 100,
    .summary = "percent by which the time between attempts is made shorter or longer at random",
}};
inline const Parameter<Seconds> qmgr_clog_warn_time{{
    .name = "qmgr_clog_warn_time",
    .default_text = "300s",
    .least = Seconds(0),
    .summary = "time between warnings that one destination fills the active queue; 0: none",
}};
inline const Parameter<Seconds> qmgr_daemon_timeout{{
    .name = "qmgr_daemon_timeout",
    .default_text = "1000s",
    .least = Seconds(1),
    .summary = "how long the queue manager may be stuck before it is ended",
}};
inline const Parameter<Seconds> qmgr_ipc_timeout{{
    .name = "qmgr_ipc_timeout",
    .default_text = "60s",
    .least = Seconds(1),
    .summary = "time limit for sending a request to a delivery agent",
}};
inline const Parameter<Seconds> bounce_queue_lifetime{{
    .name = "bounce_queue_lifetime",
    .default_text = "5d",
    .least = Seconds(0),
    .most = Seconds(8640000),
    .summary = "how long a bounce message is tried; 0: once",
}};
inline const Parameter<Seconds> maximal_backoff_time{{
    .name = "maximal_backoff_time",
    .default_text = "4000s",
    .least = Seconds(1),
    .summary = "longest time between attempts to deliver a message",
}};
inline const Parameter<Seconds> transport_retry_time{{
    .name = "transport_retry_time",
    .default_text = "60s",
    .least = Seconds(1),
    .summary = "time between attempts to reach a delivery agent that is not available",
}};
inline const Parameter<std::string> defer_transports{{
    .name = "defer_transports",
    .default_text = "",
    .summary = "transports that deliver only when the queue is flushed",
}};
inline const Parameter<bool> confirm_delay_cleared{{
    .name = "confirm_delay_cleared",
    .default_text = "no",
    .summary = "tell the sender that mail of which a delay was reported has been delivered",
}};
inline const Parameter<std::string> default_filter_nexthop{{
    .name = "default_filter_nexthop",
    .default_text = "",
    .summary = "next hop of a content filter that names none; empty: the recipient's domain",
}};
inline const Parameter<int> address_verify_pending_request_limit{{
    .name = "address_verify_pending_request_limit",
    .default_text = "5000",
    .least = 1,
    .summary = "address verification probes in the active queue",
}};
inline const Parameter<bool> destination_concurrency_feedback_debug{{
    .name = "destination_concurrency_feedback_debug",
    .default_text = "no",
    .summary = "log how the concurrency window of destinations changes",
}};

// Limits of transports; <transport>_... overrides each.
inline const Parameter<int> initial_destination_concurrency{{
    .name = "initial_destination_concurrency",
    .default_text = "5",
    .least = 1,
    .summary = "deliveries at once to a destination of which nothing is known yet",
}};
inline const Parameter<int> default_destination_concurrency_limit{{
    .name = "default_destination_concurrency_limit",
    .default_text = "20",
    .least = 0,
    .summary = "most deliveries at once to one destination; 0: no limit",
}};
inline const Parameter<int> local_destination_concurrency_limit{{
    .name = "local_destination_concurrency_limit",
    .default_text = "2",
    .least = 0,
    .summary = "most deliveries at once to one local recipient",
}};
inline const Parameter<int> default_destination_recipient_limit{{
    .name = "default_destination_recipient_limit",
    .default_text = "50",
    .least = 0,
    .summary = "most recipients in one delivery; 0: no limit",
}};
inline const Parameter<int> local_destination_recipient_limit{{
    .name = "local_destination_recipient_limit",
    .default_text = "1",
    .least = 0,
    .summary = "most recipients in one local delivery",
}};
inline const Parameter<int> default_destination_concurrency_failed_cohort_limit{{
    .name = "default_destination_concurrency_failed_cohort_limit",
    .default_text = "1",
    .least = 0,
    .summary = "windows full of failures after which a destination is dead; 0: never",
}};
inline const Parameter<std::string> default_destination_concurrency_positive_feedback{{
    .name = "default_destination_concurrency_positive_feedback",
    .default_text = "1",
    .least = 1,
    .summary = "how much a good delivery widens the concurrency window",
}};
inline const Parameter<std::string> default_destination_concurrency_negative_feedback{{
    .name = "default_destination_concurrency_negative_feedback",
    .default_text = "1",
    .least = 1,
    .summary = "how much a failed delivery narrows the concurrency window",
}};
inline const Parameter<Seconds> default_destination_rate_delay{{
    .name = "default_destination_rate_delay",
    .default_text = "0s",
    .least = Seconds(0),
    .summary = "pause between deliveries to one destination",
}};
inline const Parameter<Seconds> default_transport_rate_delay{{
    .name = "default_transport_rate_delay",
    .default_text = "0s",
    .least = Seconds(0),
    .summary = "pause between deliveries of one transport",
}};
inline const Parameter<int> default_recipient_limit{{
    .name = "default_recipient_limit",
    .default_text = "20000",
    .least = 0,
    .summary = "recipients of one transport held in memory",
}};
inline const Parameter<int> default_extra_recipient_limit{{
    .name = "default_extra_recipient_limit",
    .default_text = "1000",
    .least = 0,
    .summary = "recipients held in memory beyond that for messages with few recipients left to read",
}};
inline const Parameter<int> default_recipient_refill_limit{{
    .name = "default_recipient_refill_limit",
    .default_text = "100",
    .least = 1,
    .summary = "recipients that are worth reading more of a message at once",
}};
inline const Parameter<Seconds> default_recipient_refill_delay{{
    .name = "default_recipient_refill_delay",
    .default_text = "5s",
    .least = Seconds(1),
    .summary = "time after which fewer recipients are read as well",
}};
inline const Parameter<int> default_delivery_slot_cost{{
    .name = "default_delivery_slot_cost",
    .default_text = "5",
    .least = 0,
    .summary = "deliveries of a message that let another delivery overtake it; 0: none may",
}};
inline const Parameter<int> default_delivery_slot_loan{{
    .name = "default_delivery_slot_loan",
    .default_text = "3",
    .least = 0,
    .summary = "deliveries that may overtake before they have been earned",
}};
inline const Parameter<int> default_delivery_slot_discount{{
    .name = "default_delivery_slot_discount",
    .default_text = "50",
    .least = 0,
    .most = 100,
    .summary = "percent of the deliveries that need not be earned before they overtake",
}};
inline const Parameter<int> default_minimum_delivery_slots{{
    .name = "default_minimum_delivery_slots",
    .default_text = "3",
    .least = 0,
    .summary = "a message that cannot earn so many slots is not overtaken",
}};

}  // namespace postrider::qmgr
