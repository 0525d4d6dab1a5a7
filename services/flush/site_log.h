// services/flush/site_log.h - which messages wait for a destination: flush/<site>, one queue ID a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/queue/spool.h"

namespace postrider::flush {

// The name of a destination's log: lower case, in ASCII, every other character '_'.  Nothing for no domain.
std::optional<std::string> site_file(std::string_view site);

// Appends a queue ID under a lock.
Result<void> append(const queue::Spool& spool, const std::string& file, std::string_view queue_id);
// Empties the log under a lock and returns the IDs that were in it, each once.
Result<std::vector<std::string>> take_all(const queue::Spool& spool, const std::string& file);

// Moves a deferred message to incoming, to be tried at once and whatever is known of its destination.  False
// when it is not deferred any more.
bool release(const queue::Spool& spool, const std::string& queue_id);

}  // namespace postrider::flush
