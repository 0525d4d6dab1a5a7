// pickup/pickup.h - scanning maildrop.
#pragma once

#include <string>

#include "lib/async/task.h"
#include "lib/config/settings.h"

namespace postrider::pickup {

// Looks at the configuration, so that mistakes show before the first message.
void prepare(Settings& settings);

// A trigger of postdrop(1), or master's wake-up: brings in everything that is in maildrop.  While a scan is
// on its way another request only makes it look again.
Task<> wake(std::string bytes, const Settings& settings);

}  // namespace postrider::pickup
