// lib/queue/bounce_log.h - the logs beside a message: what became of its recipients.
//
// One file a message in bounce/ (returned), defer/ (to be tried again) and trace/ (reports asked for),
// written by bounce(8), read by it and by showq(8).  Entries are lines between blank lines; other programs
// read them too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/queue/spool.h"

namespace postrider::queue {

struct LogEntry {
    std::string recipient;           // internal form; "" is the null address
    std::string original_recipient;  // internal form, or empty
    std::int64_t offset = 0;         // of the R record, 0: none
    std::string dsn_orig_rcpt;       // "rfc822;addr"
    int notify = 0;
    std::string status;  // "5.1.1"
    std::string action;  // failed delayed delivered relayed expanded deliverable undeliverable
    std::string diagnostic_type, diagnostic_text;
    std::string remote_mta_type, remote_mta;
    std::string reason;
};

// backwards_bounce_logfile_compatibility: an entry begins with the line that Postfix before 2.0 wrote alone.
enum class OldLine { yes, no };
std::string format_log_entry(const LogEntry& entry, OldLine old_line);
// All entries of a log; what is missing gets the defaults of its queue.  Any bytes give some answer.
std::vector<LogEntry> parse_log(std::string_view text, Queue queue);

// Appends one entry under an exclusive lock and, in bounce and trace, makes it durable; blocking (fsync).
Result<void> append_log(const Spool& spool, Queue queue, std::string_view id, const LogEntry& entry,
                        OldLine old_line);
// The log is of an attempt that is over: its entries count no more, and the next one is written over them.
// That costs a busy queue much less than to remove the file and to make it again.  (Its modification time
// becomes the epoch.)
void retire_log(const Spool& spool, Queue queue, std::string_view id);
// The entries of a message's log; none when there is no log, or a retired one.
Result<std::vector<LogEntry>> read_log(const Spool& spool, Queue queue, std::string_view id);

}  // namespace postrider::queue
