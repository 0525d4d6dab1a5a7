// qmgr/service.h - public/qmgr: what is said to the queue manager.
//
// Trigger bytes (W I D F A, from master, postqueue, postkick); over standing connections of cleanup(8) a line
// `incoming QUEUEID` for each new message; and of postsuper(1) `deferred QUEUEID` for each that was let go.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "lib/daemon/daemon.h"
#include "lib/queue/spool.h"

namespace postrider::qmgr {

// Opens the lock that says which process is in charge of the active queue; as the user who starts us.
void open_lock(Settings& settings);
void start(Settings& settings);
Task<> serve_client(daemon::Connection connection, const Settings& settings);
Task<> obey_trigger(std::string bytes, const Settings& settings);

// Takes what is complete off the front of `input`: announced IDs and trigger bytes.  Anything else is
// dropped.
void take_requests(std::string& input, const std::function<void(queue::Queue, std::string)>& announce,
                   const std::function<void(std::string_view)>& obey);

}  // namespace postrider::qmgr
