// services/bounce/service.cc - the requests, and who is told what.
//
// A notification that cannot be handed to cleanup(8) is answered with a failure: the log stays, and qmgr
// keeps the message and asks again.
#include "services/bounce/service.h"

#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <memory>

#include "lib/async/offload.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/bounce_template.h"
#include "lib/delivery/parameters.h"
#include "lib/delivery/transcript.h"
#include "lib/delivery/verp.h"
#include "lib/ipc/server.h"
#include "lib/mail/address.h"
#include "lib/mail/dsn.h"
#include "lib/queue/spool.h"
#include "services/bounce/mailer.h"
#include "services/bounce/notice.h"
#include "services/bounce/parameters.h"

namespace postrider::bounce {
namespace {

using delivery::BounceReply;
using delivery::BounceRequest;
using delivery::NotifyRequest;
using delivery::TemplateKind;
namespace trouble = delivery::trouble;
using Entries = std::vector<queue::LogEntry>;

// The state of the process: what is the same for all requests.
struct Service {
    explicit Service(const Settings& settings)
        : settings(settings),
          spool(settings),
          templates(delivery::load_bounce_templates(settings, delivery::BadTemplate::built_in)),
          log(log_of(daemon::service_name(), settings)),
          classes(delivery::troubles_to_tell(settings)),
          double_bounce(settings[config::double_bounce_sender] + "@" + settings[config::myhostname]) {}

    bool tells_postmaster(unsigned troubles) const { return (classes & troubles) != 0; }

