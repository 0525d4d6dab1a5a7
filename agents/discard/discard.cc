// agents/discard/discard.cc - reports every recipient as delivered, with the next hop as the reason.
#include "agents/discard/discard.h"

#include "lib/delivery/agent.h"
#include "lib/mail/status.h"

namespace postrider::discard_agent {
namespace {

Task<> discard(delivery::Delivery& delivery) {
    const mail::StatusText text = mail::split_status(delivery.request().nexthop, "2.0.0");
    for (const delivery::Recipient& recipient : delivery.request().recipients) {
        delivery::Outcome outcome;
        outcome.action = delivery::Action::delivered;
        outcome.status = text.status;
        outcome.reason = text.text;
        co_await delivery.sent(recipient, std::move(outcome));
    }
}

}  // namespace

Task<> serve_client(daemon::Connection connection, const Settings& settings) {
    delivery::Deliver deliver = discard;
    delivery::AgentOptions options;
    options.leave = &daemon::leave_event();
    co_await delivery::serve_deliveries(std::move(connection.stream), settings, std::move(deliver), options);
}

}  // namespace postrider::discard_agent
