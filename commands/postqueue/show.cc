// commands/postqueue/show.cc - messages of the queue as people and as programs read them.
#include "commands/postqueue/show.h"

#include <fmt/core.h>

#include <ctime>

#include "lib/base/json.h"
#include "lib/base/local_time.h"
#include "lib/base/text.h"

namespace postrider::postqueue {

using queue::IdForm;
using queue::ListedMessage;
using queue::ListedRecipient;

namespace {

constexpr std::size_t reason_column = 76;

// "Fri Nov 20 23:08:49"
std::string date(std::int64_t when) {
    return local_time("%a %b %e %H:%M:%S", static_cast<std::time_t>(when));
}

// Compat: the widths that scripts cut columns by; long IDs have others.
std::string row(IdForm form, std::string_view id, std::string_view size, std::string_view when,
                std::string_view address) {
    if (form == IdForm::long_form) return fmt::format("{:<17} {:>8} {:<19} {}\n", id, size, when, address);
    return fmt::format("{:<11} {:>7} {:<20} {}\n", id, size, when, address);
}

std::string status_letters(const ListedMessage& message) {
    std::string letters;
    if (message.queue_name == "active") letters += '*';
    if (message.queue_name == "hold") letters += '!';
    if (message.forced_expire) letters += '#';
    return letters;
}

std::string json_recipient(const ListedRecipient& recipient) {
    std::string out = fmt::format("{{\"orig_address\": {}, \"address\": {}", json_string(recipient.original),
                                  json_string(recipient.address));
    if (!recipient.reason.empty()) {
        const std::string_view name = recipient.log_class == "bounce" ? "bounce_reason" : "delay_reason";
        out += fmt::format(", \"{}\": {}", name, json_string(recipient.reason));
    }
    return out + "}";
}

}  // namespace

std::string TableFormat::headings() const {
    if (form_ == IdForm::long_form)
        return row(form_, "----Queue ID-----", "--Size--", "---Arrival Time----", "--Sender/Recipient------");
    return row(form_, "-Queue ID-", "--Size--", "----Arrival Time----", "-Sender/Recipient-------");
}

namespace {

std::string remark(std::string_view text) {
    const std::size_t padding = text.size() < reason_column ? reason_column - text.size() : 0;
    return fmt::format("{:{}}({})\n", "", padding, text);
}

}  // namespace

// A reason stands above the recipients it is true for.
std::string TableFormat::recipients(const ListedMessage& message) const {
    std::string out;
    std::string shown;
    for (const ListedRecipient& recipient : message.recipients) {
        if (recipient.reason != shown) {
            shown = recipient.reason;
            const std::string_view text = shown.empty() ? std::string_view("reason unavailable") : shown;
            out += remark(text);
        }
        out += row(form_, "", "", "", recipient.address);
    }
    return out;
}

std::string TableFormat::message(const ListedMessage& message) {
    std::string out = messages_ == 0 ? headings() : "";
    ++messages_;
    bytes_ += message.size;
    out += row(form_, message.queue_id + status_letters(message), std::to_string(message.size),
               date(message.time), message.sender);
    if (next_attempts_ && message.next_attempt > 0)
        out += remark("next attempt: " + date(message.next_attempt));
    return out + recipients(message) + "\n";
}

std::string TableFormat::end() const {
    if (messages_ == 0) return "Mail queue is empty\n";
    return fmt::format("-- {} Kbytes in {} Request{}.\n", bytes_ / 1024, messages_,
                       messages_ == 1 ? "" : "s");
}

std::string json_message(const ListedMessage& message) {
    std::string out = fmt::format(
        "{{\"queue_name\": {}, \"queue_id\": {}, \"arrival_time\": {}, \"message_size\": {}, "
        "\"forced_expire\": {}, "
        "\"sender\": {}, \"recipients\": [",
        json_string(message.queue_name), json_string(message.queue_id), message.time, message.size,
        message.forced_expire, json_string(message.sender));
    for (std::size_t i = 0; i < message.recipients.size(); ++i) {
        if (i > 0) out += ", ";
        out += json_recipient(message.recipients[i]);
    }
    out += "]";
    if (message.next_attempt > 0) out += fmt::format(", \"next_attempt_time\": {}", message.next_attempt);
    return out + "}\n";
}

}  // namespace postrider::postqueue
