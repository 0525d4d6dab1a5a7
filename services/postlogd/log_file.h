// services/postlogd/log_file.h - the log file of the suite.
#pragma once

#include <string_view>

#include "lib/config/settings.h"

namespace postrider::postlogd {

// Opens maillog_file while we may still create it (/dev/stdout: the standard output that master(8) has), and
// sends our own lines there too.  Without maillog_file lines go to syslog.  Fatal when the file is not below
// one of maillog_file_prefixes or cannot be opened.
void open_log_file(Settings& settings);

// Appends one line as a program of ours has formatted it.
void write_line(std::string_view line, const Settings& settings);

}  // namespace postrider::postlogd
