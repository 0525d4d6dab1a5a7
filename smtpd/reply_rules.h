// smtpd/reply_rules.h - replies that do not depend on the command, and what is added to refusals.
#pragma once

#include "smtpd/session.h"

namespace postrider::smtpd {

// What a client that is not welcome hears to every command.
Reply refusal_of_everything(const Session& session);
// A table that has to be asked does not answer: the session ends, and the client may try again.
Reply local_data_error(const Session& session);
// An empty reply when the client may say XCLIENT or XFORWARD (a bit of `extension`).
Reply refuse_proxy(const Session& session, unsigned verb, bool authorized);
// To lines that end without CR, when those are not accepted.
Reply bare_newline_refusal(const Session& session);

// Replaces (smtpd_reject_filter_maps) and completes (smtpd_reject_footer) a 4xx or 5xx reply.
Task<> complete_refusal(const Session& session, Reply& reply);

}  // namespace postrider::smtpd
