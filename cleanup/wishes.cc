// cleanup/wishes.cc - changes that a mail filter asks for, and the queue file rewritten accordingly.
#include <fmt/core.h>

#include <algorithm>

#include "cleanup/filtering.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/dsn.h"
#include "lib/mail/header.h"
#include "lib/mail/rfc822.h"
#include "lib/mail/status.h"
#include "lib/queue/envelope.h"
#include "lib/queue/record_reader.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;
namespace cleanup_status = queue::cleanup_status;
using Kind = milter::Response::Kind;

namespace {

// Replaced bodies are kept in memory until they are whole; without a size limit for messages this is theirs.
constexpr std::size_t most_body = 256U << 20;

// The address in the text of a request, in internal form.  Compat: it is read as a header would be; of
// several the first one counts.
std::string requested_address(std::string_view id, std::string_view what, const std::string& text) {
    std::optional<std::string> first;
    for (const mail::ListItem& item : mail::parse_address_list(text).items) {
        if (!item.is_address) continue;
        if (first) {
            log::warning("{}: Milter {}: \"{}\"", id, what, printable(text));
            break;
        }
        first = item.address();
    }
    return first.value_or("");
}

// ESMTP parameters by their names in upper case, and the words they came from.
struct Argument {
    std::string name, value, word;
};
std::vector<Argument> arguments_of(const std::string& text) {
    std::vector<Argument> all;
    for (const std::string& word : split_words(text, " \t")) {
        Argument one;
        one.word = word;
        const std::size_t equals = word.find('=');
        one.name = upper(std::string_view(word).substr(0, equals));
        if (equals != std::string::npos) one.value = word.substr(equals + 1);
        all.push_back(std::move(one));
    }
    return all;
}

// What a filter said that means nothing: said in the log, with the name of its request.
void complain_of_sender_argument(const std::string& word) {
    log::warning("Ignoring bad ESMTP parameter \"{}\" in SMFI_CHGFROM request", printable(word));
}

// What the arguments of a new recipient say.
struct RecipientArguments {
    int notify = 0;
    std::string dsn_original;
};
RecipientArguments read_recipient_arguments(std::string_view id, const std::string& text) {
    RecipientArguments details;
    for (const Argument& argument : arguments_of(text)) {
        const std::string word = printable(argument.word);
        if (argument.name == "NOTIFY") {
            const auto notify = mail::read_notify(argument.value);
            details.notify = notify.value_or(0);
            if (!notify)
                log::warning("{}: Bad NOTIFY parameter from Milter or header/body_checks: \"{}\"", id, word);
        } else if (argument.name == "ORCPT") {
            const auto original = xtext_decode(argument.value);
            const bool good = original && original->find(';') != std::string::npos;
            details.dsn_original = good ? *original : "";
            if (!good)
                log::warning("{}: Bad ORCPT parameter from Milter or header/body_checks: \"{}\"", id, word);
        } else {
            log::warning("{}: ignoring ESMTP argument from Milter or header/body_checks: \"{}\"", id, word);
        }
    }
    return details;
}

std::string header_text(const milter::Response& wish, bool exact) {
    std::string text = wish.name + (exact ? ":" : ": ") + wish.text;
    std::replace(text.begin(), text.end(), '\r', ' ');
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return mail::with_continuation_tabs(text);
}

}  // namespace

Task<> Message::fulfil(milter::Response wish, bool exact) {
    HeaderList& headers = filtering_->headers;
    switch (wish.kind) {
        case Kind::quarantine:
            filtering_->quarantined = true;
            co_return;
        case Kind::add_header:
        case Kind::insert_header:
        case Kind::change_header:
            break;
        case Kind::replace_body:
            replace_body(wish.text);
            co_return;
        case Kind::add_recipient: {
            co_await add_filter_recipient(std::move(wish));
            co_return;
        }
        case Kind::delete_recipient:
            delete_recipient(requested_address(id_, "request to drop multi-recipient", wish.text));
            co_return;
        case Kind::change_sender: {
            co_await change_sender(std::move(wish));
            co_return;
        }
        default:
            co_return;
    }
    if (wish.kind == Kind::change_header && wish.text.empty()) {
        headers.remove(wish.index, wish.name);
        co_return;
    }
    FilterHeader header;
    header.text = header_text(wish, exact);
    header = co_await check_filter_header(std::move(header));
    if (!header.keep) co_return;
    note_utf8(header.text, queue::sendopt::smtputf8_header);
    if (wish.kind == Kind::change_header) {
        headers.change(wish.index, wish.name, header.text);
        co_return;
    }
    const std::size_t place = wish.kind == Kind::insert_header ? wish.index : headers.lines().size();
    headers.insert(place, header.text);
    if (!header.before.empty()) headers.insert(place, header.before);
}

