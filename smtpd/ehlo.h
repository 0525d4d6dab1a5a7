// smtpd/ehlo.h - the extensions a client is offered, RFC 1869.
#pragma once

#include <string>
#include <string_view>

#include "smtpd/session.h"

namespace postrider::smtpd {

// Bits of namespace extension for the words of smtpd_discard_ehlo_keywords; unknown words are logged.  The
// word "silent-discard" sets quiet_discard.
unsigned parse_extensions(std::string_view words);
inline constexpr unsigned quiet_discard = 1U << 31;
// "SIZE DSN": the words of the bits, for the log.
std::string extension_names(unsigned bits);

// The text of the 250 reply, line by line.
std::string ehlo_text(const Session& session);

}  // namespace postrider::smtpd
