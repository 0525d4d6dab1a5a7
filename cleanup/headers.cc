// cleanup/headers.cc - message headers: counted, rewritten, dropped, and added when they are missing.
#include <fmt/core.h>

#include <algorithm>
#include <ctime>

#include "cleanup/message.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/date.h"
#include "lib/mail/rfc822.h"
#include "lib/queue/envelope.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;
using mail::HeaderId;

namespace {

// Compat: a header ends at the last line that keeps within the limit, or within a line when much would be
// lost.
std::string_view shortened(std::string_view header, std::size_t limit) {
    for (std::size_t start = 0; start < header.size();) {
        const std::size_t end = std::min(header.find('\n', start), header.size());
        if (end > limit) return header.substr(0, start * 10 > limit * 9 ? start - 1 : limit);
        start = end + 1;
    }
    return header;
}

}  // namespace

bool Message::header_needs_waiting(const mail::HeaderInfo& info, mail::HeaderClass header_class) const {
    return header_class == mail::HeaderClass::primary && info.role != mail::AddressRole::none &&
           rewrite_ != Rewrite::none;
}

// Compat: headers that describe the body are never dropped.
bool Message::is_dropped(const mail::HeaderInfo& info, std::string_view name) const {
    return !info.mime &&
           std::any_of(rules_.dropped_headers.begin(), rules_.dropped_headers.end(),
                       [name](const std::string& dropped) { return equals_ignoring_case(dropped, name); });
}

void Message::note_encoding(std::string_view value) {
    if (!rules_.detect_8bit_header) return;
    const std::string name = lower(trim(value));
    if (name == "8bit" || name == "binary") attributes_.insert_or_assign("encoding", "8bit");
}

void Message::note_received() {
    if (++hops_ < rules_.hop_limit) return;
    if (hops_ == rules_.hop_limit) log::warning("{}: message rejected: hopcount exceeded", id_);
    fail(queue::cleanup_status::hops);
}

void Message::note_header(const mail::HeaderInfo& info, const mail::HeaderParts& parts,
                          mail::HeaderClass header_class) {
    if (info.id == HeaderId::content_transfer_encoding) note_encoding(parts.value);
    if (header_class != mail::HeaderClass::primary || info.id == HeaderId::other) return;
    headers_seen_ |= std::uint64_t{1} << static_cast<int>(info.id);
    resent_ = resent_ || info.resent;
    if (info.id == HeaderId::received) {
        note_received();
    } else if (info.id == HeaderId::message_id || info.id == HeaderId::resent_message_id) {
        const bool own = info.id == HeaderId::message_id;
        // Compat: the log shows a fold, as `?`.
        log::info("{}: {}message-id={}", id_, own ? "" : "resent-", trim_left(parts.value));
        if (own && message_id_.empty()) message_id_ = trim(mail::unfold(parts.value));
    } else if (info.id == HeaderId::tls_required && rules_.tls_required_header &&
               (sendopts_ & queue::sendopt::require_tls) == 0 &&
               equals_ignoring_case(trim(parts.value), "no")) {
        sendopts_ |= queue::sendopt::tls_not_required;  // RFC 8689 5
    } else if (info.id == HeaderId::require_tls_esmtp && rules_.require_tls_header &&
               equals_ignoring_case(trim(parts.value), "yes")) {
        // What the client asked for in ESMTP came by way of a filter.  It outweighs TLS-Required.
        sendopts_ |= queue::sendopt::require_tls;
        sendopts_ &= ~queue::sendopt::tls_not_required;
    }
}

void Message::write_header(std::string_view header) {
    write_own_header(shortened(header, rules_.mime.header_size_limit));
}

void Message::write_own_header(std::string_view header) {
    note_utf8(header, queue::sendopt::smtputf8_header);
    if (header.find('\n') == std::string_view::npos) {
        write_line(header, true);
        return;
    }
    const std::string folded = mail::with_continuation_tabs(header);
    for (std::string_view line : split(folded, '\n')) write_line(line, true);
}

