// smtpd/greeting.h - finding out who the client is, what it may do, and whether it is welcome.
#pragma once

#include "smtpd/session.h"

namespace postrider::smtpd {

// Name and address of the peer.
Task<> identify(Session& session, bool on_standard_input);
// What depends on who has connected: XCLIENT, XFORWARD, XVERP, rewriting context, line ends.
Task<> choose_rights(Session& session);
// The part of it that changes with XCLIENT: a client seen through a proxy may not use XCLIENT itself.
Task<> choose_proxy_rights(Session& session);
// The banner, or the refusal when client restrictions are not delayed; then Session::refused is set.
Task<Reply> greet(Session& session);

}  // namespace postrider::smtpd
