// smtpd/milter_macros.h - the values of the macros that mail filters ask for.
#pragma once

#include <string>
#include <string_view>

#include "smtpd/session.h"

namespace postrider::smtpd {

// The value of a macro by its bare name ("client_addr"), "" when it has none now.  Those of addresses
// ({mail_host} and the like) are found by milters.cc.
std::string milter_macro(const Session& session, std::string_view name);

}  // namespace postrider::smtpd
