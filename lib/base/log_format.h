// lib/base/log_format.h - how lines look in a log file: as syslogd would write them, or as JSON.
#pragma once

#include <string>
#include <string_view>

namespace postrider::log {

enum class Format { traditional, json };
// Of every line that goes to a file or to postlogd(8) from now on.
void set_format(Format format);
Format format();

// One line as a JSON object: time, host, service, pid, level, queue_id, event, the values of the event, text.
std::string json_line(std::string_view host, std::string_view service, int pid, std::string_view text);

}  // namespace postrider::log
