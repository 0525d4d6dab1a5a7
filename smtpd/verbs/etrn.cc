// smtpd/verbs/etrn.cc - the ETRN command, RFC 1985: deliver what waits for a domain.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/access/access.h"
#include "smtpd/milters.h"
#include "smtpd/parameters.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

Task<Reply> answer_etrn(Session& session, const Command& command) {
    if (session.server.settings[smtpd_helo_required] && session.helo_name.empty())
        co_return Reply(503, "", "Error: send HELO/EHLO first");
    if (session.in_transaction()) co_return Reply(503, "", "Error: MAIL transaction in progress");
    if (command.words().size() != 1) co_return Reply(500, "", "Syntax: ETRN domain");
    if (session.stand_alone()) {
        log::warning("do not use ETRN in \"sendmail -bs\" mode");
        co_return Reply(458, "", "Unable to queue messages");
    }
    std::string domain = command.arguments;
    if (domain.size() > 1 && (domain[0] == '@' || domain[0] == '#')) domain.erase(0, 1);
    const bool is_name = is_ascii(domain) && mail::is_valid_hostname(domain);
    if (!is_name && !mail::is_address_literal(domain))
        co_return Reply(501, "", "Error: invalid parameter syntax");
    Reply refusal = co_await access::check_etrn(session, domain);
    if (refusal.empty()) refusal = co_await milter_other(session);
    if (!refusal.empty()) co_return refusal;
    const FlushOutcome outcome = co_await session.server.neighbours.flush_domain(domain);
    switch (outcome) {
        case FlushOutcome::started:
            co_return Reply(250, "", "Queuing started");
        case FlushOutcome::not_eligible:
            log::warning("reject: ETRN {}... from {}", domain, session.client_label());
            co_return Reply(459, "", "<" + domain + ">: service unavailable");
        case FlushOutcome::failed:
            break;
    }
    log::warning("failed: ETRN {}... from {}", domain, session.client_label());
    co_return Reply(458, "", "Unable to queue messages");
}

}  // namespace postrider::smtpd
