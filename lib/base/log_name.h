// lib/base/log_name.h - what stands before a command's lines on standard error.
#pragma once

#include <string>

namespace postrider::log {

// The name a command was called by, where it is not the one in its log: mailq(1) is sendmail(1).
void set_terminal_name(std::string name);

}  // namespace postrider::log
