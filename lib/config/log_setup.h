// lib/config/log_setup.h - where a program's log lines go, by main.cf.
#pragma once

#include <string_view>

#include "lib/base/log.h"
#include "lib/config/settings.h"

namespace postrider::config {

// Who logs: daemons reach postlogd in the queue directory; commands may run where nobody listens.
enum class LogUser {
    daemon,         // runs in the queue directory, perhaps in its jail
    command,        // somewhere else; also on standard error
    quiet_command,  // somewhere else; nothing on standard error
    terminal,       // standard error only: it answers a person or a script (postconf, postmap)
};

// Opens the log for `process` ("smtpd"): syslog, or with maillog_file set postlogd's socket.  The tag is
// MAIL_LOGTAG or $syslog_name, then "/process".
void open_log(const Settings& settings, std::string_view process, LogUser user);
// Before main.cf is known: syslog, standard error for commands.
void open_log_early(std::string_view process, LogUser user);

}  // namespace postrider::config
