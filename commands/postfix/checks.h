// commands/postfix/checks.h - what is looked at before the mail system starts.
#pragma once

#include "commands/postfix/instance.h"

namespace postrider::postfix {

// What would keep programs from starting: bad values in main.cf, bad lines in master.cf, missing programs or
// accounts. Fatal on the first.
void require_sound_configuration(const Instance& instance);

// A missing program or file without which nothing works. Fatal.
void require_complete_installation(const Instance& instance);

// Puts damaged queue file names right and removes what a crash left half written.
void repair_queue(const Instance& instance);

// Warns of parameters without effect, of wrong owners and modes, and of files that others may write.
void warn_about_files(const Instance& instance);

}  // namespace postrider::postfix
