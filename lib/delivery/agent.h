// lib/delivery/agent.h - what the delivery agents share: outcomes, the delivery log line, the serve loop.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "lib/async/stream.h"
#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "lib/delivery/request.h"

namespace postrider::delivery {

enum class LogKind { bounce, defer, trace };
enum class Action { delivered, relayed, expanded, failed, delayed, deliverable, undeliverable };

// What became of one recipient, in the terms of RFC 3464.
struct Outcome {
    Action action = Action::delayed;
    std::string status;                            // "5.1.1"
    std::string reason;                            // the text in parentheses of the log line
    std::string diagnostic_type, diagnostic_text;  // "smtp", "550 5.1.1 ..."; both or neither
    std::string remote_mta_type, remote_mta;       // "dns", "mx.example.com"; both or neither
    std::string relay = "none";                    // relay= of the log line
    std::string connection_use;                    // conn_use=, "" when 1
    std::string tls;                               // tls= (only logged when its parameter asks for it)
};

// One request being worked on: the open, locked queue file and the fate of each recipient.
//
// For each recipient call exactly one of sent(), bounced(), deferred(): they log the status line, append to
// the bounce, defer or trace log through bounce(8), and mark the recipient done in the queue file.  When an
// append fails the recipient is deferred, never lost.
class StatusFilter;
class Delivery {
  public:
    // `filter`: may be null; outlives the delivery.
    Delivery(Request request, Fd queue_file, const Settings& settings, const StatusFilter* filter = nullptr);
    ~Delivery();

    const Request& request() const { return request_; }
    Request& request() { return request_; }
    int queue_file() const { return queue_file_.get(); }
    const Settings& settings() const { return settings_; }

    Task<> sent(const Recipient& recipient, Outcome outcome);  // action delivered or relayed
    // soft_bounce turns it into deferred().  `report_to`: the owner of a list who hears of it at once,
    // instead of the sender with everything else.
    Task<> bounced(const Recipient& recipient, Outcome outcome, std::string report_to = "");
    Task<> deferred(const Recipient& recipient, Outcome outcome);
    // A list took the place of the recipient: told to a sender who asked for NOTIFY=SUCCESS, and no outcome.
    // With Action::delivered the list has an owner, who is told of what comes next.  False: it could not be
    // noted.
    Task<bool> expanded(const Recipient& recipient, Outcome outcome);
    // Tells qmgr that the destination as a whole is unavailable.
    void destination_failed(std::string status, std::string reason);
    // The content of the queue file makes no sense: logs `what`, sets the file aside, leaves all recipients.
    void mark_corrupt(std::string_view what);
    Report report() const;

    // For a recipient that is delivered in parts (an alias), each part a Recipient with offset -1: how many
    // outcomes so far leave something to be tried again, and the end of a recipient none of whose parts is to
    // be tried again: marks it done.
    int deferrals() const;
    // What another agent reported about a recipient that was passed on to it.
    void add_report(const Report& report);
    void parts_done(const Recipient& recipient) { mark_done(recipient); }

  private:
    struct State;
    Task<> apply_filter(Outcome& outcome);
    Task<> refused(const Recipient& recipient, Outcome outcome, std::string report_to);
    Task<> undelivered(const Recipient& recipient, Outcome outcome, std::string_view word);
    Task<bool> probed(const Recipient& recipient, Outcome outcome, Action action);
    // The end of a probe: done, or one more deferral when nobody could be told its result.
    Task<> end_probe(const Recipient& recipient, Outcome outcome, Action action);
    // Appends to the log; false: that failed, and the recipient is deferred instead.
    Task<bool> noted_or_deferred(LogKind kind, const Recipient& recipient, Outcome outcome);
    Task<Result<void>> note(LogKind kind, const Recipient& recipient, Outcome outcome);
    Task<bool> reported_or_deferred(std::string report_to, const Recipient& recipient, Outcome outcome);
    void log_status(const Recipient& recipient, const Outcome& outcome, std::string_view word) const;
    void mark_done(const Recipient& recipient);
    Request request_;
    Fd queue_file_;
    const Settings& settings_;
    std::unique_ptr<State> state_;
};

// Delivers to all recipients of one request.
using Deliver = std::function<Task<>(Delivery& delivery)>;

// What an agent may add to serve_deliveries().
struct AgentOptions {
    const StatusFilter* filter = nullptr;  // <agent>_delivery_status_filter
    // Set when the process is to leave (daemon::leave_event()): qmgr is asked to end the connection.
    const async::Event* leave = nullptr;
};

// Serves one connection of qmgr: greets, then request after request.  Opens and locks the queue file; a file
// that is gone or locked is reported, a corrupt one is set aside (mode 0400).
Task<> serve_deliveries(async::Stream stream, const Settings& settings, Deliver deliver,
                        AgentOptions options = AgentOptions());

}  // namespace postrider::delivery
