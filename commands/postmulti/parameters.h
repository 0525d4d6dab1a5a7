// commands/postmulti/parameters.h - parameters of postmulti(1) alone.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::postmulti {

inline const Parameter<std::string> postmulti_start_commands{{
    .name = "postmulti_start_commands",
    .default_text = "start",
    .summary = "postfix(1) commands that start an instance: for enabled ones only, the primary first",
}};
inline const Parameter<std::string> postmulti_stop_commands{{
    .name = "postmulti_stop_commands",
    .default_text = "stop abort drain quick-stop",
    .summary = "postfix(1) commands that stop an instance: for all, the primary last",
}};
inline const Parameter<std::string> postmulti_control_commands{{
    .name = "postmulti_control_commands",
    .default_text = "reload flush",
    .summary = "postfix(1) commands that make sense for enabled instances only",
}};

}  // namespace postrider::postmulti
