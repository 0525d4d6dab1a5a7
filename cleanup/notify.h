// cleanup/notify.h - telling qmgr(8) about new mail.
//
// Over one standing connection to public/qmgr, a line for each message: "incoming QUEUEID".  When qmgr is not
// there nothing is lost: it looks into the incoming queue when it starts.  qmgr answers with single bytes
// when it falls behind and when it has caught up (lib/queue/flow.h).
#pragma once

#include <string>
#include <string_view>

#include "lib/async/task.h"
#include "lib/config/settings.h"

namespace postrider::cleanup {

// The socket, from queue_service_name.
void set_qmgr_service(const Settings& settings);
// Never waits and never fails.
void notify_qmgr(std::string_view queue_id);
// Before a message is taken: waits in_flow_delay while qmgr says, on that connection, that mail comes faster
// than it can be taken.
Task<> keep_to_flow();

}  // namespace postrider::cleanup
