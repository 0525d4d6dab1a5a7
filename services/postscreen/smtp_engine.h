// services/postscreen/smtp_engine.h - the built-in SMTP server: it speaks the protocol, watches how the
// client does, and takes no mail.
#pragma once

#include "services/postscreen/session.h"

namespace postrider::postscreen {

// Talks until the client leaves or is sent away; the session never goes on from here.
Task<> converse(Session& session);

}  // namespace postrider::postscreen
