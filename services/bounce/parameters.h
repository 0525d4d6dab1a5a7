// services/bounce/parameters.h - main.cf parameters of bounce(8).
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::bounce {

inline const Parameter<int> bounce_size_limit{{
    .name = "bounce_size_limit",
    .default_text = "50000",
    .least = 1,
    .summary = "larger messages are returned with their headers only",
}};
inline const Parameter<std::string> twobounce_notice_recipient{{
    .name = "2bounce_notice_recipient",
    .default_text = "postmaster",
    .least = 1,
    .summary = "who gets mail that can neither be delivered nor returned",
}};
inline const Parameter<std::string> delay_notice_recipient{{
    .name = "delay_notice_recipient",
    .default_text = "postmaster",
    .least = 1,
    .summary = "who gets the postmaster's copies of delay warnings",
}};
inline const Parameter<bool> backwards_bounce_logfile_compatibility{{
    .name = "backwards_bounce_logfile_compatibility",
    .default_text = "yes",
    .summary = "begin entries of bounce and defer logs with a line that old programs read",
}};
inline const Parameter<bool> enable_threaded_bounces{{
    .name = "enable_threaded_bounces",
    .default_text = "no",
    .summary = "give notifications References: and In-Reply-To: of the message they are about",
}};
inline const Parameter<bool> requiretls_redact_dsn{{
    .name = "requiretls_redact_dsn",
    .default_text = "yes",
    .summary = "return only the headers of messages sent with REQUIRETLS",
}};

}  // namespace postrider::bounce
