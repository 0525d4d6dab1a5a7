// smtpd/transaction.h - one mail transaction: from MAIL to the end of data, or to RSET.
#pragma once

#include <sys/time.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "smtpd/content.h"
#include "smtpd/message_sink.h"

namespace postrider::smtpd {

class ProxyFilter;

// What access tables asked for besides yes and no; carried out when the message is handed over.
struct SavedActions {
    std::string filter;                // FILTER: transport:destination
    std::string redirect;              // REDIRECT: address
    std::vector<std::string> copies;   // BCC: addresses
    int cleanup_flags = 0;             // HOLD, DISCARD
    bool discard = false;              // DISCARD: no restriction has anything more to say
    std::vector<std::string> headers;  // PREPEND: lines
};

// A temporary answer kept for later: it replaces a permission or a rejection that is yet to come.
struct Deferral {
    bool active = false;
    int code = 450;
    std::string status;
    std::string text;  // "<name>: Class rejected: why"
};

struct Transaction {
    std::string sender;  // internal form
    std::string first_recipient;
    int recipient_count = 0;
    int recipients_over_limit = 0;
    std::int64_t declared_size = 0;  // SIZE=
    std::int64_t content_size = 0;   // received so far
    std::string encoding;            // "7bit", "8bit", ""
    std::string envelope_id;         // ENVID=, decoded
    std::string sasl_sender;         // AUTH=, as sent; "" for <>
    int return_part = 0;             // RET=
    bool smtputf8 = false;
    bool require_tls = false;
    std::string verp_delimiters;
    timeval arrival{};
    std::string instance;  // tells policy servers which requests belong together
    SavedActions saved;
    Deferral defer_if_permit_sender;  // kept from the sender restrictions for RCPT
    std::string mail_command;         // as received
    ProxyFilter* proxy = nullptr;     // `message`, when that is the filter before the queue
    // Mail filters: what they have already decided, and values of macros about addresses.
    bool discarded_by_filter = false;
    int filter_flags = 0;
    std::map<std::string, std::string, std::less<>> filter_macros;
    MessageSinkPtr message;  // open from the first valid recipient on

    std::unique_ptr<ContentDecoder> decoder;
    std::int64_t chunk_bytes = 0;
    int content_problem = 0;  // cleanup_status bits found while content arrives
};

}  // namespace postrider::smtpd
