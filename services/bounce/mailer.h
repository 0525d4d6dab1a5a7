// services/bounce/mailer.h - handing a notification to cleanup(8).
#pragma once

#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "services/bounce/notice.h"

namespace postrider::bounce {

// Queues the message and returns its queue ID once it is on disk.  `lines` outlives the call.
Task<Result<std::string>> mail_notice(const std::vector<Line>& lines, std::string from, std::string to,
                                      int sendopts, const Settings& settings);

}  // namespace postrider::bounce
