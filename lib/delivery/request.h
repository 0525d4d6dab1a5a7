// lib/delivery/request.h - what qmgr(8) asks of a delivery agent, and what it is told.
//
// One connection of qmgr to private/TRANSPORT carries one delivery after another.  The agent greets with a
// Hello as soon as it takes the connection: until then qmgr keeps the request.  Frames (lib/ipc/client.h) are
// told apart by their tag.  An agent that wants to leave says goodbye and goes on serving until qmgr closes
// the connection, so that no request is lost on its way.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace postrider::delivery {

namespace request_flag {
inline constexpr int delete_on_success = 1;
inline constexpr int bounce = 2;
inline constexpr int mta_verify = 256;
inline constexpr int user_verify = 512;
inline constexpr int probe = mta_verify | user_verify;  // either: nothing is delivered
inline constexpr int record = 1024;
inline constexpr int connection_load = 2048;
inline constexpr int connection_store = 4096;
inline constexpr int delay_sent = 8192;
}  // namespace request_flag

namespace frame_tag {
inline constexpr std::uint32_t hello = 0;    // agent: Hello
inline constexpr std::uint32_t request = 1;  // qmgr: Request
inline constexpr std::uint32_t report = 2;   // agent: Report
inline constexpr std::uint32_t goodbye = 3;  // agent: no body
}  // namespace frame_tag

struct Hello {
    std::string protocol = "delivery_request_protocol";
    template <class V>
    void attributes(V&& visit) {
        visit("protocol", protocol);
    }
};

struct Recipient {
    std::string original_recipient;
    std::string recipient;      // internal form
    std::int64_t offset = -1;   // of the R record in the queue file; -1: do not mark
    std::string dsn_orig_rcpt;  // "rfc822;addr"
    int notify_flags = 0;       // never 1, success 2, failure 4, delay 8
    template <class V>
    void attributes(V&& visit) {
        visit("original_recipient", original_recipient);
        visit("recipient", recipient);
        visit("offset", offset);
        visit("dsn_orig_rcpt", dsn_orig_rcpt);
        visit("notify_flags", notify_flags);
    }
};

// Times of the message's way, microseconds since the epoch; 0: not known.
struct Stamps {
    std::int64_t arrival = 0;       // queue entry (T record)
    std::int64_t active_entry = 0;  // into the active queue
    std::int64_t agent_start = 0;   // the agent has the request
    std::int64_t connect_done = 0;  // the next hop was ready (smtp)
    template <class V>
    void attributes(V&& visit) {
        visit("arrival", arrival);
        visit("active_entry", active_entry);
        visit("agent_start", agent_start);
        visit("connect_done", connect_done);
    }
};

struct Request {
    int flags = 0;
    std::string queue_name;  // "active"
    std::string queue_id;
    std::int64_t data_offset = 0;
    std::int64_t data_size = 0;  // content length: what is logged as size=
    std::string nexthop;
    std::string encoding;  // "", "7bit", "8bit"
    int sendopts = 0;
    std::string sender;
    std::string envelope_id;
    int ret_flags = 0;
    Stamps stamps;
    std::string log_client_name, log_client_address, log_client_port, log_protocol_name, log_helo_name;
    std::string sasl_method, sasl_username, sasl_sender;
    std::string log_ident, rewrite_context;
    std::vector<Recipient> recipients;
    bool is_probe() const { return (flags & request_flag::probe) != 0; }
    template <class V>
    void attributes(V&& visit) {
        visit("flags", flags);
        visit("queue_name", queue_name);
        visit("queue_id", queue_id);
        visit("offset", data_offset);
        visit("size", data_size);
        visit("nexthop", nexthop);
        visit("encoding", encoding);
        visit("sendopts", sendopts);
        visit("sender", sender);
        visit("envelope_id", envelope_id);
        visit("ret_flags", ret_flags);
        visit("time", stamps);
        visit("log_client_name", log_client_name);
        visit("log_client_address", log_client_address);
        visit("log_client_port", log_client_port);
        visit("log_protocol_name", log_protocol_name);
        visit("log_helo_name", log_helo_name);
        visit("sasl_method", sasl_method);
        visit("sasl_username", sasl_username);
        visit("sasl_sender", sasl_sender);
        visit("log_ident", log_ident);
        visit("rewrite_context", rewrite_context);
        visit("recipient", recipients);
    }
};

// The agent's answer.  Outcomes of single recipients are in the queue file and in the bounce and defer logs.
namespace log_bit {
inline constexpr int bounce = 1;
inline constexpr int defer = 2;
inline constexpr int trace = 4;
}  // namespace log_bit

struct Report {
    bool all_done = false;  // false: some recipients stay, deferred
    int logs = 0;           // log_bit: which logs of the message have new entries
    std::string reason;     // non-empty: the whole destination is unavailable, with why
    std::string status;     // enhanced status of that reason
    template <class V>
    void attributes(V&& visit) {
        visit("all_done", all_done);
        visit("logs", logs);
        visit("reason", reason);
        visit("status", status);
    }
};

}  // namespace postrider::delivery
