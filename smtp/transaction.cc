// smtp/transaction.cc - one message over one session.
#include "smtp/transaction.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/dsn.h"
#include "lib/queue/envelope.h"

namespace postrider::smtp {

namespace {

// Commands sent ahead of replies, in bytes.  Their replies must fit into the buffers of both sides: a server
// that waits for us to read while we wait for it to read would wait forever.
constexpr std::size_t pipeline_limit = 4096;

std::string xforward_value(const std::string& value) {
    return value.empty() || value == "unknown" ? std::string("[UNAVAILABLE]") : xtext_encode(value);
}

// What the log calls a command that decides nothing.
const char* side_command(bool is_reset, bool is_name) {
    if (is_reset) return "RSET";
    return is_name ? "XFORWARD name/address command" : "XFORWARD helo/protocol command";
}

void add_attribute(std::string& command, const Session& session, const char* name, const std::string& value) {
    if (session.features().xforward.contains(name)) command += fmt::format(" {}={}", name, value);
}

}  // namespace

Transaction::Transaction(Session& session, Job& job, const GenericMap& generic, int queue_file)
    : session_(session),
      job_(job),
      generic_(generic),
      queue_file_(queue_file),
      sender_(job.request().sender),
      recipients_(job.waiting()) {}

Relay Transaction::relay() const {
    Relay relay;
    relay.text = session_.peer().with_port();
    if (session_.uses() > 1)
        relay.connection_use = std::to_string(session_.uses());
    else if (session_.tells_tls_status())
        relay.tls = session_.tls_status();
    return relay;
}

bool Transaction::needs_utf8() const {
    namespace opt = queue::sendopt;
    const int options = job_.request().sendopts;
    return (options & opt::smtputf8_requested) != 0 &&
           (options & (opt::smtputf8_header | opt::smtputf8_sender | opt::smtputf8_recipient)) != 0;
}

bool Transaction::converts_to_7bit() const {
    // What the message said of itself counts, except when the client promised seven bits.
    return job_.request().encoding != "7bit" && !session_.features().eightbit &&
           !job_.options().disable_mime_output_conversion;
}

Task<TransactionEnd> Transaction::run() {
    session_.begin_use(job_.request().queue_id, job_.is_notification());
    const bool first_use = session_.uses() == 1;
    std::optional<async::PeerGone::Why> why;
    try {
        co_await converse();
    } catch (const async::PeerGone& peer_gone) {
        why = peer_gone.why;
    }
    if (!why) co_return TransactionEnd::judged;
    session_.forbid_reuse();
    if (session_.table_failed()) {
        co_await job_.fail_waiting(local_data_error(session_.peer()), relay(), Blame::message);
        co_return TransactionEnd::judged;
    }
    // A server may have ended the session while it was kept.  The message is sent again over a new one, as
    // long as nothing of it can have been accepted.
    if (!first_use && !answered_) co_return TransactionEnd::stale;
    Failure failure = gone(session_.peer(), *why, session_.doing());
    if (session_.tls() && session_.may_retry_in_clear() && !job_.waiting().empty()) {
        job_.keep_waiting(std::move(failure), relay());
        co_return TransactionEnd::lost_in_tls;
    }
    co_await job_.fail_waiting(std::move(failure), relay(), Blame::destination);
    co_return TransactionEnd::judged;
}

Task<> Transaction::converse() {
    co_await check_message();
    if (given_up_) co_return;
    co_await map_addresses();
    if (given_up_) co_return;
    co_await send_envelope();
    if (data_accepted_) co_await send_message();
}

// What the server cannot take need not be tried.
Task<> Transaction::check_message() {
    const Features& features = session_.features();
    const std::string server = session_.peer().name_and_address();
    Failure failure;
    if (const auto objection = require_tls_objection()) {
        failure = *objection;
    } else if (needs_utf8() && !features.smtputf8)
        failure = local_failure("5.6.7",
                                fmt::format("SMTPUTF8 is required, but was not offered by host {}", server));
    else if (features.size_limit > 0 && job_.request().data_size > features.size_limit) {
        failure = local_failure("5.3.4", fmt::format("message size {} exceeds size limit {} of server {}",
                                                     job_.request().data_size, features.size_limit, server));
        // Compat: Postfix leaves without a word.
        session_.forbid_reuse();
        session_.stream().close();
    } else
        co_return;
    given_up_ = true;
    co_await job_.fail_waiting(std::move(failure), relay(), Blame::message);
}

// RFC 8689 4.2.1: such mail goes only to a server that proved who it is, was found without trusting DNS
// blindly, and promises the same.  Another host of the destination may be such a server.
std::optional<Failure> Transaction::require_tls_objection() const {
    if (session_.tls_policy().require_tls != RequireTls::enforce) return std::nullopt;
    const TlsLevel level = session_.tls_policy().level;
    const bool is_known =
        level == TlsLevel::dane || level == TlsLevel::secure || level == TlsLevel::fingerprint;
    Failure failure;
    failure.this_server_only = true;
    if (!session_.tls() || !session_.tls()->identified || !is_known) {
        failure.status = "5.7.10";
        failure.reason =
            fmt::format("REQUIRETLS asks for an authenticated server, but host {} was not verified",
                        session_.peer().name_and_address());
    } else if (!session_.features().requiretls) {
        failure.status = "5.7.30";
        failure.reason = fmt::format("REQUIRETLS is required, but was not offered by host {}",
                                     session_.peer().name_and_address());
    } else {
        return std::nullopt;
    }
    return failure;
}

Task<> Transaction::map_addresses() {
    std::string problem;
    Result<std::string> sender = co_await generic_.map(sender_);
    if (sender)
        sender_ = *sender;
    else
        problem = sender.error();
    for (const std::size_t index : recipients_) {
        if (!problem.empty()) break;
        std::string address = job_.recipient(index).recipient;
        Result<std::string> mapped = co_await generic_.map(std::move(address));
        if (mapped)
            recipient_addresses_.push_back(*mapped);
        else
            problem = mapped.error();
    }
    if (problem.empty()) co_return;
    given_up_ = true;
    log::warning("{}: {}", job_.request().queue_id, problem);
    Failure failure = local_data_error(session_.peer());
    co_await job_.fail_waiting(std::move(failure), relay(), Blame::message);
}

std::string Transaction::path(const std::string& address) const {
    return job_.options().quote_rfc821_envelope ? mail::quote_address(address) : address;
}

std::string Transaction::xforward_name() const {
    const delivery::Request& request = job_.request();
    std::string command = "XFORWARD";
    add_attribute(command, session_, "NAME", xforward_value(request.log_client_name));
    const auto address = SocketAddress::from_ip(request.log_client_address);
    add_attribute(command, session_, "ADDR", address ? address->literal() : "[UNAVAILABLE]");
    add_attribute(command, session_, "PORT", xforward_value(request.log_client_port));
    return command.find('=') == std::string::npos ? "" : command;
}

std::string Transaction::xforward_protocol() const {
    const delivery::Request& request = job_.request();
    std::string command = "XFORWARD";
    add_attribute(command, session_, "PROTO", xforward_value(request.log_protocol_name));
    add_attribute(command, session_, "HELO", xforward_value(request.log_helo_name));
    add_attribute(command, session_, "IDENT", xforward_value(request.log_ident));
    add_attribute(command, session_, "SOURCE", request.rewrite_context == "local" ? "LOCAL" : "REMOTE");
    return command.find('=') == std::string::npos ? "" : command;
}

std::string Transaction::mail_command() const {
    const delivery::Request& request = job_.request();
    const Features& features = session_.features();
    std::string command = fmt::format("MAIL FROM:<{}>", path(sender_));
    // Compat: Postfix does not tell the size of what it converts.
    if (features.size && !converts_to_7bit()) command += fmt::format(" SIZE={}", request.data_size);
    if (features.eightbit && request.encoding == "8bit") command += " BODY=8BITMIME";
    if (features.eightbit && request.encoding == "7bit") command += " BODY=7BIT";
    if (features.dsn) {
        if (!request.envelope_id.empty()) command += " ENVID=" + xtext_encode(request.envelope_id);
        if (const std::string word = mail::ret_word(request.ret_flags); !word.empty())
            command += " RET=" + word;
    }
    if (features.smtputf8 && (request.sendopts & queue::sendopt::smtputf8_requested) != 0)
        command += " SMTPUTF8";
    if (features.requiretls && session_.tls() && session_.tls_policy().require_tls != RequireTls::off)
        command += " REQUIRETLS";
    if (features.auth && session_.options().send_dummy_mail_auth) command += " AUTH=<>";
    return command;
}

std::string Transaction::rcpt_command(std::size_t position) const {
    const delivery::Recipient& recipient = job_.recipient(recipients_[position]);
    std::string command = fmt::format("RCPT TO:<{}>", path(recipient_addresses_[position]));
    if (!session_.features().dsn) return command;
    command += original_recipient(recipient);
    if (const std::string words = mail::notify_words(recipient.notify_flags); !words.empty())
        command += " NOTIFY=" + words;
    return command;
}

// " ORCPT=type;address", the address as xtext, RFC 3461 4.2; "" when it is not known.
std::string Transaction::original_recipient(const delivery::Recipient& recipient) const {
    std::string original = recipient.dsn_orig_rcpt;
    if (original.empty() && !recipient.original_recipient.empty())
        original = mail::original_recipient_for(recipient.original_recipient);
    const std::size_t semicolon = original.find(';');
    if (semicolon == std::string::npos) return "";
    const std::string address = original.substr(semicolon + 1);
    const bool utf8 = equals_ignoring_case(std::string_view(original).substr(0, semicolon), "utf-8");
    return fmt::format(" ORCPT={};{}", original.substr(0, semicolon),
                       utf8 ? mail::uxtext_encode(address) : xtext_encode(address));
}

Task<> Transaction::send_envelope() {
    const Options& options = job_.options();
    if (options.send_xforward_command && !session_.features().xforward.empty()) {
        std::string name = xforward_name();
        if (!name.empty()) co_await send(Step::xforward_name, 0, std::move(name));
        std::string protocol = xforward_protocol();
        if (!protocol.empty()) co_await send(Step::xforward_protocol, 0, std::move(protocol));
    }
    if (session_.needs_reset()) co_await send(Step::reset, 0, "RSET");
    session_.set_needs_reset(true);
    std::string mail = mail_command();
    co_await send(Step::mail, 0, std::move(mail));
    for (std::size_t position = 0; position < recipients_.size() && !mail_refused_; ++position) {
        std::string rcpt = rcpt_command(position);
        co_await send(Step::rcpt, recipients_[position], std::move(rcpt));
    }
    const bool probes_rcpt = job_.is_probe() && options.address_verify_target != "data";
    if (probes_rcpt || mail_refused_) {
        co_await receive_all();
        co_return;
    }
    // Without PIPELINING it is known whether DATA has a point.
    const bool all_known = awaited_.empty();
    if (!all_known || !accepted_.empty()) co_await send(Step::data, 0, "DATA");
    co_await receive_all();
}

Task<> Transaction::send(Step step, std::size_t recipient, std::string command) {
    unflushed_ += command.size() + 2;
    session_.put(command);
    Sent sent;
    sent.step = step;
    sent.recipient = recipient;
    awaited_.push_back(sent);
    if (!session_.features().pipelining || unflushed_ > pipeline_limit) co_await receive_all();
}

Task<> Transaction::receive_all() {
    unflushed_ = 0;
    while (!awaited_.empty()) co_await receive_one();
}

Task<> Transaction::receive_one() {
    const Options& options = job_.options();
    const Sent sent = awaited_.front();
    awaited_.pop_front();
    Seconds limit = options.mail_timeout;
    std::string_view doing = "sending MAIL FROM";
    if (sent.step == Step::xforward_name || sent.step == Step::xforward_protocol) {
        limit = options.xforward_timeout;
        doing = sent.step == Step::xforward_name ? "sending XFORWARD name/address"
                                                 : "sending XFORWARD protocol/helo_name";
    } else if (sent.step == Step::reset) {
        limit = options.rset_timeout;
        doing = "sending RSET";
    } else if (sent.step == Step::rcpt) {
        limit = options.rcpt_timeout;
        doing = "sending RCPT TO";
    } else if (sent.step == Step::data) {
        limit = options.data_init_timeout;
        doing = "sending DATA command";
    }
    Reply reply = co_await session_.read_reply(limit, doing);
    // 421 instead of an answer: the kept session had ended before this message.
    if (!answered_ && session_.uses() > 1 && reply.code == 421)
        throw async::PeerGone(async::PeerGone::Why::end_of_file);
    answered_ = true;
    if (sent.step == Step::mail)
        co_await on_mail(std::move(reply));
    else if (sent.step == Step::rcpt)
        co_await on_rcpt(sent.recipient, std::move(reply));
    else if (sent.step == Step::data)
        co_await on_data(std::move(reply));
    else if (!reply.ok())
        log::warning("host {} said: {} (in reply to {})", session_.peer().with_port(), reply.text(),
                     side_command(sent.step == Step::reset, sent.step == Step::xforward_name));
}

Failure Transaction::refusal(const Reply& reply, std::string_view command) {
    session_.note_refusal(reply);
    return said(session_.peer(), reply, command);
}

Task<> Transaction::on_mail(Reply reply) {
    if (reply.ok()) co_return;
    mail_refused_ = true;
    Failure failure = refusal(reply, "MAIL FROM command");
    co_await job_.fail_waiting(std::move(failure), relay(), Blame::message);
}

Task<> Transaction::on_rcpt(std::size_t recipient, Reply reply) {
    if (mail_refused_) co_return;
    if (reply.ok()) {
        const bool stops_here = job_.is_probe() && job_.options().address_verify_target != "data";
        if (!stops_here) {
            accepted_.push_back(recipient);
            co_return;
        }
        co_await job_.succeed(recipient, std::move(reply), relay(), session_.peer(), session_.features().dsn);
        co_return;
    }
    Failure failure = refusal(reply, "RCPT TO command");
    co_await job_.fail(recipient, std::move(failure), relay());
}

Task<> Transaction::on_data(Reply reply) {
    if (reply.klass() == 3) {
        data_accepted_ = true;
        data_reply_ = std::move(reply);
        co_return;
    }
    if (accepted_.empty()) co_return;
    Failure failure = refusal(reply, "DATA command");
    co_await fail_accepted(std::move(failure), Blame::message);
}

Task<> Transaction::fail_accepted(Failure failure, Blame blame) {
    accepted_.clear();
    // Recipients that were refused have their fate already: those that wait are the accepted ones.
    co_await job_.fail_waiting(std::move(failure), relay(), blame);
}

Task<> Transaction::send_message() {
    if (job_.is_probe()) {
        // The server waits for a message that will not come: only leaving says so.
        session_.forbid_reuse();
        session_.stream().close();
        const std::vector<std::size_t> accepted = std::exchange(accepted_, {});
        for (const std::size_t index : accepted)
            co_await job_.succeed(index, data_reply_, relay(), session_.peer(), session_.features().dsn);
        co_return;
    }
    if (!accepted_.empty()) {
        ContentSource source;
        source.queue_file = queue_file_;
        source.offset = job_.request().data_offset;
        source.size = static_cast<std::size_t>(std::max<std::int64_t>(0, job_.request().data_size));
        source.to_7bit = converts_to_7bit();
        source.generic = generic_.empty() ? nullptr : &generic_;
        const OutputChecks checks(job_.options());
        source.checks = checks.empty() ? nullptr : &checks;
        source.queue_id = job_.request().queue_id;
        const ContentResult result = co_await send_content(session_, source);
        if (result.has_folded) job_.note_folded_lines();
        if (result.end != ContentEnd::complete) {
            // Half a message must not be taken for a whole one: leave without the final dot.
            session_.forbid_reuse();
            session_.stream().close();
            if (result.end == ContentEnd::corrupt) job_.verdicts().corrupt(result.reason);
            Failure failure = local_failure("4.3.0", result.reason);
            if (result.end == ContentEnd::table_error) failure = local_data_error(session_.peer());
            co_await fail_accepted(std::move(failure), Blame::message);
            co_return;
        }
    }
    co_await receive_final_replies();
}

Task<> Transaction::receive_final_replies() {
    const Options& options = job_.options();
    if (session_.delays_dot()) {
        co_await session_.flush(options.data_xfer_timeout);
        async::Event nothing;
        co_await nothing.wait(async::after(options.pix_workaround_delay_time));
    }
    constexpr std::string_view doing = "sending end of data -- message may be sent more than once";
    session_.put(".");
    session_.put_early_quit();
    const std::vector<std::size_t> accepted = accepted_;
    if (accepted.empty()) {
        // DATA had been sent ahead of the refusals of all recipients.
        const Reply ignored = co_await session_.read_reply(options.data_done_timeout, doing);
        log::debug("{} answered {} to no message", session_.peer().with_port(), ignored.code);
        session_.set_needs_reset(false);
        co_return;
    }
    Reply reply = co_await session_.read_reply(options.data_done_timeout, doing);
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        if (i > 0 && options.is_lmtp()) {
            Reply next = co_await session_.read_reply(options.data_done_timeout, doing);
            reply = std::move(next);
        }
        if (reply.ok()) {
            co_await job_.succeed(accepted[i], reply, relay(), session_.peer(), session_.features().dsn);
            continue;
        }
        Failure failure = refusal(reply, "end of DATA command");
        if (!options.is_lmtp()) {
            co_await fail_accepted(std::move(failure), Blame::message);
            break;
        }
        co_await job_.fail(accepted[i], std::move(failure), relay());
    }
    session_.set_needs_reset(false);
}

}  // namespace postrider::smtp
