// local/local.cc - serving requests: each message, recipient after recipient.
#include "local/local.h"

#include <memory>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/mail/rfc822.h"
#include "lib/queue/record_reader.h"
#include "local/expansion.h"

namespace postrider::local {

namespace {

std::unique_ptr<Agent> agent;

// The addresses of the Delivered-To: headers the message has already, in lower case.
std::set<std::string> delivered_to_headers(int queue_file, std::int64_t offset) {
    std::set<std::string> found;
    queue::RecordReader reader(queue_file, offset);
    queue::RecordType type{};
    std::string_view data;
    while (reader.next(type, data) == queue::RecordReader::Next::record) {
        if (type != queue::RecordType::text && type != queue::RecordType::long_text) break;
        if (data.empty()) break;
        if (is_space(data.front())) continue;
        if (mail::header_name_length(data) == 0) break;
        const mail::HeaderParts parts = mail::split_header(data);
        if (!equals_ignoring_case(parts.name, "Delivered-To")) continue;
        for (const std::string& address : mail::addresses_in(parts.value))
            found.insert(mail::casefold(address));
    }
    return found;
}

Task<> deliver(delivery::Delivery& delivery) {
    MessageState message{*agent, delivery,
                         delivered_to_headers(delivery.queue_file(), delivery.request().data_offset)};
    for (const delivery::Recipient& recipient : delivery.request().recipients) {
        Expansion expansion(message, recipient);
        co_await expansion.run();
    }
}

}  // namespace

void open_tables(Settings& settings) {
    agent = std::make_unique<Agent>(settings);
}

Task<> serve_client(daemon::Connection connection, const Settings& settings) {
    delivery::AgentOptions options;
    options.filter = &agent->status_filter;
    options.leave = &daemon::leave_event();
    delivery::Deliver work = deliver;
    co_await delivery::serve_deliveries(std::move(connection.stream), settings, std::move(work), options);
}

}  // namespace postrider::local
