// pickup/message.cc - one file of maildrop on its way to cleanup(8).
//
// Envelope, content and extracted segment are copied record by record.  We add a Received: header, and for
// mail put back into the queue leave out what cleanup has added the first time.
#include "pickup/message.h"

#include <fmt/core.h>

#include <ctime>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/privileges.h"
#include "lib/mail/address.h"
#include "lib/mail/date.h"
#include "lib/mail/intake_parameters.h"
#include "lib/queue/intake.h"
#include "lib/queue/record_reader.h"

namespace postrider::pickup {

using queue::CleanupClient;
using queue::RecordReader;
using queue::RecordType;

namespace {

namespace flag = queue::cleanup_flag;
namespace status = queue::cleanup_status;

// Records are sent on when so many bytes have come together.
constexpr std::size_t drain_size = 64 * 1024;

class Copy {
  public:
    Copy(const DroppedMessage& message, const MessageRules& rules, CleanupClient& cleanup)
        : message_(message), rules_(rules), cleanup_(cleanup), records_(message.file.get()) {}

    // False: the file is corrupt, and why has been logged.
    Task<bool> run() {
        if (!rules_.content_filter.empty()) cleanup_.put(RecordType::filter, rules_.content_filter);
        const bool envelope = copy_envelope();
        if (!envelope) co_return false;
        log_sender();
        put_received();
        const bool content = co_await copy_content();
        if (!content) co_return false;
        co_return copy_extracted();
    }

    // After false: the file could not be read, which says nothing of what is in it.
    bool is_unreadable() const { return records_.read_errno() != 0; }

  private:
    bool requeued() const { return message_.origin == Origin::requeued; }

    bool next(RecordType& type, std::string_view& data) {
        const RecordReader::Next next = records_.next(type, data);
        if (next == RecordReader::Next::record) return true;
        return complain(next == RecordReader::Next::broken ? records_.error() : "premature end of file");
    }
    bool unexpected(RecordType type) const {
        return complain(fmt::format("unexpected record type {}", static_cast<int>(type)));
    }
    bool complain(std::string_view reason) const {
        log::warning("uid={}: maildrop/{}: {}", message_.status.st_uid, message_.id, reason);
        return false;
    }

    bool copy_envelope() {
        RecordType type{};
        std::string_view data;
        while (next(type, data)) {
            if (type == RecordType::message) return end_envelope();
            if (!take_envelope_record(type, data)) return false;
        }
        return false;
    }

    bool take_envelope_record(RecordType type, std::string_view data) {
        switch (type) {
            case RecordType::sender:
                if (!saw_time_) put_time();
                if (!saw_sender_) sender_ = data;
                saw_sender_ = true;
                break;
            case RecordType::time:
                saw_time_ = true;
                break;
            case RecordType::filter:
            case RecordType::redirect:
            case RecordType::inspector:
                // A decision of the first time; it is made anew.
                if (requeued()) return true;
                return unexpected(type);
            case RecordType::attribute:
                if (is_recipient_attribute(data)) return hold_back(type, data);
                note_attribute(data);
                break;
            case RecordType::size:
            case RecordType::create_time:
            case RecordType::full_name:
            case RecordType::warn_time:
            case RecordType::verp:
            case RecordType::dsn_ret:
            case RecordType::dsn_envid:
                break;
            default:
                return take_recipient_record(type, data);
        }
        cleanup_.put(type, data);
        return true;
    }

    bool end_envelope() {
        if (!saw_sender_) return complain("missing sender record");
        // Requeued mail says itself where it came from.
        if (!requeued()) cleanup_.put_attribute("log_message_origin", "local");
        if (!saw_context_) cleanup_.put_attribute("rewrite_context", "local");
        return true;
    }

    // What belongs to a recipient waits until we know that the recipient is still to be served.
    bool take_recipient_record(RecordType type, std::string_view data) {
        switch (type) {
            case RecordType::recipient:
                for (const auto& [held_type, held_data] : held_) cleanup_.put(held_type, held_data);
                held_.clear();
                cleanup_.put(type, data);
                return true;
            case RecordType::done:
            case RecordType::cancelled:
                held_.clear();
                return true;
            case RecordType::original_recipient:
            case RecordType::dsn_orcpt:
            case RecordType::dsn_notify:
                return hold_back(type, data);
            case RecordType::killed:
                return true;
            default:
                return unexpected(type);
        }
    }

    bool hold_back(RecordType type, std::string_view data) {
        held_.emplace_back(type, data);
        return true;
    }

    static bool is_recipient_attribute(std::string_view data) {
        const auto attribute = queue::parse_named_attribute(data);
        return attribute && (attribute->name == "notify_flags" || attribute->name == "dsn_orig_rcpt");
    }

    void note_attribute(std::string_view data) {
        const auto attribute = queue::parse_named_attribute(data);
        if (attribute && attribute->name == "rewrite_context") saw_context_ = true;
    }

    void put_time() {
        cleanup_.put(RecordType::time, fmt::format("{} 0", message_.status.st_mtime));
        saw_time_ = true;
    }

