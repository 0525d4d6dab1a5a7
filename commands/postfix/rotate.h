// commands/postfix/rotate.h - `postfix logrotate`.
#pragma once

#include "commands/postfix/instance.h"

namespace postrider::postfix {

// Renames maillog_file with a time stamp, lets postlogd(8) begin a new one, and compresses the old.
int rotate_log(const Instance& instance);

}  // namespace postrider::postfix