    const Settings& settings;
    queue::Spool spool;
    delivery::BounceTemplates templates;
    queue::Queue log;
    unsigned classes;           // notify_classes
    std::string double_bounce;  // sender of notices to the postmaster
};
std::unique_ptr<Service> service;

BounceReply done() {
    BounceReply reply;
    reply.done = true;
    return reply;
}
BounceReply failed(std::string reason) {
    BounceReply reply;
    reply.reason = std::move(reason);
    return reply;
}

queue::LogEntry entry_of(const BounceRequest& request) {
    queue::LogEntry entry;
    entry.recipient = request.recipient.recipient;
    entry.original_recipient = request.recipient.original_recipient;
    entry.offset = std::max<std::int64_t>(request.recipient.offset, 0);
    entry.dsn_orig_rcpt = request.recipient.dsn_orig_rcpt;
    entry.notify = request.recipient.notify_flags;
    entry.status = request.status;
    entry.action = request.action;
    entry.diagnostic_type = request.diagnostic_type;
    entry.diagnostic_text = request.diagnostic_text;
    entry.remote_mta_type = request.remote_mta_type;
    entry.remote_mta = request.remote_mta;
    entry.reason = request.reason;
    return entry;
}

Task<BounceReply> append(BounceRequest request) {
    const queue::LogEntry entry = entry_of(request);
    const std::string id = request.about.queue_id;
    const queue::OldLine old_line =
        service->settings[backwards_bounce_logfile_compatibility] ? queue::OldLine::yes : queue::OldLine::no;
    const auto work = [&entry, &id, old_line] {
        return queue::append_log(service->spool, service->log, id, entry, old_line);
    };
    const Result<void> appended = co_await async::offload(work);
    if (!appended) co_return failed(appended.error());
    co_return done();
}

// One notification on its way.
struct Sending {
    Notice notice;
    std::string from;      // envelope sender, internal form
    std::string log_text;  // "sender non-delivery notification"
    bool headers_only = false;
};

// Reads the message, writes the notification, hands it to cleanup, logs its queue ID.
Task<bool> send(Sending sending) {
    const NotifyRequest& about = sending.notice.about;
    const Settings& settings = service->settings;
    const bool redact =
        settings[requiretls_redact_dsn] && (about.sendopts & queue::sendopt::require_tls) != 0;
    const bool headers_only = sending.headers_only || about.ret_flags == mail::ret::headers || redact;
    const std::optional<queue::Queue> queue = queue::parse_queue_name(about.queue_name);
    sending.notice.now = std::time(nullptr);
    const Original original = read_original(service->spool, queue.value_or(queue::Queue::active),
                                            about.queue_id, headers_only, settings[bounce_size_limit]);
    if (original.unreadable) {
        log::warning("{}: cannot read the message to be returned now", about.queue_id);
        co_return false;
    }
    if (original.corrupt) log::warning("{}: cannot read the message to be returned", about.queue_id);
    const std::vector<Line> lines = notice_lines(sending.notice, original, service->templates, settings);
    const int sendopts = about.sendopts & queue::sendopt::smtputf8_requested;
    const Result<std::string> sent =
        co_await mail_notice(lines, sending.from, sending.notice.to, sendopts, settings);
    if (!sent) {
        log::warning("{}: {} could not be sent: {}", about.queue_id, sending.log_text, sent.error());
        co_return false;
    }
    log::info("{}: {}: {}", about.queue_id, sending.log_text, *sent);
    co_return true;
}

Sending to_sender(const NotifyRequest& about, TemplateKind kind, Entries entries, std::string_view log_text) {
    Sending sending;
    sending.notice.kind = kind;
    sending.notice.to = about.report_to.empty() ? about.sender : about.report_to;
    sending.notice.about = about;
    sending.notice.recipients = std::move(entries);
    sending.log_text = log_text;
    sending.headers_only = kind != TemplateKind::failure;
    return sending;
}

Sending to_postmaster(const NotifyRequest& about, TemplateKind kind, Entries entries, const std::string& who,
                      std::string_view log_text) {
    Sending sending = to_sender(about, kind, std::move(entries), log_text);
    sending.notice.audience = Audience::postmaster;
    sending.notice.to = who;
    sending.from = service->double_bounce;
    sending.headers_only = true;
    return sending;
}

bool is_double_bounce(const std::string& sender) {
    return equals_ignoring_case(sender, service->double_bounce);
}

// Returns a message: to its sender, or when it is a notification itself to the postmaster.
// `verp` is the address of the sender for just these recipients; empty: the sender's own.
Task<bool> return_message(NotifyRequest about, Entries entries, std::string verp) {
    const Settings& settings = service->settings;
    const std::string& told = about.report_to.empty() ? about.sender : about.report_to;
    if (is_double_bounce(told)) {
        log::warning("{}: undeliverable postmaster notification discarded", about.queue_id);
        co_return true;
    }
    if (told.empty()) {
        // Compat: who wants copies of what is returned gets this, too.
        if (!service->tells_postmaster(trouble::bounce | trouble::double_bounce)) co_return true;
        Sending notice =
            to_postmaster(about, TemplateKind::failure, std::move(entries),
                          settings[twobounce_notice_recipient], "postmaster non-delivery notification");
        // Nobody else has the message.
        notice.headers_only = false;
        co_return co_await send(std::move(notice));
    }
    Entries wanted = wanted_by_sender(entries, mail::notify::failure);
    if (!wanted.empty()) {
        Sending notice =
            to_sender(about, TemplateKind::failure, std::move(wanted), "sender non-delivery notification");
        if (!verp.empty()) notice.notice.to = std::move(verp);
        const bool sent = co_await send(std::move(notice));
        if (!sent) co_return false;
    }
    if (!service->tells_postmaster(trouble::bounce)) co_return true;
    Sending copy =
        to_postmaster(about, TemplateKind::failure, std::move(entries),
                      settings[delivery::bounce_notice_recipient], "postmaster non-delivery notification");
    co_return co_await send(std::move(copy));
}

// Each recipient of a message with VERP is returned to a sender of its own.
Task<bool> return_with_verp(NotifyRequest about, Entries entries) {
    for (const queue::LogEntry& entry : entries) {
        std::string sender =
            delivery::verp_sender(about.verp_delimiters, about.sender, entry.recipient,
                                  entry.original_recipient, service->settings[config::myorigin]);
        Entries single(1, entry);
        const bool sent = co_await return_message(about, std::move(single), std::move(sender));
        if (!sent) co_return false;
    }
    co_return true;
}

Task<bool> warn_of_delay(NotifyRequest about, Entries entries) {
    if (about.sender.empty() || is_double_bounce(about.sender)) co_return true;
    Entries wanted = wanted_by_sender(entries, mail::notify::delay);
    if (!wanted.empty()) {
        Sending notice =
            to_sender(about, TemplateKind::delay, std::move(wanted), "sender delay notification");
        const bool sent = co_await send(std::move(notice));
        if (!sent) co_return false;
    }
    if (!service->tells_postmaster(trouble::delay)) co_return true;
    Sending copy = to_postmaster(about, TemplateKind::delay, std::move(entries),
                                 service->settings[delay_notice_recipient], "postmaster delay notification");
    co_return co_await send(std::move(copy));
}

Task<bool> report_trace(NotifyRequest about, Entries entries) {
    // Asked for with sendmail -bv or -v.
    constexpr int by_user = delivery::request_flag::user_verify | delivery::request_flag::record;
    const bool verify = (about.flags & by_user) != 0;
    Sending notice = to_sender(about, verify ? TemplateKind::verify : TemplateKind::success,
                               std::move(entries), "sender delivery status notification");
    co_return co_await send(std::move(notice));
}

// Nobody is told of the delivery of what tells of a delivery.
bool is_notification(const NotifyRequest& about) {
    const bool is_double = is_double_bounce(about.sender);
    if (about.sender.empty() || is_double)
        log::info("{}: not sending trace/success notification for {}-bounce message", about.queue_id,
                  is_double ? "double" : "single");
    return about.sender.empty() || is_double;
}

// Makes a notification from the log.  A log that is not there has nothing to tell.
Task<BounceReply> notify(BounceRequest request) {
    const NotifyRequest& about = request.about;
    const bool untold = request.request == "trace" && is_notification(about);
    Result<Entries> log = queue::read_log(service->spool, service->log, about.queue_id);
    if (!log) co_return failed(log.error());
    Entries entries = std::move(*log);
    bool told = true;
    if (untold || entries.empty()) {
        told = true;
    } else if (request.request == "warn") {
        told = co_await warn_of_delay(about, std::move(entries));
    } else if (request.request == "trace") {
        told = co_await report_trace(about, std::move(entries));
    } else if (!about.verp_delimiters.empty() && !about.sender.empty()) {
        told = co_await return_with_verp(about, std::move(entries));
    } else {
        told = co_await return_message(about, std::move(entries), "");
    }
    if (!told) co_return failed("the notification could not be sent");
    if (request.request != "warn" && !service->spool.remove(service->log, about.queue_id) && errno != ENOENT)
        log::warning("{}: cannot remove the {} log: {}", about.queue_id, queue::queue_name(service->log),
                     errno_text());
    co_return done();
}

Task<BounceReply> notify_one(BounceRequest request) {
    Entries entries(1, entry_of(request));
    const bool told = co_await return_message(request.about, std::move(entries), "");
    if (!told) co_return failed("the notification could not be sent");
    co_return done();
}

Task<std::string> answer(std::string body) {
    std::optional<BounceRequest> request = ipc::decode<BounceRequest>(body);
    BounceReply reply = failed("malformed request");
    if (request && queue::is_queue_id(request->about.queue_id)) {
        BounceRequest wanted = std::move(*request);
        const std::string what = wanted.request;
        if (what == "append") {
            reply = co_await append(std::move(wanted));
        } else if (what == "flush" || what == "warn" || what == "trace") {
            reply = co_await notify(std::move(wanted));
        } else if (what == "one") {
            reply = co_await notify_one(std::move(wanted));
        }
    }
    co_return ipc::encode(reply);
}

}  // namespace

queue::Queue log_of(std::string_view name, const Settings& settings) {
    if (name == settings[config::defer_service_name]) return queue::Queue::defer;
    if (name == settings[config::trace_service_name]) return queue::Queue::trace;
    return queue::Queue::bounce;
}

std::vector<queue::LogEntry> wanted_by_sender(const std::vector<queue::LogEntry>& entries, int bit) {
    std::vector<queue::LogEntry> wanted;
    std::copy_if(
        entries.begin(), entries.end(), std::back_inserter(wanted),
        [bit](const queue::LogEntry& entry) { return entry.notify == 0 || (entry.notify & bit) != 0; });
    return wanted;
}

void load(Settings& settings) {
    service = std::make_unique<Service>(settings);
}

Task<> serve_client(daemon::Connection connection, const Settings&) {
    co_await ipc::serve_requests(std::move(connection.stream), answer);
}

}  // namespace postrider::bounce
