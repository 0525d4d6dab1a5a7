// lib/delivery/flush_parameters.h - who may have mail flushed to a destination, and which destinations.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::delivery {

inline const Parameter<std::string> fast_flush_domains{{
    .name = "fast_flush_domains",
    .default_text = "$relay_domains",
    .summary = "destinations whose deferred mail flush(8) keeps a list of, for ETRN and sendmail -qR",
}};

}  // namespace postrider::delivery
