// smtpd/milters.h - what mail filters (smtpd_milters) hear of a session, and what they make of it.
//
// Each function returns an empty reply when the session goes on, else the one for the client; rejections have
// been logged.  Without filters, and for mail that is discarded anyway, they do nothing.
#pragma once

#include <string>
#include <vector>

#include "lib/tables/table_list.h"
#include "smtpd/session.h"

namespace postrider::smtpd {

// What all sessions of the process share.
struct MilterRules {
    explicit MilterRules(const Settings& settings);
    milter::FilterList usual;  // smtpd_milters
    tables::TableList by_client;
    milter::MacroSettings macros;
    bool any() const { return !usual.empty() || !by_client.empty(); }
};

// Chooses the filters of this client and tells them that it has connected.  What they refuse it with is told
// when the client goes on; the reply is a greeting that says less.
Task<Reply> milter_connect(Session& session);
Task<Reply> milter_helo(Session& session, std::string name);
// The sender is in the transaction to be; `options` as the client wrote them.
Task<Reply> milter_mail(Session& session, Transaction& transaction, std::vector<std::string> options);
Task<Reply> milter_recipient(Session& session, std::string recipient, std::vector<std::string> options);
// A recipient that is refused anyway: some filters want to hear of it.
Task<> milter_rejected_recipient(Session& session, std::string recipient, std::vector<std::string> options,
                                 Reply refusal);
Task<Reply> milter_data(Session& session);
Task<Reply> milter_unknown(Session& session, std::string word);
// Before commands that filters do not hear of: one that has refused the client is obeyed nevertheless.
Task<Reply> milter_other(Session& session);
// Hands the conversations over to cleanup(8), which shows them the content.
Task<> milter_hand_over(Session& session);
// The transaction is over, without an end of message.
void milter_abort(Session& session);

}  // namespace postrider::smtpd
