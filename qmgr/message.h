// qmgr/message.h - one message of the active queue.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "lib/delivery/bounce_client.h"
#include "lib/delivery/request.h"
#include "lib/queue/envelope.h"
#include "qmgr/scheduler.h"

namespace postrider::qmgr {

struct Message {
    std::string id;
    queue::Envelope envelope;  // its recipients are the portion just read, until they are routed
    queue::EnvelopeReader::Position position;  // where the next portion starts
    bool unread = false;                       // recipients are left in the file
    delivery::Stamps stamps;

    std::vector<std::pair<Transport*, Job*>> jobs;
    int pending = 0;       // entries that wait or are busy, and steps under way
    int recipients = 0;    // in memory
    int slots = 0;         // so many may be
    int unread_count = 0;  // left in the file, as its size record tells
    Time last_read{};
    int reading = 0;  // a portion is being routed

    bool fresh = false;          // cleanup has just announced it: there are no logs of earlier attempts
    bool flushed = false;        // came with a flush of the queue: defer_transports does not hold it
    bool force_expired = false;  // postsuper -e
    bool unthrottle = false;     // postqueue -i: forget what is known of its destinations
    bool some_deferred = false;
    int logs = 0;  // log_bit: logs that have entries of this attempt

    const std::string& sender() const { return *envelope.sender; }
    bool is_probe() const;
};

// Seconds until the next attempt: as long as the message is old, within the limits.
std::int64_t next_attempt_after(std::int64_t now, std::int64_t create_time, std::int64_t least,
                                std::int64_t most);

// The same, up to `percent` shorter or longer; `random`: any number.
std::int64_t spread_backoff(std::int64_t seconds, int percent, std::uint64_t random);

// The request for one delivery.
delivery::Request request_for(const Message& message, const std::string& nexthop,
                              std::vector<delivery::Recipient> recipients, bool keep_connection,
                              const std::string& origin);
delivery::NotifyRequest notify_request_for(const Message& message);
delivery::Recipient make_recipient(queue::EnvelopeRecipient recipient);

}  // namespace postrider::qmgr
