// lib/base/local_time.h - moments in the words of this machine.
#pragma once

#include <ctime>
#include <string>

namespace postrider {

// As strftime(3) writes it, in local time; empty when that is no time, or too long.
std::string local_time(const std::string& form, std::time_t when = std::time(nullptr));

}  // namespace postrider
