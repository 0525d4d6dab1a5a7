// lib/queue/cleanup_protocol.h - what cleanup(8) and its senders tell each other (docs/protocols.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/queue/cleanup_client.h"

namespace postrider::queue::cleanup_protocol {

// What a frame is.
enum Tag : std::uint32_t { begin_tag = 0, records_tag = 1, outcome_tag = 2, filters_tag = 3 };

// A sender wants to store a message.
struct BeginRequest {
    int flags = 0;  // cleanup_flags
    template <class V>
    void attributes(V&& visit) {
        visit("flags", flags);
    }
};

// The message has a name; its records may come.
struct BeginReply {
    std::string queue_id;
    template <class V>
    void attributes(V&& visit) {
        visit("queue_id", queue_id);
    }
};

// What has become of the message: until this is read, the sender must take it for lost.
struct OutcomeReply {
    int status = cleanup_status::write_error;
    std::string reason;
    std::vector<std::string> filter_states;  // of milters whose connections were taken over
    template <class V>
    void attributes(V&& visit) {
        visit("status", status);
        visit("reason", reason);
        visit("filter", filter_states);
    }
};

}  // namespace postrider::queue::cleanup_protocol
