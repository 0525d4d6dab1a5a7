// commands/postfix/trace/log_reader.h - log files read back: rotated and compressed ones too, in any of the
// forms that syslog daemons and postlogd(8) write.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/log_event.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::postfix::trace {

struct LogLine {
    std::string time;  // as written
    std::string host;
    std::string service;  // "postfix/smtpd"
    std::string program;  // "smtpd"
    std::string pid;
    std::string text;  // behind "tag[pid]: "
};

// Nothing for a line that no mail program wrote: "Nov 20 23:08:49 host postfix/smtpd[1]: text", the same with
// an RFC 3339 time, or a JSON object of ours.
std::optional<LogLine> parse_line(std::string_view line);

// The log of an instance, oldest first: maillog_file, or what syslog daemons usually write, with their
// rotated siblings.
std::vector<std::string> find_log_files(const Settings& settings);
// `path` and its rotated siblings, oldest first.
std::vector<std::string> with_rotated(const std::string& path);

// Every line of a file; the error names the file.  Compressed files are read by the programs that made them.
Result<void> read_lines(const std::string& path, const std::function<void(std::string_view line)>& take);

}  // namespace postrider::postfix::trace
