// commands/postfix/control.h - starting, stopping and telling the running mail system.
#pragma once

#include "commands/postfix/instance.h"

namespace postrider::postfix {

// Each returns the exit status of postfix(1), or is fatal.
int start(const Instance& instance);
// Stays: becomes master(8) in the foreground.
int start_in_foreground(const Instance& instance);
int stop(const Instance& instance);
int abort_now(const Instance& instance);
int flush(const Instance& instance);
int reload(const Instance& instance);
int status(const Instance& instance);

}  // namespace postrider::postfix
