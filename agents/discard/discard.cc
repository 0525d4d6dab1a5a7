// agents/discard/discard.cc - reports every recipient as delivered, with the next hop as the reason.
#include "agents/discard/discard.h"

#include "lib/mail/status.h"

namespace postrider::discard_agent {

Task<> deliver(delivery::Delivery& delivery) {
    const mail::StatusText text = mail::split_status(delivery.request().nexthop, "2.0.0");
    for (const delivery::Recipient& recipient : delivery.request().recipients) {
        delivery::Outcome outcome;
        outcome.action = delivery::Action::delivered;
        outcome.status = text.status;
        outcome.reason = text.text;
        co_await delivery.sent(recipient, std::move(outcome));
    }
}

}  // namespace postrider::discard_agent
