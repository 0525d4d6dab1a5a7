// lib/daemon/debugger.h - a debugger for a daemon that is about to work.
#pragma once

#include <string_view>

#include "lib/config/settings.h"

namespace postrider::daemon {

// Runs debugger_command with $process_name and $process_id, and waits until it ends or has gone into the
// background.  Only for a daemon that still has the rights it was started with.
void run_debugger(const Settings& settings, std::string_view program);

// `postfix -D` asks it of all programs that it starts.
bool is_debugger_wanted();

}  // namespace postrider::daemon
