// services/postscreen/keywords.h - the extensions that the built-in SMTP server announces.
#pragma once

#include <string>
#include <string_view>

namespace postrider::postscreen {

// What is offered; pipelining, logging in and the like are not.
namespace keyword {
inline constexpr unsigned size = 1;
inline constexpr unsigned vrfy = 2;
inline constexpr unsigned etrn = 4;
inline constexpr unsigned starttls = 8;
inline constexpr unsigned enhanced_status = 16;
inline constexpr unsigned eight_bit_mime = 32;
inline constexpr unsigned dsn = 64;
inline constexpr unsigned smtputf8 = 128;
inline constexpr unsigned chunking = 256;
inline constexpr unsigned silent_discard = 1U << 31;
}  // namespace keyword

// The bits of the words of postscreen_discard_ehlo_keywords.
unsigned parse_keywords(std::string_view words);
// "SIZE DSN": for the log.
std::string keyword_names(unsigned bits);
// The reply to EHLO as it goes over the wire.  `size_limit` 0: none.
std::string ehlo_reply(const std::string& hostname, unsigned offered, long size_limit);

}  // namespace postrider::postscreen
