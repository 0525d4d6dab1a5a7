// agents/error/error.cc - bounces or defers every recipient, with the next hop as the reason.
#include "agents/error/error.h"

#include "lib/daemon/daemon.h"
#include "lib/mail/status.h"

namespace postrider::error_agent {

delivery::Outcome outcome_of(std::string_view nexthop, Verdict verdict) {
    const mail::StatusText text = mail::split_status(nexthop, verdict == Verdict::bounce ? "5.0.0" : "4.0.0");
    delivery::Outcome outcome;
    outcome.action = verdict == Verdict::bounce ? delivery::Action::failed : delivery::Action::delayed;
    outcome.status = text.status;
    outcome.reason = text.text;
    return outcome;
}

Task<> deliver(delivery::Delivery& delivery) {
    // Compat: one program, two lines of master.cf; only the one named retry keeps the mail.
    const Verdict verdict = daemon::service_name() == "retry" ? Verdict::defer : Verdict::bounce;
    for (const delivery::Recipient& recipient : delivery.request().recipients) {
        delivery::Outcome outcome = outcome_of(delivery.request().nexthop, verdict);
        if (verdict == Verdict::defer)
            co_await delivery.deferred(recipient, std::move(outcome));
        else
            co_await delivery.bounced(recipient, std::move(outcome));
    }
}

}  // namespace postrider::error_agent
