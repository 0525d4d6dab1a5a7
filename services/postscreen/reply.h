// services/postscreen/reply.h - what is added to and changed in refusals.
#pragma once

#include <string>

#include "services/postscreen/session.h"

namespace postrider::postscreen {

// "550 5.5.1 ...\r\n" as "450 4.5.1 ...\r\n".
std::string softened(std::string reply);
// The reply with a footer: `\c` at its start continues the last line, `\n` starts a new one.
std::string with_footer(const std::string& reply, std::string footer);

// soft_bounce, postscreen_reject_footer and postscreen_reject_footer_maps; other replies than 4xx and 5xx
// stay as they are.
Task<std::string> complete_reply(const Session& session, std::string reply);

}  // namespace postrider::postscreen
