// commands/postfix/explain/journey.h - the parts of the way: each asks the code of the daemon that would be
// asked.
#pragma once

#include <string>
#include <vector>

#include "commands/postfix/check/configuration.h"
#include "commands/postfix/explain/account.h"
#include "lib/async/task.h"
#include "lib/config/settings.h"

namespace postrider::postfix::explain {

struct Question {
    std::string recipient;  // as given
    std::string sender;     // internal form; "" is the null sender
    std::string client;     // address of the client
    std::string helo;
    std::string service;  // of master.cf, "" for the one on the SMTP port
    Form form = Form::text;
};

// arrival.cc: what smtpd(8) says to the client, restriction by restriction.  True when it takes the
// recipient.
Task<bool> explain_arrival(const check::Configuration& configuration, Question question,
                           const Account& account);
// rewriting.cc: what cleanup(8) makes of sender and recipient.  The recipients that come out; empty: mail is
// not taken now.
Task<std::vector<std::string>> explain_rewriting(const Settings& settings, Question question,
                                                 std::string& sender, const Account& account);
// route.cc: what trivial-rewrite(8) and the delivery agent do with one of them.
Task<> explain_route(const check::Configuration& configuration, std::string sender, std::string recipient,
                     const Account& account);
// outbound.cc: the hosts that smtp(8) or lmtp(8) would try, and how it would encrypt.
Task<> explain_outbound(const check::Service& service, std::string nexthop, const Account& account);
// mailbox.cc: what local(8) or virtual(8) would do: it is asked as by a probe, which delivers nothing.
Task<> explain_mailbox(const check::Service& service, std::string sender, std::string recipient,
                       const Account& account);

}  // namespace postrider::postfix::explain
