// smtpd/access/access.h - may the client go on?  One function for each stage of the dialogue.
//
// Each answers with an empty Reply when nothing speaks against it.  Rejections are logged here.
#pragma once

#include <string>

#include "lib/async/task.h"
#include "smtpd/reply.h"

namespace postrider::smtpd {
struct Session;
}

namespace postrider::smtpd::access {

Task<Reply> check_client(Session& session);
Task<Reply> check_helo(Session& session, std::string name);
Task<Reply> check_sender(Session& session, std::string sender);
// RCPT, and VRFY.
Task<Reply> check_recipient(Session& session, std::string recipient);
Task<Reply> check_data(Session& session);
Task<Reply> check_end_of_data(Session& session);
Task<Reply> check_etrn(Session& session, std::string domain);

}  // namespace postrider::smtpd::access