    void log_sender() const {
        const std::string old_id = requeued() ? " orig_id=" + message_.id : "";
        log::info("{}: uid={} from=<{}>{}", cleanup_.queue_id(), message_.status.st_uid,
                  mail::quote_address(sender_), old_id);
    }

    void put_received() {
        cleanup_.put(RecordType::message, "");
        cleanup_.put(RecordType::text, fmt::format("Received: by {} ({}, from userid {})", rules_.hostname,
                                                   rules_.mail_name, message_.status.st_uid));
        cleanup_.put(RecordType::text,
                     fmt::format("\tid {}; {}", cleanup_.queue_id(), mail::format_date(::time(nullptr))));
    }

    Task<bool> copy_content() {
        bool first = true;
        bool unfinished = false;
        RecordType type{};
        std::string_view data;
        for (;;) {
            const bool more = next(type, data);
            if (!more) co_return false;
            if (type == RecordType::extracted) break;
            if (type == RecordType::padding) continue;
            if (type != RecordType::text && type != RecordType::long_text) co_return unexpected(type);
            // Such a line would continue our Received: header.
            if (first && !data.empty() && (data[0] == ' ' || data[0] == '\t'))
                cleanup_.put(RecordType::text, "");
            first = false;
            unfinished = type == RecordType::long_text;
            cleanup_.put(type, data);
            if (cleanup_.queued() > drain_size) co_await cleanup_.drain();
        }
        // The user's last line had no end: every message has one.
        if (unfinished) cleanup_.put(RecordType::text, "");
        cleanup_.put(RecordType::extracted, "");
        co_return true;
    }

    bool copy_extracted() {
        held_.clear();
        RecordType type{};
        std::string_view data;
        while (next(type, data)) {
            if (type == RecordType::end) {
                cleanup_.put(type, "");
                return true;
            }
            if (!take_extracted_record(type, data)) return false;
        }
        return false;
    }

    bool take_extracted_record(RecordType type, std::string_view data) {
        switch (type) {
            case RecordType::attribute:
                if (is_recipient_attribute(data)) return hold_back(type, data);
                if (!requeued()) cleanup_.put(type, data);
                return true;
            case RecordType::filter:
            case RecordType::redirect:
            case RecordType::inspector:
            case RecordType::full_name:
            case RecordType::priority:
            case RecordType::errors_to:
            case RecordType::return_receipt:
                return requeued() || unexpected(type);
            default:
                return take_recipient_record(type, data);
        }
    }

    const DroppedMessage& message_;
    const MessageRules& rules_;
    CleanupClient& cleanup_;
    RecordReader records_;
    std::vector<std::pair<RecordType, std::string>> held_;
    std::string sender_;
    bool saw_sender_ = false;
    bool saw_time_ = false;
    bool saw_context_ = false;
};

Verdict judge(const queue::CleanupOutcome& outcome, const DroppedMessage& message) {
    if (outcome.ok()) return Verdict::queued;
    const std::string_view text =
        outcome.reason.empty() ? status::explain(outcome.status).text : std::string_view(outcome.reason);
    // Compat: of mail that waits because it was told to, cleanup has said enough.
    if ((outcome.status & status::defer) == 0)
        log::warning("maildrop/{}: uid={}: {}", message.id, message.status.st_uid, text);
    // Some trouble of the moment together with anything else: nothing is decided yet.
    if ((outcome.status & (status::write_error | status::defer | status::proxy)) != 0) return Verdict::later;
    if ((outcome.status & status::bad) != 0) return Verdict::corrupt;
    if ((outcome.status & status::no_recipients) != 0) return Verdict::worthless;
    return Verdict::later;
}

}  // namespace

MessageRules message_rules(const Settings& settings) {
    MessageRules rules;
    const Result<daemon::Account> owner = daemon::find_account(settings[config::mail_owner]);
    rules.owner = daemon::can_switch_users() && owner ? owner->uid : ::geteuid();
    rules.hostname = settings[config::myhostname];
    rules.mail_name = settings[config::mail_name];
    rules.content_filter = settings[mail::content_filter];
    rules.cleanup_service = settings[config::cleanup_service_name];
    const int external = queue::intake_flags(settings) | flag::bounce;
    rules.user_flags = external | queue::automatic_utf8("sendmail", settings);
    // Filters have seen the message the first time (postsuper(1)).
    rules.requeue_flags = external & ~flag::milter;
    rules.time_limit = settings[config::ipc_timeout];
    return rules;
}

Task<Verdict> hand_to_cleanup(const DroppedMessage& message, const MessageRules& rules) {
    const int flags = message.origin == Origin::requeued ? rules.requeue_flags : rules.user_flags;
    std::string service = rules.cleanup_service;
    Result<CleanupClient> begun = co_await CleanupClient::begin(flags, rules.time_limit, std::move(service));
    if (!begun) {
        log::warning("{}", begun.error());
        co_return Verdict::cleanup_away;
    }
    Copy copy(message, rules, *begun);
    const bool whole = co_await copy.run();
    if (!whole) co_return copy.is_unreadable() ? Verdict::later : Verdict::corrupt;
    const queue::CleanupOutcome outcome = co_await begun->finish(rules.time_limit);
    co_return judge(outcome, message);
}

}  // namespace postrider::pickup
