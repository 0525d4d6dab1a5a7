// lib/ipc/rewrite_protocol.h - what trivial-rewrite(8) is asked and answers; shared by both ends.
#pragma once

#include <string>

#include "lib/ipc/rewrite_client.h"

namespace postrider::ipc {

struct RewriteServiceRequest {
    std::string request;  // "rewrite", "rewrite-external", "resolve" or "verify"
    std::string rule;     // of rewriting: "local" or "remote"
    std::string sender;   // of resolve and verify
    std::string address;  // internal form, external form for rewrite-external
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        visit("rule", rule);
        visit("sender", sender);
        visit("address", address);
    }
};

struct RewriteServiceReply {
    bool failed = false;      // a table could not be asked: try again
    std::string reason;       // of the failure
    std::string address;      // of rewrite
    Resolved resolved;        // of resolve and verify
    bool any_sender = false;  // the answer is the same for every sender
    template <class V>
    void attributes(V&& visit) {
        visit("failed", failed);
        visit("reason", reason);
        visit("address", address);
        visit("resolved", resolved);
        visit("any_sender", any_sender);
    }
};

}  // namespace postrider::ipc
