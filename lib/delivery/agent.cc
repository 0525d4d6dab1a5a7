// lib/delivery/agent.cc - one delivery request: what is logged, noted and marked for each recipient.
//
// The order is what keeps mail: first the outcome is on disk in the bounce, defer or trace log, then the
// recipient is marked done in the queue file.  Whatever fails on the way leaves the recipient to be tried
// again.
#include "lib/delivery/agent.h"

#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/bounce_client.h"
#include "lib/delivery/bounce_protocol.h"
#include "lib/delivery/flush_client.h"
#include "lib/delivery/log_line.h"
#include "lib/delivery/parameters.h"
#include "lib/delivery/status_filter.h"
#include "lib/delivery/verify_client.h"
#include "lib/mail/address.h"
#include "lib/queue/record.h"

namespace postrider::delivery {
namespace {

constexpr int notify_success = 2;

// The status with its class digit made to fit the outcome; a wrong one becomes X.0.0.
void force_class(Outcome& outcome, char digit, std::string_view step) {
    if (!outcome.status.empty() && outcome.status.front() == digit) return;
    if (!outcome.status.empty()) log::warning("{}: ignoring dsn code \"{}\"", step, outcome.status);
    outcome.status = std::string(1, digit) + ".0.0";
}

ProbeResult probe_result(Action action) {
    if (action == Action::failed) return ProbeResult::bounced;
    return action == Action::delayed ? ProbeResult::deferred : ProbeResult::ok;
}

}  // namespace

struct Delivery::State {
    const StatusFilter* filter = nullptr;
    int deferrals = 0;
    int logs = 0;
    std::string site_status;
    std::string site_reason;
};

Delivery::Delivery(Request request, Fd queue_file, const Settings& settings, const StatusFilter* filter)
    : request_(std::move(request)),
      queue_file_(std::move(queue_file)),
      settings_(settings),
      state_(std::make_unique<State>()) {
    state_->filter = filter;
}
Delivery::~Delivery() = default;

Task<> Delivery::apply_filter(Outcome& outcome) {
    if (state_->filter == nullptr || state_->filter->empty() || outcome.status.empty()) co_return;
    Outcome filtered = co_await state_->filter->filter(outcome);
    outcome = std::move(filtered);
}

Task<Result<void>> Delivery::note(LogKind kind, const Recipient& recipient, Outcome outcome) {
    state_->logs |= 1 << static_cast<int>(kind);  // log_bit
    // Compat: reports of what became of a message name the way it took.
    if (kind == LogKind::trace && !outcome.relay.empty() && outcome.relay != "none")
        outcome.reason = "delivery via " + outcome.relay + ": " + outcome.reason;
    return append_log(kind, request_.queue_id, recipient, std::move(outcome));
}

void Delivery::log_status(const Recipient& recipient, const Outcome& outcome, std::string_view word) const {
    StatusLine line;
    line.queue_id = request_.queue_id;
    line.stamps = request_.stamps;
    line.now = now_in_microseconds();
    line.decimals = settings_[delay_logging_resolution_limit];
    line.external = settings_[info_log_address_format] == "external";
    log::info("{}", status_line(line, recipient, outcome, word));
}

// Overwrites the type byte of the recipient's record.  Not synced: a crash means one more delivery, never one
// less.
void Delivery::mark_done(const Recipient& recipient) {
    if (recipient.offset < 0 || (request_.flags & request_flag::delete_on_success) == 0) return;
    const char done = static_cast<char>(queue::RecordType::done);
    if (::pwrite(queue_file_.get(), &done, 1, recipient.offset) == 1) return;
    log::warning("{}: cannot mark recipient <{}> done: {}", request_.queue_id, recipient.recipient,
                 errno_text());
    ++state_->deferrals;
}

// A probe delivers nothing: its result goes to verify(8), or with sendmail -bv into the trace log.
Task<bool> Delivery::probed(const Recipient& recipient, Outcome outcome, Action action) {
    const bool good = action == Action::delivered || action == Action::relayed || action == Action::expanded;
    outcome.action = good ? Action::deliverable : Action::undeliverable;
    log_status(recipient, outcome, action_name(outcome.action));
    // A question that belongs to no message (postfix explain): nobody waits for the answer.
    if (request_.queue_id.empty()) co_return true;
    if ((request_.flags & request_flag::user_verify) != 0) {
        const auto noted = co_await note(LogKind::trace, recipient, outcome);
        if (!noted) log::warning("{}: {}", request_.queue_id, noted.error());
        co_return noted.ok();
    }
    const std::string address =
        recipient.original_recipient.empty() ? recipient.recipient : recipient.original_recipient;
    auto updated = co_await update_verify(address, probe_result(action), outcome.reason);
    if (updated && !equals_ignoring_case(address, recipient.recipient)) {
        auto again = co_await update_verify(recipient.recipient, probe_result(action), outcome.reason);
        updated = std::move(again);
    }
    if (!updated) log::warning("{}: {}", request_.queue_id, updated.error());
    co_return updated.ok();
}

Task<> Delivery::end_probe(const Recipient& recipient, Outcome outcome, Action action) {
    const bool noted = co_await probed(recipient, std::move(outcome), action);
    if (noted)
        mark_done(recipient);
    else
        ++state_->deferrals;
}

Task<bool> Delivery::noted_or_deferred(LogKind kind, const Recipient& recipient, Outcome outcome) {
    const auto noted = co_await note(kind, recipient, outcome);
    if (noted) co_return true;
    log::warning("{}: {}", request_.queue_id, noted.error());
    outcome.status = "4.3.0";
    outcome.reason = kind == LogKind::trace ? request_.queue_id + ": trace service failed"
                                            : "bounce or trace service failure";
    co_await undelivered(recipient, std::move(outcome), "deferred");
    co_return false;
}

Task<> Delivery::sent(const Recipient& recipient, Outcome outcome) {
    force_class(outcome, '2', "sent");
    co_await apply_filter(outcome);
    if (outcome.action != Action::relayed && outcome.action != Action::expanded)
        outcome.action = Action::delivered;
    if (request_.is_probe()) {
        const Action action = outcome.action;
        co_await end_probe(recipient, std::move(outcome), action);
        co_return;
    }
    const bool traced = (request_.flags & (request_flag::record | request_flag::delay_sent)) != 0 ||
                        (recipient.notify_flags & notify_success) != 0;
    if (traced) {
        const bool noted = co_await noted_or_deferred(LogKind::trace, recipient, outcome);
        if (!noted) co_return;
    }
    log_status(recipient, outcome, "sent");
    mark_done(recipient);
}

Task<bool> Delivery::expanded(const Recipient& recipient, Outcome outcome) {
    if ((recipient.notify_flags & notify_success) == 0 || request_.is_probe()) co_return true;
    force_class(outcome, '2', "sent");
    const bool noted = co_await noted_or_deferred(LogKind::trace, recipient, std::move(outcome));
    co_return noted;
}

// A notification of its own: the bounce log of the message has one sender.
Task<bool> Delivery::reported_or_deferred(std::string report_to, const Recipient& recipient,
                                          Outcome outcome) {
    NotifyRequest about;
    about.queue_name = request_.queue_name;
    about.queue_id = request_.queue_id;
    about.encoding = request_.encoding;
    about.sender = request_.sender;
    about.report_to = std::move(report_to);
    about.envelope_id = request_.envelope_id;
    about.sendopts = request_.sendopts;
    about.ret_flags = request_.ret_flags;
    Recipient copy = recipient;
    Outcome told = outcome;
    const auto sent = co_await send_one_bounce(std::move(about), std::move(copy), std::move(told));
    if (sent) co_return true;
    log::warning("{}: {}", request_.queue_id, sent.error());
    outcome.status = "4.3.0";
    outcome.reason = "bounce or trace service failure";
    co_await undelivered(recipient, std::move(outcome), "deferred");
    co_return false;
}

Task<> Delivery::bounced(const Recipient& recipient, Outcome outcome, std::string report_to) {
    force_class(outcome, '5', "bounce_append");
    co_await apply_filter(outcome);
    if (outcome.status.front() == '4') {
        co_await undelivered(recipient, std::move(outcome), "deferred");
        co_return;
    }
    co_await refused(recipient, std::move(outcome), std::move(report_to));
}

// Bounced, and that is not asked again.
Task<> Delivery::refused(const Recipient& recipient, Outcome outcome, std::string report_to) {
    outcome.action = Action::failed;
    if (request_.is_probe()) {
        co_await end_probe(recipient, std::move(outcome), Action::failed);
        co_return;
    }
    if (settings_[config::soft_bounce]) {
        outcome.status.front() = '4';
        co_await undelivered(recipient, std::move(outcome), "SOFTBOUNCE");
        co_return;
    }
    if ((request_.flags & request_flag::record) != 0) {
        const auto traced = co_await note(LogKind::trace, recipient, outcome);
        if (!traced) log::warning("{}: {}", request_.queue_id, traced.error());
    }
    bool noted = false;
    if (report_to.empty()) {
        noted = co_await noted_or_deferred(LogKind::bounce, recipient, outcome);
    } else {
        noted = co_await reported_or_deferred(std::move(report_to), recipient, outcome);
    }
    if (!noted) co_return;
    log_status(recipient, outcome, "bounced");
    mark_done(recipient);
}

Task<> Delivery::deferred(const Recipient& recipient, Outcome outcome) {
    force_class(outcome, '4', "defer_append");
    co_await apply_filter(outcome);
    if (outcome.status.front() == '5') {
        co_await refused(recipient, std::move(outcome), "");
        co_return;
    }
    if (request_.is_probe()) {
        co_await end_probe(recipient, std::move(outcome), Action::delayed);
        co_return;
    }
    co_await undelivered(recipient, std::move(outcome), "deferred");
}

// Notes why the recipient stays in the queue; the record is left as it is.
Task<> Delivery::undelivered(const Recipient& recipient, Outcome outcome, std::string_view word) {
    ++state_->deferrals;
    outcome.action = Action::delayed;
    if ((request_.flags & request_flag::record) != 0) {
        const auto traced = co_await note(LogKind::trace, recipient, outcome);
        if (!traced) log::warning("{}: {}", request_.queue_id, traced.error());
    }
    const auto noted = co_await note(LogKind::defer, recipient, outcome);
    if (!noted) log::warning("{}: {}", request_.queue_id, noted.error());
    log_status(recipient, outcome, word);
    std::string site = mail::split_address(recipient.recipient).domain;
    const FlushStatus added = co_await flush_add(std::move(site), request_.queue_id, settings_);
    if (added == FlushStatus::failed) log::warning("{}: flush service is not available", request_.queue_id);
}

void Delivery::destination_failed(std::string status, std::string reason) {
    state_->site_status = std::move(status);
    state_->site_reason = std::move(reason);
}

void Delivery::mark_corrupt(std::string_view what) {
    log::warning("{}: corrupt queue file: {}", request_.queue_id, what);
    ++state_->deferrals;
    if (::fchmod(queue_file_.get(), S_IRUSR) != 0)
        log::warning("{}: cannot set the corrupt queue file aside: {}", request_.queue_id, errno_text());
}

int Delivery::deferrals() const {
    return state_->deferrals;
}
void Delivery::add_report(const Report& report) {
    if (!report.all_done) ++state_->deferrals;
    state_->logs |= report.logs;
}

Report Delivery::report() const {
    Report report;
    report.all_done = state_->deferrals == 0;
    report.logs = state_->logs;
    report.reason = state_->site_reason;
    report.status = state_->site_status;
    return report;
}

}  // namespace postrider::delivery
