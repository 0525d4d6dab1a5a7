// lib/delivery/verify_client.h - asking verify(8) about an address, and telling it what a probe found.
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/base/result.h"

namespace postrider::delivery {

// What is known of an address; the numbers are those of the cache file and of the protocol.
enum class ProbeResult { ok = 0, deferred = 1, bounced = 2, pending = 3 };

struct ProbeAnswer {
    ProbeResult result = ProbeResult::pending;
    std::string reason;  // "unknown user", "Address verification in progress"
};

// What verify knows of `address` (internal form).  When it knows nothing, or nothing fresh, a probe is under
// way after this.
Task<Result<ProbeAnswer>> query_verify(std::string address);
// Stores the outcome of a probe of `address` (internal form).
Task<Result<void>> update_verify(std::string address, ProbeResult result, std::string reason);

// One request of the protocol and its answer; docs/protocols.md.
struct VerifyRequest {
    std::string request;  // query, update
    std::string address;
    ProbeResult recipient_status = ProbeResult::pending;  // update
    std::string reason;                                   // update
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        visit("address", address);
        visit("recipient_status", recipient_status);
        visit("reason", reason);
    }
};
struct VerifyReply {
    int status = -1;  // 0: done
    ProbeResult recipient_status = ProbeResult::pending;
    std::string reason;
    template <class V>
    void attributes(V&& visit) {
        visit("status", status);
        visit("recipient_status", recipient_status);
        visit("reason", reason);
    }
};

}  // namespace postrider::delivery
