// smtpd/verbs/verbs.h - the commands of SMTP, one handler each.
//
// A handler answers one command; only those with a dialogue inside (DATA) send anything themselves.
#pragma once

#include <string_view>

#include "smtpd/session.h"

namespace postrider::smtpd {

Task<Reply> answer_helo(Session& session, const Command& command);
Task<Reply> answer_ehlo(Session& session, const Command& command);
Task<Reply> answer_mail(Session& session, const Command& command);
Task<Reply> answer_rcpt(Session& session, const Command& command);
Task<Reply> answer_data(Session& session, const Command& command);
Task<Reply> answer_bdat(Session& session, const Command& command);
Task<Reply> answer_rset(Session& session, const Command& command);
Task<Reply> answer_noop(Session& session, const Command& command);
Task<Reply> answer_vrfy(Session& session, const Command& command);
Task<Reply> answer_etrn(Session& session, const Command& command);
Task<Reply> answer_quit(Session& session, const Command& command);
Task<Reply> answer_xclient(Session& session, const Command& command);
Task<Reply> answer_xforward(Session& session, const Command& command);
Task<Reply> answer_starttls(Session& session, const Command& command);
// HELP: known, not offered.
Task<Reply> answer_auth(Session& session, const Command& command);

struct VerbRow {
    std::string_view name;
    Verb verb;
    Task<Reply> (*answer)(Session& session, const Command& command);
    bool junk;         // does no work towards mail: limited
    bool ends_group;   // RFC 2920 3.1: the last of a group of pipelined commands
    bool without_tls;  // allowed although TLS is demanded
};
// Nothing when there is no such command.
const VerbRow* find_verb(std::string_view upper_case);

}  // namespace postrider::smtpd
