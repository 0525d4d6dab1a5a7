// smtpd/verbs/starttls.cc - the STARTTLS command, RFC 3207.
#include "lib/base/log.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/milters.h"
#include "smtpd/tls.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

Task<Reply> answer_starttls(Session& session, const Command& command) {
    if (!command.arguments.empty()) co_return Reply(501, "5.5.4", "Syntax: STARTTLS");
    if (session.tls) co_return Reply(554, "5.5.1", "Error: TLS already active");
    if (!may_start_tls(session) || (session.discarded_extensions & extension::starttls) != 0)
        co_return Reply(502, "5.5.1", "Error: command not implemented");
    Reply refused = co_await milter_other(session);
    if (!refused.empty()) co_return refused;
    if (!session.server.tls->ready()) co_return Reply(454, "4.7.0", "TLS not available due to local problem");
    const bool enough = co_await has_enough_tls(session);
    if (enough) {
        log::warning("Refusing STARTTLS request from {} for service {}", session.client_label(),
                     session.service);
        co_return Reply(454, "4.7.0", "Error: too many new TLS sessions from " + session.client_label());
    }
    Reply go_ahead(220, "2.0.0", "Ready to start TLS");
    co_await session.send_and_flush(go_ahead);
    Reply refusal = co_await start_tls(session);
    if (!refusal.empty()) co_return refusal;
    // The reply went out before the handshake; the next word is the client's.
    co_return Reply::nothing();
}

}  // namespace postrider::smtpd
