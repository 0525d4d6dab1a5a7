// lib/delivery/log_line.h - the line of the log that tells what became of one recipient.
//
// Log readers (pflogsumm, exporters) parse it; its shape lives here alone.
#pragma once

#include <string>
#include <string_view>

#include "lib/delivery/agent.h"

namespace postrider::delivery {

// Seconds with at most two significant digits and at most `decimals` places behind the point: "1181", "9.9",
// "0.07", "0".  Negative times are zero.
std::string format_delay(std::int64_t microseconds, int decimals);

// What the line needs beside the recipient and its outcome.
struct StatusLine {
    std::string_view queue_id;
    Stamps stamps;
    std::int64_t now = 0;  // microseconds since the epoch
    int decimals = 2;      // delay_logging_resolution_limit
    bool external = true;  // info_log_address_format
};
// "QID: to=<R>[, orig_to=<O>], relay=..., delay=..., delays=a/b/c/d, dsn=..., status=WORD (TEXT)"
std::string status_line(const StatusLine& line, const Recipient& recipient, const Outcome& outcome,
                        std::string_view word);

// Microseconds since the epoch.
std::int64_t now_in_microseconds();

}  // namespace postrider::delivery
