// lib/delivery/bounce_client.h - asking bounce(8), defer(8) and trace(8).
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "lib/delivery/agent.h"

namespace postrider::delivery {

// Which services answer (bounce_service_name, defer_service_name, trace_service_name).  serve_deliveries()
// calls this; other programs call it once before they ask.
void set_log_services(const Settings& settings);

// Appends one recipient's outcome to the message's log.
Task<Result<void>> append_log(LogKind kind, std::string queue_id, Recipient recipient, Outcome outcome);

// What a notification is about.
struct NotifyRequest {
    std::string queue_name, queue_id, encoding, sender, envelope_id;
    int sendopts = 0;
    int ret_flags = 0;
    int flags = 0;  // request_flag bits of the deliveries: a trace of user_verify is a verification report
    std::string verp_delimiters;
    std::string report_to;  // who is told instead of the sender
    template <class V>
    void attributes(V&& visit) {
        visit("queue_name", queue_name);
        visit("queue_id", queue_id);
        visit("encoding", encoding);
        visit("sender", sender);
        visit("envelope_id", envelope_id);
        visit("sendopts", sendopts);
        visit("ret_flags", ret_flags);
        visit("flags", flags);
        visit("verp_delimiters", verp_delimiters);
        visit("report_to", report_to);
    }
};
// Sends the non-delivery notification made from the bounce log, or from the defer log of a message that is
// too old, then removes the log.
Task<Result<void>> send_bounce(NotifyRequest request, LogKind log = LogKind::bounce);
// Sends a delay warning from the defer log; the log stays.
Task<Result<void>> send_delay_warning(NotifyRequest request);
// Sends the success or verification report from the trace log, then removes it.
Task<Result<void>> send_trace(NotifyRequest request);
// A one-recipient notification at once, without a log.
Task<Result<void>> send_one_bounce(NotifyRequest request, Recipient recipient, Outcome outcome);

}  // namespace postrider::delivery
