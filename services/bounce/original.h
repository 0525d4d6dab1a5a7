// services/bounce/original.h - the message a notification is about, from its queue file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/queue/envelope.h"
#include "lib/queue/spool.h"

namespace postrider::bounce {

struct Original {
    bool found = false;                  // the queue file could be read
    bool corrupt = false;                // it could be opened, and made no sense
    bool unreadable = false;             // it is there, and cannot be opened or read now
    std::int64_t arrival = 0;            // seconds
    std::int64_t size = 0;               // of the content
    std::string message_id;              // "<...>", or empty
    std::vector<queue::Record> content;  // text records; the headers alone when `headers_only`
    bool headers_only = false;
};

// Reads what a notification needs.  Content beyond `size_limit` bytes is left out, headers are kept.
Original read_original(const queue::Spool& spool, queue::Queue queue, std::string_view id, bool headers_only,
                       std::int64_t size_limit);

}  // namespace postrider::bounce
