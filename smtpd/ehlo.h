// smtpd/ehlo.h - the extensions a client is offered, RFC 1869.
#pragma once

#include <string>

#include "smtpd/session.h"

namespace postrider::smtpd {

// The text of the 250 reply, line by line.
std::string ehlo_text(const Session& session);

}  // namespace postrider::smtpd
