// smtpd/submit.cc - handing a transaction over to cleanup(8).
#include "smtpd/submit.h"

#include <sys/socket.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/dsn.h"
#include "lib/mail/intake_parameters.h"
#include "lib/mail/status.h"
#include "smtpd/access/access.h"
#include "smtpd/parameters.h"
#include "smtpd/received.h"
#include "smtpd/reply_rules.h"
#include "smtpd/tls.h"

namespace postrider::smtpd {

namespace {

using queue::RecordType;
namespace status_bit = queue::cleanup_status;

void log_client(const Session& session) {
    std::string line = session.queue_id() + ": client=" + session.client_label();
    if (!session.login->user.empty())
        line += ", sasl_method=" + session.login->method + ", sasl_username=" + session.login->user;
    if (!session.transaction->sasl_sender.empty())
        line += ", sasl_sender=" + session.transaction->sasl_sender;
    if (!session.forwarded->ident.empty()) line += ", orig_queue_id=" + session.forwarded->ident;
    if (session.forwarded->active) line += ", orig_client=" + session.forwarded->label();
    log::info("{}", line);
}

void put_if(MessageSink& message, std::string_view name, const std::string& value) {
    if (!value.empty()) message.put_attribute(name, value);
}

// Who sent this, for the log and for filters further on; after XFORWARD the client behind the proxy.
void put_logged_client(const Session& session, MessageSink& message) {
    const Client& client = session.client;
    const Forwarded& other = session.forwarded;
    const bool forwarded = other.active;
    put_if(message, "log_client_name", forwarded ? other.name : client.name);
    put_if(message, "log_client_address", forwarded ? other.literal : client.literal());
    put_if(message, "log_client_port", forwarded ? other.port : client.port);
    put_if(message, "log_message_origin", forwarded ? other.label() : session.client_label());
    put_if(message, "log_helo_name", forwarded ? other.helo : session.helo_name);
    put_if(message, "log_protocol_name", forwarded ? other.protocol : session.protocol());
    put_if(message, "client_name", client.name);
    put_if(message, "reverse_client_name", client.reverse_name);
    put_if(message, "client_address", client.address);
    put_if(message, "client_port", client.port);
    put_if(message, "server_address", client.server_address);
    put_if(message, "server_port", client.server_port);
    put_if(message, "helo_name", session.helo_name);
    put_if(message, "protocol_name", session.protocol());
    // Compat: the number of the address family on Linux.
    put_if(message, "client_address_type", std::to_string(client.is_ipv6 ? AF_INET6 : AF_INET));
}

// Compat: in Postfix's order.
void put_envelope(const Session& session, const Transaction& transaction, MessageSink& message) {
    message.put(RecordType::time,
                fmt::format("{} {}", transaction.arrival.tv_sec, transaction.arrival.tv_usec));
    const std::string& filter = session.server.settings[mail::content_filter];
    if (!filter.empty()) message.put(RecordType::filter, filter);
    const Forwarded& other = session.forwarded;
    put_if(message, "log_ident", other.ident.empty() ? message.queue_id() : other.ident);
    put_if(message, "rewrite_context", other.domain.empty() ? session.rewrite_context : other.domain);
    put_if(message, "sasl_method", session.login->method);
    put_if(message, "sasl_username", session.login->user);
    put_if(message, "sasl_sender", transaction.sasl_sender);
    put_if(message, "envelope_id", transaction.envelope_id);
    if (transaction.return_part != 0)
        message.put_attribute("ret_flags", std::to_string(transaction.return_part));
    message.put(RecordType::sender, transaction.sender);
    put_if(message, "encoding", transaction.encoding);
    put_logged_client(session, message);
    if (!transaction.verp_delimiters.empty()) message.put(RecordType::verp, transaction.verp_delimiters);
}

// What access tables asked for; once said it is forgotten, so that only news is said after the content.
void put_saved_actions(SavedActions& saved, MessageSink& message) {
    if (!saved.filter.empty()) message.put(RecordType::filter, saved.filter);
    if (!saved.redirect.empty()) message.put(RecordType::redirect, saved.redirect);
    for (const std::string& copy : saved.copies) {
        message.put_attribute("notify_flags", std::to_string(mail::notify::never));
        message.put(RecordType::recipient, copy);
    }
    if (saved.cleanup_flags != 0) message.put(RecordType::flags, std::to_string(saved.cleanup_flags));
    saved.filter.clear();
    saved.redirect.clear();
    saved.copies.clear();
    saved.cleanup_flags = 0;
}

// RFC 3848, RFC 6531 4.3.
std::string protocol_shown(const Session& session) {
    const bool utf8 = session.in_transaction() && session.transaction->smtputf8;
    std::string shown = utf8 ? "UTF8SMTP" : session.is_esmtp() ? "ESMTP" : "SMTP";
    if (shown == "SMTP") return shown;
    if (session.tls) shown += "S";
    if (!session.login->user.empty()) shown += "A";
    return shown;
}

// The reply for a message that cleanup, or we, could not take.
Reply explain_failure(int problem, const std::string& reason) {
    const auto known = queue::cleanup_status::explain(problem);
    if (reason.empty()) return Reply(known.smtp_code, known.status, "Error: " + std::string(known.text));
    const bool whole = reason.size() > 3 && all_digits(reason.substr(0, 3)) && is_space(reason[3]) &&
                       (reason[0] == '4' || reason[0] == '5');
    if (whole) return Reply::parse(reason);
    const mail::StatusText parts = mail::split_status(reason, known.status);
    int code = known.smtp_code;
    if (parts.status[0] == '4' && code >= 500) code = 450;
    if (parts.status[0] == '5' && code < 500) code = 550;
    return Reply(code, parts.status, parts.text);
}

Reply judge(Session& session, const queue::CleanupOutcome& outcome, const std::string& taken) {
    if (outcome.ok()) {
        session.errors = 0;
        session.junk = 0;
        return Reply(250, "2.0.0", taken);
    }
    Reply reply = explain_failure(outcome.status, outcome.reason);
    if (session.server.soft_bounce) reply.soften();
    return reply;
}

}  // namespace

Task<Reply> open_message(Session& session) {
    Transaction& transaction = *session.transaction;
    if (transaction.message) co_return Reply();
    if (session.server.proxy.wanted() && !session.stand_alone()) {
        Reply refused = co_await open_proxy_filter(session);
        if (refused.empty()) log_client(session);
        co_return refused;
    }
    int flags = session.server.cleanup_flags();
    if (transaction.smtputf8) flags |= queue::cleanup_flag::smtputf8;
    if (transaction.require_tls) flags |= queue::cleanup_flag::require_tls;
    Result<MessageSinkPtr> opened = co_await session.server.neighbours.open_message(flags);
    if (!opened) {
        log::warning("{}", opened.error());
        co_return Reply(451, "4.3.0", "Error: queue file write error");
    }
    transaction.message = std::move(*opened);
    log_client(session);
    put_envelope(session, transaction, *transaction.message);
    co_return Reply();
}

void add_recipient(Session& session, const std::string& address, const RecipientOptions& options) {
    Transaction& transaction = *session.transaction;
    MessageSink& message = *transaction.message;
    if (options.notify != 0) message.put_attribute("notify_flags", std::to_string(options.notify));
    // Compat: without ORCPT it is the address as the client had it; cleanup would complete it first.
    message.put_attribute(
        "dsn_orig_rcpt", options.original.empty() ? mail::original_recipient_for(address) : options.original);
    message.put(RecordType::recipient, address);
    if (++transaction.recipient_count == 1) transaction.first_recipient = address;
}

Task<Reply> offer_recipient(Session& session, std::string command) {
    if (session.transaction->proxy == nullptr) co_return Reply();
    Reply refused = co_await session.transaction->proxy->recipient(std::move(command));
    co_return refused;
}

Task<Reply> announce_content(Session& session) {
    if (session.transaction->proxy == nullptr) co_return Reply();
    Reply refused = co_await session.transaction->proxy->begin_content();
    co_return refused;
}

void begin_content(Session& session) {
    Transaction& transaction = *session.transaction;
    MessageSink& message = *transaction.message;
    put_saved_actions(transaction.saved, message);
    message.put(RecordType::message, "");
    for (const std::string& header : transaction.saved.headers) message.put(RecordType::text, header);
    if (transaction.proxy != nullptr && transaction.require_tls && session.server.require_tls_header)
        message.put(RecordType::text, "Require-TLS-ESMTP: yes");
    // Between two of our own servers we are not worth a line.
    if (transaction.proxy != nullptr && session.forwarded->active) return;
    ReceivedFacts facts;
    facts.helo = session.helo_name.empty() ? session.client.name : session.helo_name;
    facts.client = session.client.name;
    facts.literal = session.client.literal();
    facts.hostname = session.server.hostname;
    facts.mail_name = session.server.mail_name;
    facts.protocol = protocol_shown(session);
    if (transaction.proxy == nullptr) facts.queue_id = message.queue_id();
    if (session.server.logins && session.server.logins->in_header) facts.login = session.login->user;
    if (session.tls && session.server.tls_in_received)
        facts.tls_lines = received_tls_lines(*session.tls, session.server.tls->asks_certificates());
    if (transaction.recipient_count == 1) facts.recipient = transaction.first_recipient;
    facts.hide_client = session.server.settings[smtpd_hide_client_session];
    facts.when = transaction.arrival.tv_sec;
    for (const std::string& line : received_header(facts)) message.put(RecordType::text, line);
}

std::unique_ptr<ContentDecoder> make_decoder(Session& session, ContentDecoder::Framing framing) {
    Transaction& transaction = *session.transaction;
    const auto limit = static_cast<std::int64_t>(session.server.size_limit);
    auto output = [&transaction, limit](std::string_view text, bool ends_line) {
        transaction.content_size += static_cast<std::int64_t>(text.size()) + (ends_line ? 2 : 0);
        if (limit > 0 && transaction.content_size > limit) transaction.content_problem |= status_bit::size;
        if (transaction.content_problem != 0) return;
        transaction.message->put(ends_line ? RecordType::text : RecordType::long_text, text);
    };
    const LineEnds line_ends = session.strict_line_ends ? LineEnds::strict : LineEnds::lenient;
    return std::make_unique<ContentDecoder>(framing, line_ends, session.server.line_limit, output);
}

Task<Reply> finish_message(Session& session) {
    session.where = "END-OF-MESSAGE";
    Transaction& transaction = *session.transaction;
    const bool bare_newline = transaction.decoder && transaction.decoder->saw_bare_newline();
    if (bare_newline && session.notes_bare_newlines) session.bare_newlines = true;
    Reply refusal;
    if (bare_newline && session.reject_bare_newlines)
        refusal = session.rejected(bare_newline_refusal(session), &transaction.sender, nullptr);
    else if (transaction.content_problem != 0)
        refusal = explain_failure(transaction.content_problem, "");
    else
        refusal = co_await access::check_end_of_data(session);
    if (!refusal.empty()) {
        session.end_transaction();
        co_return refusal;
    }
    if (transaction.proxy != nullptr) {
        Reply answer = co_await finish_with_proxy_filter(session);
        co_return answer;
    }
    MessageSink& message = *transaction.message;
    message.put(RecordType::extracted, "");
    put_saved_actions(transaction.saved, message);
    message.put(RecordType::end, "");
    // The process may be told to stop: the answer to this message must still reach the client.
    const std::shared_ptr<void> running = session.server.neighbours.keep_running();
    if (session.filters && !transaction.discarded_by_filter) session.filters->lend();
    queue::CleanupOutcome outcome = co_await message.finish(session.server.cleanup_timeout);
    if (session.filters && !transaction.discarded_by_filter)
        session.filters->take_back(outcome.filter_states);
    std::string taken = "Ok: ";
    if (session.chunks != Session::Chunks::none)
        taken += std::to_string(transaction.content_size) + " bytes ";
    taken += "queued as " + message.queue_id();
    session.end_transaction();
    co_return judge(session, outcome, taken);
}

}  // namespace postrider::smtpd
