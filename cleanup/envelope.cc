// cleanup/envelope.cc - the records around the content: who sent the message, when, to whom, how.
#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "cleanup/message.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/dsn.h"
#include "lib/queue/envelope.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;

namespace {

constexpr int flags_of_records = cleanup_flag::hold | cleanup_flag::discard;

// Attributes that stand for record types of their own.
struct AttributeRecord {
    std::string_view name;
    RecordType type;
};
constexpr AttributeRecord attribute_records[] = {{"notify_flags", RecordType::dsn_notify},
                                                 {"dsn_orig_rcpt", RecordType::dsn_orcpt},
                                                 {"envelope_id", RecordType::dsn_envid},
                                                 {"ret_flags", RecordType::dsn_ret},
                                                 {"create_time", RecordType::create_time}};

struct Mapped {
    RecordType type;
    std::string_view data;
};

// An `A` record by its meaning.
Mapped mapped(RecordType type, std::string_view data) {
    if (type != RecordType::attribute) return {type, data};
    const std::size_t equals = data.find('=');
    if (equals == std::string_view::npos) return {type, data};
    const std::string_view name = trim(data.substr(0, equals));
    for (const AttributeRecord& known : attribute_records)
        if (known.name == name) return {known.type, trim(data.substr(equals + 1))};
    return {type, data};
}

bool all_printable(std::string_view text) {
    for (char c : text)
        if (!is_printable(c)) return false;
    return !text.empty();
}

}  // namespace

bool Message::take_envelope(RecordType type, std::string_view data) {
    const Mapped record = mapped(type, data);
    if (take_recipient_detail(record.type, record.data)) return !waiting_record_;
    switch (record.type) {
        case RecordType::size:
            take_size(data);
            break;
        case RecordType::time:
            take_time(data);
            break;
        case RecordType::create_time:
            break;  // ours is now
        case RecordType::full_name:
            if (!full_name_.empty()) break;
            full_name_ = data;
            write(type, data);
            break;
        case RecordType::sender:
            if (sender_) {
                bad_input("multiple envelope sender records");
                break;
            }
            waiting_record_ = type;
            waiting_data_ = data;
            return false;
        case RecordType::dsn_envid:
            if (!all_printable(record.data)) {
                bad_input("bad DSN envelope ID");
            } else if (envelope_id_.empty()) {
                envelope_id_ = record.data;
                write_attribute("envelope_id", record.data);
            }
            break;
        case RecordType::dsn_ret: {
            const auto value = parse_int(record.data);
            if (!value || (*value != mail::ret::full && *value != mail::ret::headers)) {
                bad_input("bad DSN RET value");
            } else if (ret_flags_ == 0) {
                ret_flags_ = static_cast<int>(*value);
                write_attribute("ret_flags", record.data);
            }
            break;
        }
        case RecordType::warn_time:
            if (warn_seen_) break;
            warn_seen_ = true;
            write(type, data);
            break;
        case RecordType::verp:
            if (!verp_delimiters_.empty() || data.size() != 2) break;
            verp_delimiters_ = data;
            write(type, data);
            break;
        case RecordType::flags:
            take_flags(data);
            return true;
        case RecordType::attribute:
            if (!take_attribute(data)) return true;
            break;
        case RecordType::milter_count:
        case RecordType::killed:
            return true;
        case RecordType::filter:
            write(type, data);
            break;
        case RecordType::redirect:
        case RecordType::inspector:
            write(type, data);
            break;
        case RecordType::message:
            if (!in_recipients_) begin_recipients();
            begin_content();
            break;
        default:
            bad_input(fmt::format("unexpected record type {} in envelope", static_cast<int>(type)));
    }
    // qmgr must not stop reading after the first recipients: something it needs comes behind them.
    if (in_recipients_ && segment_ == Segment::envelope) qmgr_flags_ |= queue::qmgr_flag::mixed_recipients;
    return true;
}

// Records of one recipient, the same in both places where recipients stand.
bool Message::take_recipient_detail(RecordType type, std::string_view data) {
    switch (type) {
        case RecordType::recipient:
            if (!in_recipients_) begin_recipients();
            waiting_record_ = type;
            waiting_data_ = data;
            return true;
        case RecordType::done:
        case RecordType::cancelled:
            pending_ = {};
            return true;
        case RecordType::original_recipient:
            pending_.original = data;
            pending_.has_original = true;
            return true;
        case RecordType::dsn_orcpt:
            pending_.dsn_original = data;
            return true;
        case RecordType::dsn_notify:
            if (!set_notify(data)) bad_input("bad DSN NOTIFY value");
            return true;
        default:
            return false;
    }
}

bool Message::set_notify(std::string_view data) {
    const auto bits = parse_int(data);
    if (!bits || !mail::is_valid_notify(*bits)) return false;
    pending_.notify = static_cast<int>(*bits);
    qmgr_flags_ |= pending_.notify << queue::qmgr_flag::notify_shift;
    return true;
}

