// agents/pipe/parameters.h - the main.cf parameters only pipe(8) obeys.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::pipe_agent {

inline const Parameter<std::string> pipe_delivery_status_filter{{
    .name = "pipe_delivery_status_filter",
    .default_text = "$default_delivery_status_filter",
    .summary = "table that changes delivery status codes and texts",
}};

}  // namespace postrider::pipe_agent
