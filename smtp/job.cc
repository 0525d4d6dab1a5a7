// smtp/job.cc - one delivery request while servers are tried.
#include "smtp/job.h"

#include <chrono>
#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/dsn.h"

namespace postrider::smtp {

namespace {

std::int64_t now_microseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

Job::Job(const Options& options, delivery::Request& request, Verdicts& verdicts)
    : options_(options), request_(request), verdicts_(verdicts) {
    for (const delivery::Recipient& recipient : request.recipients) {
        Pending pending;
        pending.recipient = recipient;
        pending_.push_back(std::move(pending));
    }
}

bool Job::is_notification() const {
    return request_.sender.empty() || equals_ignoring_case(request_.sender, options_.double_bounce);
}

void Job::begin_server() {
    final_ = false;
    for (Pending& pending : pending_)
        if (pending.fate == Fate::kept) pending.fate = Fate::waiting;
}

bool Job::anyone_left() const {
    for (const Pending& pending : pending_)
        if (pending.fate != Fate::done) return true;
    return false;
}

std::vector<std::size_t> Job::waiting() const {
    std::vector<std::size_t> indexes;
    for (std::size_t i = 0; i < pending_.size(); ++i)
        if (pending_[i].fate == Fate::waiting) indexes.push_back(i);
    return indexes;
}

void Job::note_connected() {
    request_.stamps.connect_done = now_microseconds();
}

bool Job::is_kept(const Failure& failure) const {
    return !final_ && (failure.is_temporary() || failure.this_server_only || options_.soft_bounce);
}

Task<> Job::succeed(std::size_t index, Reply reply, Relay relay, Peer peer, bool server_does_dsn) {
    Pending& pending = pending_[index];
    pending.fate = Fate::done;
    delivery::Outcome outcome;
    // The next hop that knows DSN tells the sender itself, RFC 3461 5.2.2.
    if (server_does_dsn) pending.recipient.notify_flags &= ~mail::notify::success;
    const bool is_final = options_.assume_final && !server_does_dsn;
    outcome.action = is_final ? delivery::Action::delivered : delivery::Action::relayed;
    outcome.status = reply.status.empty() ? "2.0.0" : reply.status;
    outcome.reason = reply.text();
    outcome.diagnostic_type = "smtp";
    outcome.diagnostic_text = reply.text();
    outcome.remote_mta_type = "dns";
    outcome.remote_mta = peer.host;
    outcome.relay = std::move(relay.text);
    outcome.tls = std::move(relay.tls);
    outcome.connection_use = std::move(relay.connection_use);
    co_await verdicts_.sent(pending.recipient, std::move(outcome));
}

Task<> Job::give_verdict(std::size_t index, Failure failure, Relay relay) {
    Pending& pending = pending_[index];
    pending.fate = Fate::done;
    delivery::Outcome outcome;
    outcome.status = failure.status;
    outcome.reason = failure.reason;
    if (!failure.remote_mta.empty()) {
        outcome.diagnostic_type = "smtp";
        outcome.diagnostic_text = failure.diagnostic;
        outcome.remote_mta_type = "dns";
        outcome.remote_mta = failure.remote_mta;
    }
    outcome.relay = std::move(relay.text);
    outcome.tls = std::move(relay.tls);
    outcome.connection_use = std::move(relay.connection_use);
    if (failure.is_temporary()) {
        outcome.action = delivery::Action::delayed;
        co_await verdicts_.deferred(pending.recipient, std::move(outcome));
    } else {
        outcome.action = delivery::Action::failed;
        co_await verdicts_.bounced(pending.recipient, std::move(outcome));
    }
}

Task<> Job::fail(std::size_t index, Failure failure, Relay relay) {
    if (is_kept(failure)) {
        log::info("{}: {}", request_.queue_id, failure.reason);
        pending_[index].fate = Fate::kept;
        set_last_failure(std::move(failure), std::move(relay), Blame::message);
        co_return;
    }
    co_await give_verdict(index, std::move(failure), std::move(relay));
}

void Job::note_folded_lines() {
    if (!folded_lines_)
        log::info("{}: breaking line > {} bytes with <CR><LF>SPACE", request_.queue_id,
                  options_.line_length_limit);
    folded_lines_ = true;
}

void Job::keep_waiting(Failure failure, Relay relay) {
    log::info("{}: {}", request_.queue_id, failure.reason);
    for (const std::size_t index : waiting()) pending_[index].fate = Fate::kept;
    set_last_failure(std::move(failure), std::move(relay), Blame::destination);
}

Task<> Job::fail_waiting(Failure failure, Relay relay, Blame blame) {
    if (request_.stamps.connect_done == 0) note_connected();
    const std::vector<std::size_t> indexes = waiting();
    if (is_kept(failure)) {
        // Compat: said even when nobody waits any more.
        log::info("{}: {}", request_.queue_id, failure.reason);
        if (indexes.empty()) co_return;
        for (const std::size_t index : indexes) pending_[index].fate = Fate::kept;
        set_last_failure(std::move(failure), std::move(relay), blame);
        co_return;
    }
    const int before = verdicts_.deferrals();
    for (const std::size_t index : indexes) co_await give_verdict(index, failure, relay);
    // The delivery status filter may have made an end of it.
    if (blame == Blame::destination && failure.is_temporary() && verdicts_.deferrals() > before)
        verdicts_.destination_failed(std::move(failure.status), std::move(failure.reason));
}

Task<> Job::pass_waiting(std::string destination) {
    std::vector<delivery::Recipient> recipients;
    for (const std::size_t index : waiting()) {
        recipients.push_back(pending_[index].recipient);
        log::info("{}: passing <{}> to transport={}", request_.queue_id, pending_[index].recipient.recipient,
                  destination.substr(0, destination.find(':')));
        pending_[index].fate = Fate::done;
    }
    co_await verdicts_.pass(std::move(destination), std::move(recipients));
}

}  // namespace postrider::smtp
