// commands/postfix/upgrade.h - `postfix upgrade-configuration`.
#pragma once

#include "commands/postfix/instance.h"

namespace postrider::postfix {

// Adds services to master.cf that older releases did not have, and says which.
int upgrade_configuration(const Instance& instance);

}  // namespace postrider::postfix
