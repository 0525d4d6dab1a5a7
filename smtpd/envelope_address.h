// smtpd/envelope_address.h - the addresses of MAIL FROM, RCPT TO and VRFY.
#pragma once

#include <optional>
#include <string>

#include "smtpd/session.h"

namespace postrider::smtpd {

// Which address it is: only senders may be null, and nothing need be as RFC 5321 wants it of one that is
// asked about.
enum class AddressOf { sender, recipient, question };

// SMTPUTF8 is there for this client: smtputf8_enable, and EHLO does not leave it out.
bool knows_utf8(const Session& session);

// The internal form of a path; nothing when it is no address, which is logged: "Illegal address syntax from
// ...".  Compat: only a client that has declared SMTPUTF8 may write a domain with it.
Task<std::optional<std::string>> read_address(const Session& session, std::string path, AddressOf role,
                                              bool utf8_declared);

// The reply when an address is not ASCII and the client may not send such; else an empty one.
Reply check_utf8(const Session& session, const std::string& address, bool declared);

}  // namespace postrider::smtpd
