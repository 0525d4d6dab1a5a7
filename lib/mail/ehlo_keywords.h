// lib/mail/ehlo_keywords.h - the extensions that SMTP servers of ours announce, RFC 5321 4.1.1.1.
//
// smtpd(8) and postscreen(8) each offer some of them; `*_discard_ehlo_keywords` names those to leave out.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mail {

namespace extension {
inline constexpr unsigned pipelining = 1;
inline constexpr unsigned size = 2;
inline constexpr unsigned vrfy = 4;
inline constexpr unsigned etrn = 8;
inline constexpr unsigned verp = 16;
inline constexpr unsigned xclient = 32;
inline constexpr unsigned xforward = 64;
inline constexpr unsigned enhanced_status = 128;
inline constexpr unsigned eight_bit_mime = 256;
inline constexpr unsigned dsn = 512;
inline constexpr unsigned smtputf8 = 1024;
inline constexpr unsigned chunking = 2048;
inline constexpr unsigned starttls = 4096;
inline constexpr unsigned auth = 8192;
inline constexpr unsigned require_tls = 16384;
// Nothing that is announced: what is left out is not logged.
inline constexpr unsigned silent_discard = 1U << 31;
}  // namespace extension

// The bits of the words of a parameter that names extensions to leave out.  Compat: other words mean nothing.
unsigned parse_ehlo_keywords(std::string_view words);
// Their names for "discarding EHLO keywords: ..." in the log; empty when nothing is left out or it has to be
// silent.
std::string discarded_keyword_names(unsigned discarded);

// The lines of a 250 reply behind the host name, in their order.  `line_of` has the whole line of an
// extension with something behind its name; "" stands for the name alone.
std::vector<std::string> ehlo_lines(unsigned offered, const std::function<std::string(unsigned)>& line_of);

}  // namespace postrider::mail
