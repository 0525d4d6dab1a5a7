// lib/config/log_parameters.h - how the log is written.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::config {

inline const Parameter<std::string> maillog_format{{
    .name = "maillog_format",
    .default_text = "text",
    .least = 1,
    .summary = "how lines of maillog_file look: text, or json",
}};

}  // namespace postrider::config
