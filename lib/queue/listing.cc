// lib/queue/listing.cc - the mail queue as mailq(1) shows it.
#include "lib/queue/listing.h"

#include <fcntl.h>

#include <array>
#include <set>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/ipc/attributes.h"
#include "lib/mail/address.h"
#include "lib/queue/bounce_log.h"
#include "lib/queue/envelope.h"

namespace postrider::queue {

namespace {

constexpr std::array<Queue, 5> listed_queues = {Queue::maildrop, Queue::active, Queue::incoming,
                                                Queue::deferred, Queue::hold};
constexpr std::string_view protocol = "mail_queue_list_protocol";

// The protocol cannot carry a NUL.
std::string plain(std::string_view text) {
    return printable(text);
}

ListedRecipient listed(std::string_view address, std::string_view original) {
    ListedRecipient recipient;
    recipient.address = plain(mail::quote_address(address));
    if (!original.empty() && !equals_ignoring_case(address, original))
        recipient.original = plain(mail::quote_address(original));
    return recipient;
}

// The recipients found in logs, by their records or, where a delivery in parts has none, by their addresses:
// the envelope must not list them again.
struct Logged {
    std::set<std::int64_t> offsets;
    std::set<std::string> addresses;
    bool has(const EnvelopeRecipient& recipient) const {
        return offsets.contains(recipient.offset) || addresses.contains(lower(recipient.address));
    }
};

void take_log(ListedMessage& message, const Spool& spool, Queue log, Logged& logged) {
    const Result<std::vector<LogEntry>> entries = read_log(spool, log, message.queue_id);
    if (!entries) return log::warning("{}", entries.error());
    for (const LogEntry& entry : *entries) {
        ListedRecipient recipient = listed(entry.recipient, entry.original_recipient);
        recipient.log_class = queue_name(log);
        recipient.reason = plain(entry.reason);
        message.recipients.push_back(std::move(recipient));
        if (entry.offset > 0) {
            logged.offsets.insert(entry.offset);
        } else {
            logged.addresses.insert(lower(entry.recipient));
        }
    }
}

void take_envelope(ListedMessage& message, const Envelope& envelope, const Logged& logged) {
    if (envelope.size) message.size = envelope.size->content_size;
    if (envelope.arrival_seconds > 0) message.time = envelope.arrival_seconds;
    if (envelope.sender) message.sender = plain(mail::quote_address(*envelope.sender));
    for (const EnvelopeRecipient& recipient : envelope.recipients)
        if (!logged.has(recipient))
            message.recipients.push_back(listed(recipient.address, recipient.original));
}

}  // namespace

QueueLister::QueueLister(const Spool& spool, std::string null_sender)
    : spool_(spool), null_sender_(std::move(null_sender)) {}

std::optional<ListedMessage> QueueLister::next() {
    while (queue_ < listed_queues.size()) {
        const Queue queue = listed_queues[queue_];
        if (!scanner_) scanner_ = std::make_unique<QueueScanner>(spool_, queue);
        while (const std::optional<std::string> id = scanner_->next())
            if (std::optional<ListedMessage> message = read_message(queue, *id)) return message;
        scanner_.reset();
        ++queue_;
    }
    return std::nullopt;
}

std::optional<ListedMessage> QueueLister::read_message(Queue queue, const std::string& id) const {
    const std::string path = scanner_->found_in() + "/" + id;
    const Fd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0 || !is_ready(status)) return std::nullopt;
    ListedMessage message;
    message.queue_name = queue_name(queue);
    message.queue_id = id;
    message.time = status.st_mtime;
    message.size = status.st_size;
    message.forced_expire = (status.st_mode & mode_expire) != 0;
    if (queue == Queue::deferred) message.next_attempt = status.st_mtime;
    Logged logged;
    if (queue != Queue::maildrop) {
        take_log(message, spool_, Queue::defer, logged);
        take_log(message, spool_, Queue::bounce, logged);
    }
    Envelope envelope;
    const Result<void> read = EnvelopeReader(file.get()).read(envelope);
    // What was understood of a damaged file is shown all the same.
    if (!read) log::warning("{}: {}", path, read.error());
    take_envelope(message, envelope, logged);
    if (message.sender.empty()) message.sender = null_sender_;
    return message;
}

std::string listing_greeting() {
    ipc::AttributeWriter list;
    list.put("protocol", protocol);
    return std::move(list).finish();
}

std::string encode_message(const ListedMessage& message) {
    ipc::AttributeWriter list;
    list.put("queue_name", message.queue_name);
    list.put("queue_id", message.queue_id);
    list.put("time", std::to_string(message.time));
    list.put("size", std::to_string(message.size));
    list.put("forced_expire", message.forced_expire ? "1" : "0");
    list.put("sender", message.sender);
    if (message.next_attempt > 0) list.put("next_attempt_time", std::to_string(message.next_attempt));
    for (const ListedRecipient& recipient : message.recipients) {
        list.put("original_recipient", recipient.original);
        list.put("recipient", recipient.address);
        list.put("log_class", recipient.log_class);
        list.put("reason", recipient.reason);
    }
    return std::move(list).finish();
}

std::string listing_end() {
    return ipc::AttributeWriter().finish();
}

namespace {

// Older releases say less of a recipient: its address begins it, unless the original one came first.
ListedRecipient& recipient_for(ListedMessage& message, std::string_view name) {
    const bool begins =
        name == "original_recipient" ||
        (name == "recipient" && (message.recipients.empty() || !message.recipients.back().address.empty()));
    if (begins || message.recipients.empty()) message.recipients.emplace_back();
    return message.recipients.back();
}

void take_item(ListedMessage& message, const ipc::Attributes::Item& item) {
    const std::string& name = item.name;
    if (name == "queue_name") {
        message.queue_name = item.value;
    } else if (name == "queue_id") {
        message.queue_id = item.value;
    } else if (name == "time") {
        message.time = parse_int(item.value).value_or(0);
    } else if (name == "size") {
        message.size = parse_int(item.value).value_or(0);
    } else if (name == "forced_expire") {
        message.forced_expire = item.value == "1";
    } else if (name == "next_attempt_time") {
        message.next_attempt = parse_int(item.value).value_or(0);
    } else if (name == "sender") {
        message.sender = item.value;
    } else if (name == "original_recipient") {
        recipient_for(message, name).original = item.value;
    } else if (name == "recipient") {
        recipient_for(message, name).address = item.value;
    } else if (name == "log_class") {
        recipient_for(message, name).log_class = item.value;
    } else if (name == "reason") {
        recipient_for(message, name).reason = item.value;
    }
}

}  // namespace

ListingParser::Next ListingParser::next(ListedMessage& message) {
    if (used_ > buffer_.size() / 2) {
        buffer_.erase(0, used_);
        used_ = 0;
    }
    for (;;) {
        std::size_t length = 0;
        const auto list = ipc::parse_attributes(std::string_view(buffer_).substr(used_), &length);
        if (!list) return Next::more_needed;
        used_ += length;
        if (greeted_) {
            if (list->items.empty()) return Next::end;
            message = {};
            for (const auto& item : list->items) take_item(message, item);
            return Next::message;
        }
        const std::string* name = list->find("protocol");
        if (name == nullptr || *name != protocol) return Next::broken;
        greeted_ = true;
    }
}

}  // namespace postrider::queue
