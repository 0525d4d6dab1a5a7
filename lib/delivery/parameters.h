// lib/delivery/parameters.h - main.cf parameters that all delivery agents obey.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::delivery {

inline const Parameter<int> delay_logging_resolution_limit{{
    .name = "delay_logging_resolution_limit",
    .default_text = "2",
    .least = 0,
    .most = 6,
    .summary = "places behind the decimal point in the delays of the log",
}};

inline const Parameter<std::string> info_log_address_format{{
    .name = "info_log_address_format",
    .default_text = "external",
    .least = 1,
    .summary = "external (quoted where RFC 5321 asks for it) or internal form of addresses in the log",
}};

// Of qmgr(8) and of those who tell senders about the queue.
inline const Parameter<Seconds> maximal_queue_lifetime{{
    .name = "maximal_queue_lifetime",
    .default_text = "5d",
    .least = Seconds(0),
    .most = Seconds(8640000),
    .summary = "how long a message is tried before it is returned; 0: once",
}};
inline const Parameter<Seconds> minimal_backoff_time{{
    .name = "minimal_backoff_time",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "shortest time between attempts, and how long a dead destination is left alone",
}};
inline const Parameter<Seconds> queue_run_delay{{
    .name = "queue_run_delay",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time between scans of the deferred queue",
}};
inline const Parameter<bool> disable_verp_bounces{{
    .name = "disable_verp_bounces",
    .default_text = "no",
    .summary = "deliver mail that asks for VERP with one recipient at a time, but return it in one report",
}};

// Of bounce(8), and of the programs that tell the postmaster about trouble with a session.
inline const Parameter<std::string> notify_classes{{
    .name = "notify_classes",
    .default_text = "resource, software",
    .summary = "what the postmaster is told: bounce 2bounce data delay policy protocol resource software",
}};
inline const Parameter<std::string> bounce_notice_recipient{{
    .name = "bounce_notice_recipient",
    .default_text = "postmaster",
    .least = 1,
    .summary = "who gets the postmaster's copies of returned mail",
}};
inline const Parameter<std::string> error_notice_recipient{{
    .name = "error_notice_recipient",
    .default_text = "postmaster",
    .least = 1,
    .summary = "who is told of resource, software, policy and protocol trouble",
}};

}  // namespace postrider::delivery