Task<> Message::rewrite_header(std::string header, mail::AddressRole role) {
    const mail::HeaderParts parts = mail::split_header(header);
    if (is_dropped(mail::header_info(parts.name), parts.name)) co_return;
    const ipc::RewriteRule context = local_context() ? ipc::RewriteRule::local : ipc::RewriteRule::remote;
    const unsigned where =
        role == mail::AddressRole::sender ? address_class::header_sender : address_class::header_recipient;
    mail::AddressList list = mail::parse_address_list(parts.value, rules_.header_token_limit);
    bool changed = false;
    for (mail::ListItem& item : list.items) {
        if (!item.is_address) continue;
        std::string before = item.external();
        Result<std::string> rewritten = co_await ipc::rewrite_external(context, before);
        if (!rewritten) {
            log::warning("{}: cannot rewrite address {}: {}", id_, before, rewritten.error());
            fail(queue::cleanup_status::write_error);
            co_return;
        }
        changed = changed || *rewritten != before;
        // Once one address is new all of them are written in our way.
        item.set_external(*rewritten);
        if (!has(cleanup_flag::map_addresses)) continue;
        std::string completed = item.address();
        if (completed.empty()) continue;
        MapOutcome outcome = co_await map_address(completed, where, rules_, id_);
        if (!outcome.ok()) {
            fail(outcome);
            co_return;
        }
        if (outcome.addresses.front() == completed) continue;
        item.set_address(outcome.addresses.front());
        changed = true;
    }
    if (changed) {
        const std::string start = std::string(parts.name) + ": ";
        // The tabs of its folds do not count for the limit; write_header() puts them back.
        header = replace_all(mail::fold_pieces(start, list.pieces()), "\n\t", "\n");
    }
    write_header(header);
}

void Message::add_message_id() {
    const HeaderId wanted = resent_ ? HeaderId::resent_message_id : HeaderId::message_id;
    const std::string_view prefix = resent_ ? "Resent-" : "";
    std::string value;
    if (rules_.long_queue_ids) {
        value = fmt::format("<{}@{}>", id_, rules_.myhostname);
    } else {
        // A short queue ID may come back within its lifetime on another day: the time makes the difference.
        const std::time_t when = created_;
        std::tm utc{};
        gmtime_r(&when, &utc);
        char stamp[16];
        std::strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &utc);
        value = fmt::format("<{}.{}@{}>", stamp, id_, rules_.myhostname);
    }
    write_own_header(fmt::format("{}Message-Id: {}", prefix, value));
    log::info("{}: {}message-id={}", id_, resent_ ? "resent-" : "", value);
    headers_seen_ |= std::uint64_t{1} << static_cast<int>(wanted);
}

std::string Message::from_header() const {
    const std::string_view prefix = resent_ ? "Resent-" : "";
    // Compat: without a domain, unlike everywhere else.
    if (!sender_ || sender_->empty()) return fmt::format("{}From: MAILER-DAEMON", prefix);
    const std::string address = mail::quote_address(*sender_);
    if (full_name_.empty()) return fmt::format("{}From: {}", prefix, address);
    if (rules_.standard_from)
        return fmt::format("{}From: {} <{}>", prefix,
                           mail::encode_display_name(full_name_, rules_.full_name_charset), address);
    return fmt::format("{}From: {} ({})", prefix, address,
                       mail::encode_comment(full_name_, rules_.full_name_charset));
}

// RFC 5322 3.6 wants a date and an originator; local programs often leave them to us.  Headers that nobody
// may rewrite are not completed either.
void Message::add_missing_headers() {
    const bool add = rewrite_ != Rewrite::none || rules_.add_missing_everywhere;
    const std::string_view prefix = resent_ ? "Resent-" : "";
    if (add && !seen(resent_ ? HeaderId::resent_message_id : HeaderId::message_id)) add_message_id();
    if (!seen(HeaderId::message_id)) log::info("{}: message-id=<>", id_);
    if (rules_.require_tls_header && (sendopts_ & queue::sendopt::require_tls) != 0 &&
        !seen(HeaderId::require_tls_esmtp))
        write_own_header("Require-TLS-ESMTP: yes");
    if (!add) return;
    if (!seen(resent_ ? HeaderId::resent_date : HeaderId::date))
        write_own_header(fmt::format("{}Date: {}", prefix, mail::format_date(arrival_)));
    if (!seen(resent_ ? HeaderId::resent_from : HeaderId::from)) write_own_header(from_header());
    const bool visible =
        seen(HeaderId::to) || seen(HeaderId::cc) || seen(HeaderId::resent_to) || seen(HeaderId::resent_cc);
    if (visible || rules_.undisclosed_recipients.empty()) return;
    if (mail::header_name_length(rules_.undisclosed_recipients) > 0)
        write_own_header(rules_.undisclosed_recipients);
    else
        log::warning(
            "bad undisclosed_recipients_header header text \"{}\" -- need \"headername: headervalue\"",
            rules_.undisclosed_recipients);
}

}  // namespace postrider::cleanup
