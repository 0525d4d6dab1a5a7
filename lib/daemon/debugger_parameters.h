// lib/daemon/debugger_parameters.h - what to look at a daemon with.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::daemon {

inline const Parameter<std::string> debugger_command{{
    .name = "debugger_command",
    .summary = "the command that a daemon started with -D, or by `postfix -D start`, runs before it works",
}};

}  // namespace postrider::daemon
