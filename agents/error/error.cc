// agents/error/error.cc - bounces or defers every recipient, with the next hop as the reason.
#include "agents/error/error.h"

#include "lib/mail/status.h"

namespace postrider::error_agent {
namespace {

Task<> refuse(delivery::Delivery& delivery) {
    for (const delivery::Recipient& recipient : delivery.request().recipients) {
        delivery::Outcome outcome = outcome_of(delivery.request().nexthop, Verdict::bounce);
        co_await delivery.bounced(recipient, std::move(outcome));
    }
}

Task<> postpone(delivery::Delivery& delivery) {
    for (const delivery::Recipient& recipient : delivery.request().recipients) {
        delivery::Outcome outcome = outcome_of(delivery.request().nexthop, Verdict::defer);
        co_await delivery.deferred(recipient, std::move(outcome));
    }
}

}  // namespace

delivery::Outcome outcome_of(std::string_view nexthop, Verdict verdict) {
    const mail::StatusText text = mail::split_status(nexthop, verdict == Verdict::bounce ? "5.0.0" : "4.0.0");
    delivery::Outcome outcome;
    outcome.action = verdict == Verdict::bounce ? delivery::Action::failed : delivery::Action::delayed;
    outcome.status = text.status;
    outcome.reason = text.text;
    return outcome;
}

Task<> serve_client(daemon::Connection connection, const Settings& settings) {
    // Compat: one program, two lines of master.cf; only the one named retry keeps the mail.
    const bool retry = daemon::service_name() == "retry";
    delivery::Deliver deliver = retry ? delivery::Deliver(postpone) : delivery::Deliver(refuse);
    delivery::AgentOptions options;
    options.leave = &daemon::leave_event();
    co_await delivery::serve_deliveries(std::move(connection.stream), settings, std::move(deliver), options);
}

}  // namespace postrider::error_agent
