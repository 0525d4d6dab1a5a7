// qmgr/limits.h - the limits of a transport, as main.cf says.
#pragma once

#include <string>

#include "lib/config/settings.h"
#include "qmgr/scheduler.h"

namespace postrider::qmgr {

// <transport>_... where set, else the defaults.  A bad feedback amount is logged and counts as 1.
TransportLimits limits_of(const Settings& settings, const std::string& transport);

}  // namespace postrider::qmgr
