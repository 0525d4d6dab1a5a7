// commands/sendmail/submit.h - one message from standard input to postdrop(1).
#pragma once

#include "commands/sendmail/options.h"
#include "lib/config/settings.h"

namespace postrider::sendmail {

// Submits the message; fatal when it cannot be queued.
void submit(const Options& options, const Settings& settings);

}  // namespace postrider::sendmail
