// lib/mail/date.h - dates as mail writes them, RFC 5322 3.3.
#pragma once

#include <ctime>
#include <string>

namespace postrider::mail {

// `Fri, 20 Nov 2026 23:08:49 +0000 (UTC)`: local time, with the zone's name as a comment.
std::string format_date(std::time_t when);

}  // namespace postrider::mail
