// lib/base/local_time.cc - moments in the words of this machine.
#include "lib/base/local_time.h"

namespace postrider {

std::string local_time(const std::string& form, std::time_t when) {
    std::tm parts{};
    if (::localtime_r(&when, &parts) == nullptr) return "";
    char text[512];
    return {text, std::strftime(text, sizeof text, form.c_str(), &parts)};
}

}  // namespace postrider
