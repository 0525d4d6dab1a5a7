// lib/queue/authorized_users.h - which users of this machine may do what.
#pragma once

#include <sys/types.h>

#include <string>

#include "lib/config/settings.h"

namespace postrider::queue {

// The login name, "unknown" when the user has none.
std::string login_name(uid_t user);
// The user is listed in authorized_submit_users, authorized_flush_users or the like; a list that cannot be
// looked up lists nobody.  The super-user and mail_owner are asked about as all others.
bool is_authorized(uid_t user, const Parameter<std::string>& list, const Settings& settings);

}  // namespace postrider::queue
