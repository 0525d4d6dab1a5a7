// lib/mail/probe_sender_parameters.h - main.cf parameters of the sender of address verification probes.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::mail {

inline const Parameter<std::string> address_verify_sender{{
    .name = "address_verify_sender",
    .default_text = "$double_bounce_sender",
    .summary = "sender of probes; empty or <>: the null address",
}};
inline const Parameter<Seconds> address_verify_sender_ttl{{
    .name = "address_verify_sender_ttl",
    .default_text = "0s",
    .least = Seconds(0),
    .summary = "time between changes of the suffix that the sender of probes gets; 0: it has none",
}};

}  // namespace postrider::mail
