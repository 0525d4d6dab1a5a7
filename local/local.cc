// local/local.cc - serving requests: each message, recipient after recipient.
#include "local/local.h"

#include <memory>

#include "lib/delivery/step_outcome.h"
#include "local/expansion.h"

namespace postrider::local {

namespace {

std::unique_ptr<Agent> agent;

}  // namespace

Task<> deliver(delivery::Delivery& delivery) {
    MessageState message{
        *agent, delivery,
        delivery::delivered_to_headers(delivery.queue_file(), delivery.request().data_offset)};
    for (const delivery::Recipient& recipient : delivery.request().recipients) {
        Expansion expansion(message, recipient);
        co_await expansion.run();
    }
}

void open_tables(Settings& settings) {
    agent = std::make_unique<Agent>(settings);
}

}  // namespace postrider::local
