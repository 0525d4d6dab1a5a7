// cleanup/notify.h - telling qmgr(8) about new mail.
//
// Over one standing connection to public/qmgr, a line for each message: "incoming QUEUEID".  When qmgr is not
// there nothing is lost: it looks into the incoming queue when it starts.
#pragma once

#include <string>
#include <string_view>

#include "lib/config/settings.h"

namespace postrider::cleanup {

// The socket, from queue_service_name.
void set_qmgr_service(const Settings& settings);
// Never waits and never fails.
void notify_qmgr(std::string_view queue_id);

}  // namespace postrider::cleanup