// milter_header_checks.
Task<Message::FilterHeader> Message::check_filter_header(FilterHeader header) {
    if (rules_.filter_header_checks.empty()) co_return header;
    std::string key = header.text;
    tables::ListResult answer = co_await rules_.filter_header_checks.find_with_table(key);
    if (answer.found == tables::Found::no) co_return header;
    if (answer.found == tables::Found::try_again) {
        log::warning(
            "{}: milter_header_checks map lookup problem -- message not accepted, try again later: {}", id_,
            answer.reason);
        fail(cleanup_status::write_error, "4.3.0 Content check problem");
        co_return header;
    }
    const std::string_view result = trim(answer.value);
    const std::size_t end = std::min(result.find_first_of(" \t"), result.size());
    const std::string command = upper(result.substr(0, end));
    const std::string argument(trim_left(result.substr(end)));
    const auto note = [&](std::string_view what, std::string_view why) {
        log_action(fmt::format("milter-header-{}", what), "header", header.text, why);
    };
    if (command == "DUNNO" || command == "OK") co_return header;
    if (command == "REJECT") {
        const mail::StatusText parts =
            mail::split_status(argument.empty() ? "message content rejected" : argument, "5.7.1");
        const bool later = parts.status.front() == '4';
        const std::string text = fmt::format("{} {}", parts.status, parts.text);
        note("reject", text);
        fail(later ? cleanup_status::defer : cleanup_status::content,
             has(cleanup_flag::smtp_reply) ? fmt::format("{} {}", later ? 450 : 550, text) : text);
    } else if (command == "IGNORE" || command == "STRIP") {
        if (command == "STRIP") note("strip", argument);
        header.keep = false;
    } else if (command == "WARN" || command == "INFO") {
        note(command == "WARN" ? "warning" : "info", argument);
    } else if (command == "HOLD") {
        if (!has(cleanup_flag::hold)) note("hold", argument);
        flags_ |= cleanup_flag::hold;
    } else if (command == "DISCARD") {
        note("discard", argument);
        flags_ |= cleanup_flag::discard;
    } else if (command == "REPLACE" && mail::header_name_length(argument) > 0) {
        note("replace", argument);
        header.text = argument;
    } else if (command == "PREPEND" && mail::header_name_length(argument) > 0) {
        note("prepend", argument);
        header.before = argument;
    } else if (command == "FILTER" && argument.find(':') != std::string::npos) {
        note("filter", argument);
        open_end();
        write(RecordType::filter, argument);
    } else if (command == "REDIRECT" && argument.find('@') != std::string::npos) {
        note("redirect", argument);
        open_end();
        write(RecordType::redirect, argument);
    } else if (command == "BCC" && argument.find('@') != std::string::npos) {
        note("bcc", argument);
        open_end();
        std::string copy = argument;
        co_await add_copy(std::move(copy));
    } else {
        log::warning("{}: milter_header_checks: {} cannot be obeyed", id_, command);
    }
    co_return header;
}

void Message::replace_body(std::string_view bytes) {
    if (!filtering_->body) filtering_->body.emplace(rules_.line_length_limit);
    BodyRecords& body = *filtering_->body;
    const std::size_t limit =
        rules_.message_size_limit > 0 ? static_cast<std::size_t>(rules_.message_size_limit) : most_body;
    if (body.size() + bytes.size() <= limit) {
        body.add(bytes);
    } else if ((status_ & cleanup_status::size) == 0) {
        log::warning("{}: a mail filter's new body is beyond the message size limit", id_);
        fail(cleanup_status::size);
    }
}

// More can be written behind the extracted segment's last record.
void Message::open_end() {
    if (filtering_->open_end) return;
    std::string end;
    queue::append_record(end, RecordType::end, "");
    file_.truncate(file_.end_offset() - static_cast<std::int64_t>(end.size()));
    filtering_->open_end = true;
}

Task<> Message::add_filter_recipient(milter::Response wish) {
    open_end();
    PendingRecipient details;
    RecipientArguments said = read_recipient_arguments(id_, wish.arguments);
    std::string address =
        requested_address(id_, "or header/body_checks request to add multi-recipient", wish.text);
    if (address.empty()) {
        log::warning("{}: ignoring attempt from Milter to add null recipient", id_);
        co_return;
    }
    details.notify = said.notify;
    details.dsn_original = std::move(said.dsn_original);
    if (details.notify != 0) qmgr_flags_ |= details.notify << queue::qmgr_flag::notify_shift;
    const std::int64_t before = recipient_count_;
    MapOutcome outcome = co_await complete_address(ipc::RewriteRule::local, std::move(address), id_);
    // Compat: its original form is the completed one; a client's recipient, whose form for reports is another
    // one, does not make it a duplicate.
    if (outcome.ok()) details.original = outcome.addresses.front();
    if (outcome.ok() && has(cleanup_flag::map_addresses)) {
        std::string completed = std::move(outcome.addresses.front());
        outcome = co_await map_address(std::move(completed), address_class::envelope_recipient, rules_, id_);
    }
    if (!outcome.ok()) {
        fail(outcome);
        co_return;
    }
    if (!outcome.addresses.front().empty()) {
        std::string target = outcome.addresses.front();
        co_await add_expanded(std::move(target), std::move(details));
    }
    if (recipient_count_ == before && status_ == 0)
        log::warning("{}: recipient \"{}\" was not added", id_, printable(wish.text));
}

