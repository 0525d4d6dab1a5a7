// lib/mail/date.cc - dates as mail writes them.
#include "lib/mail/date.h"

#include <fmt/core.h>

#include <cstdlib>

namespace postrider::mail {

std::string format_date(std::time_t when) {
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm local{};
    localtime_r(&when, &local);
    const long offset = local.tm_gmtoff / 60;  // minutes east
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} {}{:02}{:02} ({})", days[local.tm_wday], local.tm_mday,
                       months[local.tm_mon], local.tm_year + 1900, local.tm_hour, local.tm_min, local.tm_sec,
                       offset < 0 ? '-' : '+', std::labs(offset) / 60, std::labs(offset) % 60,
                       local.tm_zone ? local.tm_zone : "");
}

}  // namespace postrider::mail
