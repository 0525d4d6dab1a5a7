// lib/delivery/bounce_protocol.h - one request to bounce(8), defer(8) or trace(8), and the answer.
//
// `request` is one of
//   append  note one recipient in the log of the message named after the service
//   flush   make the non-delivery notification from the bounce (defer) log, then remove the log
//   warn    make the delay warning from the defer log; the log stays
//   trace   make the report from the trace log, then remove the log
//   one     make a non-delivery notification for this recipient alone, without a log
#pragma once

#include <string>

#include "lib/delivery/bounce_client.h"

namespace postrider::delivery {

struct BounceRequest {
    std::string request;
    NotifyRequest about;  // append uses the queue_id alone
    Recipient recipient;  // append, one
    std::string status, action, reason;
    std::string diagnostic_type, diagnostic_text, remote_mta_type, remote_mta;
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        about.attributes(visit);
        visit("rcpt", recipient);
        visit("status", status);
        visit("action", action);
        visit("reason", reason);
        visit("diag_type", diagnostic_type);
        visit("diag_text", diagnostic_text);
        visit("mta_type", remote_mta_type);
        visit("mta_mname", remote_mta);
    }
};

struct BounceReply {
    bool done = false;
    std::string reason;  // why not
    template <class V>
    void attributes(V&& visit) {
        visit("done", done);
        visit("reason", reason);
    }
};

// "failed", "delayed", ...: RFC 3464 2.3.3.
std::string_view action_name(Action action);

}  // namespace postrider::delivery