// Compat: a recipient is known by what the client called it, letter by letter, and counts on.
void Message::delete_recipient(const std::string& address) {
    file_.flush();
    std::string original;
    bool has_original = false;
    std::vector<std::string> gone;
    const auto scan = [&](std::int64_t from, std::int64_t to) {
        queue::RecordReader reader(file_.fd(), from);
        RecordType type{};
        std::string_view data;
        while (reader.next(type, data) == queue::RecordReader::Next::record && reader.record_offset() < to) {
            if (type == RecordType::original_recipient) {
                original = data;
                has_original = true;
            } else if (type == RecordType::recipient) {
                if ((has_original ? std::string_view(original) : data) == address) {
                    const char cancelled = static_cast<char>(RecordType::cancelled);
                    file_.overwrite_bytes(reader.record_offset(), std::string_view(&cancelled, 1));
                    gone.push_back(lower(data));
                }
                has_original = false;
            }
        }
    };
    scan(0, data_offset_);
    scan(extracted_offset_, file_.end_offset());
    // Another filter may add it again.
    for (const std::string& one : gone)
        std::erase_if(duplicates_,
                      [&](const std::string& key) { return key == one || key.ends_with("\n" + one); });
}

Task<> Message::change_sender(milter::Response wish) {
    std::string address = requested_address(id_, "request to add multi-sender", wish.text);
    MapOutcome outcome;
    outcome.addresses.push_back(address);
    if (!address.empty())
        outcome = co_await complete_address(ipc::RewriteRule::local, std::move(address), id_);
    if (outcome.ok() && has(cleanup_flag::map_addresses) && !outcome.addresses.front().empty()) {
        std::string completed = std::move(outcome.addresses.front());
        outcome = co_await map_address(std::move(completed), address_class::envelope_sender, rules_, id_);
    }
    if (!outcome.ok()) {
        fail(outcome);
        co_return;
    }
    std::string records;
    for (const Argument& argument : arguments_of(wish.arguments)) {
        const auto decoded = xtext_decode(argument.value);
        const auto part = mail::parse_ret(argument.value);
        if (argument.name == "ENVID" && decoded && !decoded->empty() && printable(*decoded) == *decoded) {
            envelope_id_ = *decoded;
            queue::append_record(records, RecordType::attribute, "envelope_id=" + *decoded);
        } else if (argument.name == "RET" && part) {
            ret_flags_ = *part;
            queue::append_record(records, RecordType::attribute, fmt::format("ret_flags={}", *part));
        } else {
            complain_of_sender_argument(argument.word);
        }
    }
    filtering_->sender_records = std::move(records);
    filtering_->sender = std::move(outcome.addresses.front());
}

// The file as it is to be after the wishes of one filter.
Task<> Message::write_changes() {
    Filtering& now = *filtering_;
    if (now.headers.changed() || now.body) {
        std::string content;
        for (const HeaderLine& line : now.headers.lines())
            for (std::string_view part : split(line.text, '\n')) encode_line(content, part);
        if (now.has_separator || now.body) queue::append_record(content, RecordType::text, "");
        now.has_separator = now.has_separator || now.body.has_value();
        const std::int64_t new_body = data_offset_ + static_cast<std::int64_t>(content.size());
        std::int64_t until = now.body_offset;
        if (now.body) {
            now.body->finish();
            content += now.body->records();
            until = extracted_offset_;
        }
        const std::int64_t length = until - data_offset_;
        const std::int64_t grown = static_cast<std::int64_t>(content.size()) - length;
        const bool written = co_await file_.replace(data_offset_, length, std::move(content));
        if (!written) co_return change_failed();
        extracted_offset_ += grown;
        now.body_offset = new_body;
        now.body.reset();
        now.headers.set_unchanged();
    }
    if (now.sender) {
        std::string records = now.sender_records;
        const std::int64_t before = static_cast<std::int64_t>(records.size());
        queue::append_record(records, RecordType::sender, *now.sender);
        const std::int64_t length = sender_length_;
        const std::int64_t grown = static_cast<std::int64_t>(records.size()) - length;
        sender_length_ = static_cast<std::int64_t>(records.size()) - before;
        const bool written = co_await file_.replace(sender_offset_, length, std::move(records));
        if (!written) co_return change_failed();
        sender_offset_ += before;
        data_offset_ += grown;
        extracted_offset_ += grown;
        now.body_offset += grown;
        sender_ = std::move(*now.sender);
        now.sender.reset();
        note_utf8(*sender_, queue::sendopt::smtputf8_sender);
    }
}

void Message::change_failed() {
    log::warning("{}: write queue file: {}", id_, errno_text(file_.failed()));
    fail(cleanup_status::write_error);
}

// As write_line(), into memory.
void Message::encode_line(std::string& out, std::string_view line) const {
    while (line.size() > rules_.line_length_limit) {
        queue::append_record(out, RecordType::long_text, line.substr(0, rules_.line_length_limit));
        line.remove_prefix(rules_.line_length_limit);
    }
    queue::append_record(out, RecordType::text, line);
}

}  // namespace postrider::cleanup
