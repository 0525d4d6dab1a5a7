// lib/daemon/confinement_parameters.h - whether daemons are confined.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::daemon {

inline const Parameter<bool> daemon_confinement{{
    .name = "daemon_confinement",
    .default_text = "yes",
    .summary =
        "daemons that serve without root can reach only the files, system calls and networks they need",
}};

}  // namespace postrider::daemon