void Message::take_time(std::string_view data) {
    if (arrival_ != 0) return;
    arrival_ = parse_int(data.substr(0, data.find(' '))).value_or(0);
    if (arrival_ <= 0) {
        arrival_ = 0;
        bad_input("malformed time record");
        return;
    }
    write(RecordType::time, data);
    write_attribute("create_time", std::to_string(created_));
}

// Only the send options count, and of those not what is found out anew.
void Message::take_size(std::string_view data) {
    const std::vector<std::string> fields = split_words(data);
    if (fields.size() < 6) return;
    const auto options = parse_int(fields[5]);
    if (options && *options > 0) sendopts_ |= static_cast<int>(*options) & ~queue::sendopt::derived;
}

void Message::take_flags(std::string_view data) {
    const auto bits = parse_int(data);
    if (!bits || *bits < 0 || (*bits & ~flags_of_records) != 0) {
        bad_input("bad flags record");
        return;
    }
    flags_ |= static_cast<int>(*bits);
}

bool Message::take_attribute(std::string_view data) {
    if (++attribute_count_ > rules_.attribute_limit) {
        bad_input(fmt::format("attribute count exceeds limit {}", rules_.attribute_limit));
        return false;
    }
    const std::size_t equals = data.find('=');
    const std::string_view name = trim(data.substr(0, equals));
    if (equals == std::string_view::npos || name.empty()) {
        bad_input(fmt::format("malformed attribute: {:.100}", data));
        return false;
    }
    const std::string_view value = trim(data.substr(equals + 1));
    // Compat: an empty value only holds the place of one that is not known; it is not stored.
    if (value.empty()) return false;
    attributes_.insert_or_assign(std::string(name), std::string(value));
    if (name == "log_message_origin" && value == "local") return false;  // as if nothing had been said
    write(RecordType::attribute, data);
    if (name == "rewrite_context") take_rewrite_context(value);
    return true;
}

void Message::take_rewrite_context(std::string_view value) {
    if (value == "local")
        rewrite_ = Rewrite::local;
    else if (value == "remote")
        rewrite_ = rules_.remote_headers_rewritten ? Rewrite::remote : Rewrite::none;
    else
        bad_input(fmt::format("bad rewriting context: {:.100}", value));
}

// Between what describes the message and its recipients.
void Message::begin_recipients() {
    in_recipients_ = true;
    if (!sender_) bad_input("missing sender envelope record");
    if (arrival_ == 0) bad_input("missing time envelope record");
    if (warn_seen_ || !sender_ || sender_->empty() || rules_.delay_warning_seconds <= 0) return;
    write(RecordType::warn_time, queue::fixed_number(arrival_ + rules_.delay_warning_seconds));
}

Task<> Message::add_sender(std::string address) {
    MapOutcome outcome = co_await complete_address(ipc::RewriteRule::local, std::move(address), id_);
    // Mail from our own mail system needs no answer.
    if (outcome.ok() && equals_ignoring_case(outcome.addresses.front(), rules_.mailer_daemon))
        outcome.addresses.front().clear();
    if (outcome.ok() && has(cleanup_flag::map_addresses) && !outcome.addresses.front().empty()) {
        std::string completed = std::move(outcome.addresses.front());
        outcome = co_await map_address(std::move(completed), address_class::envelope_sender, rules_, id_);
    }
    if (!outcome.ok()) {
        fail(outcome);
        sender_ = "";
        co_return;
    }
    sender_ = std::move(outcome.addresses.front());
    sender_offset_ = write(RecordType::sender, *sender_);
    sender_length_ = file_.end_offset() - sender_offset_;
    note_utf8(*sender_, queue::sendopt::smtputf8_sender);
    if (has(cleanup_flag::automatic_bcc) && !sender_->empty()) co_await add_sender_copy();
}

bool Message::take_extracted(RecordType type, std::string_view data) {
    const Mapped record = mapped(type, data);
    if (take_recipient_detail(record.type, record.data)) return !waiting_record_;
    switch (record.type) {
        case RecordType::end:
            if (has(cleanup_flag::automatic_bcc) && !rules_.always_bcc.empty())
                copies_.push_back(rules_.always_bcc);
            std::move(check_copies_.begin(), check_copies_.end(), std::back_inserter(copies_));
            waiting_record_ = type;
            return false;
        case RecordType::flags:  // decided after the content: smtpd_end_of_data_restrictions
            take_flags(data);
            break;
        case RecordType::attribute:
        case RecordType::filter:
        case RecordType::redirect:
            write(type, data);
            break;
        case RecordType::create_time:
        case RecordType::dsn_envid:
        case RecordType::dsn_ret:
        case RecordType::return_receipt:
        case RecordType::errors_to:
        case RecordType::priority:
        case RecordType::killed:
            break;
        default:
            bad_input(fmt::format("unexpected record type {} in extracted segment", static_cast<int>(type)));
    }
    return true;
}

void Message::end_of_extracted() {
    write(RecordType::end, "");
    segment_ = Segment::ended;
}

}  // namespace postrider::cleanup
