// smtpd/session.cc - one client from greeting to QUIT.
#include "smtpd/session.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/deadline.h"
#include "smtpd/greeting.h"
#include "smtpd/milters.h"
#include "smtpd/postmaster_notice.h"
#include "smtpd/reply_rules.h"
#include "smtpd/tls.h"
#include "smtpd/upstream_proxy.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

constexpr std::size_t shown_input = 100;
constexpr std::size_t shown_long_line = 30;
constexpr int pieces_per_turn = 256;  // of an endless line
constexpr std::size_t long_line = 4096;

// A command line, or so much of one that the rest can be read when it comes, has arrived.
bool line_is_there(const Session& session) {
    const std::string_view bytes = session.stream.buffered();
    return bytes.find('\n') != std::string_view::npos ||
           bytes.size() > std::min(session.server.line_limit + 2, long_line);
}

// Takes the command line; what is beyond the limit is dropped.
Task<std::string> take_line(Session& session) {
    std::string line = co_await session.stream.read_line(session.server.line_limit);
    session.is_too_long(line, session.server.line_limit);
    for (int pieces = 1; session.stream.line_was_cut(); ++pieces) {
        const std::string dropped = co_await session.stream.read_line(session.server.line_limit);
        if (pieces % pieces_per_turn == 0) co_await next_turn();
    }
    // Compat: what follows a NUL is not looked at.
    line.resize(std::min(line.find('\0'), line.size()));
    co_return line;
}

// smtpd_command_filter: a table may put another command in the place of this one.
Task<std::string> filter_command(const Session& session, std::string line) {
    if (session.server.command_filter.empty()) co_return line;
    std::string key = line;
    const tables::LookupResult found = co_await session.server.command_filter.find(key);
    if (found.found != tables::Found::yes) co_return line;
    log::info("{}: replacing command \"{}\" with \"{}\"", session.client_label(), line.substr(0, shown_input),
              found.value.substr(0, shown_input));
    co_return found.value;
}

// Commands that come before the client has seen our answer: RFC 2920 3.1.
void note_early_talk(Session& session, const VerbRow& row) {
    if (session.stand_alone() || session.illegal_pipelining) return;
    if (session.is_esmtp() && !row.ends_group) return;
    if (!session.stream.input_waiting()) return;
    session.illegal_pipelining = true;
    log::info("improper command pipelining after {} from {}: {}", row.name, session.client_label(),
              escape_controls(session.stream.buffered().substr(0, shown_input)));
}

// Not even the greeting has been waited for.
void note_talk_before_greeting(Session& session) {
    if (session.stand_alone() || session.in_tls() || !session.stream.input_waiting()) return;
    if (session.stream.buffered().empty() && session.stream.try_fill() <= 0) return;
    session.illegal_pipelining = true;
    log::info("improper command pipelining after {} from {}: {}", session.where, session.client_label(),
              escape_controls(session.stream.buffered().substr(0, shown_input)));
}

bool is_talk_of_another_protocol(const Command& command) {
    return looks_like_header(command.line);
}

Task<bool> is_forbidden(const Session& session, const Command& command) {
    if (is_talk_of_another_protocol(command)) co_return true;
    std::string word = command.verb;
    const tables::Match match = co_await session.server.forbidden_commands.matches(word);
    co_return match == tables::Match::yes;
}

Task<bool> is_noop(const Session& session, const Command& command) {
    if (session.server.noop_commands.empty()) co_return false;
    std::string word = command.verb;
    const tables::Match match = co_await session.server.noop_commands.matches(word);
    co_return match == tables::Match::yes;
}

void count_junk(Session& session) {
    if (session.junk++ > session.limits.junk_limit) ++session.errors;
}

Task<Reply> answer_unknown(Session& session, const Command& command) {
    session.where = "UNKNOWN";
    session.statistics.started(Verb::unknown);
    const bool forbidden = co_await is_forbidden(session, command);
    if (forbidden) {
        log::warning("non-SMTP command from {}: {}", session.client_label(),
                     escape_controls(std::string_view(command.line).substr(0, shown_input)));
        co_return Reply(221, "2.7.0", "Error: I can break rules, too. Goodbye.").count_as(false).and_close();
    }
    if (!session.refused->empty()) co_return refusal_of_everything(session);
    // Compat: filters hear the first word only.
    std::string word = command.line.substr(0, command.line.find_first_of(" \t"));
    Reply refusal = co_await milter_unknown(session, word);
    if (!refusal.empty()) co_return refusal;
    co_return Reply(500, "5.5.2", "Error: command not recognized");
}

Task<Reply> answer_known(Session& session, const VerbRow& row, const Command& command) {
    session.statistics.started(row.verb);
    const bool leaving = row.verb == Verb::quit;
    if (!session.refused->empty() && !leaving) co_return refusal_of_everything(session);
    if (mail_needs_tls(session) && !row.without_tls)
        co_return Reply(530, "5.7.0", "Must issue a STARTTLS command first");
    session.where = row.name.data();
    note_early_talk(session, row);
    if (session.illegal_pipelining && session.server.forbid_early_talk)
        co_return Reply(554, "5.5.0", "Error: SMTP protocol synchronization").and_close();
    Reply reply = co_await row.answer(session, command);
    if (reply.counts_as_success()) session.statistics.succeeded(row.verb);
    co_return reply;
}

// Answers one line: the whole order of things between reading and replying.
Task<Reply> answer(Session& session, const std::string line) {
    if (session.reject_bare_newlines && !session.stream.line_had_cr()) {
        session.bare_newlines = true;
        const Reply refusal = bare_newline_refusal(session);
        log::info("{}: reject: bare <LF> after {} from {}", session.queue_id(), session.where,
                  session.client_label());
        co_return Reply(refusal).and_close();
    }
    if (session.notes_bare_newlines && !session.stream.line_had_cr()) session.bare_newlines = true;
    if (session.server.utf8 && !is_valid_utf8(line)) co_return Reply(500, "5.5.2", "Error: bad UTF-8 syntax");
    const auto command = parse_command(line);
    if (!command) co_return Reply(500, "5.5.2", "Error: bad syntax");
    const bool noop = co_await is_noop(session, *command);
    if (noop) {
        count_junk(session);
        co_return Reply(250, "2.0.0", "Ok");
    }
    const VerbRow* row = find_verb(command->verb);
    if (row == nullptr) {
        Reply unknown = co_await answer_unknown(session, *command);
        co_return unknown;
    }
    Reply reply = co_await answer_known(session, *row, *command);
    if (row->junk) count_junk(session);
    co_return reply;
}

// What comes before the first command.  False: the client is not welcome.
Task<bool> welcome(Session& session) {
    Reply banner;
    if (session.server.tls_wrapper && !session.stand_alone()) banner = co_await start_wrapped(session);
    if (banner.empty()) banner = co_await limit_connections(session);
    if (banner.empty()) banner = co_await greet(session);
    note_talk_before_greeting(session);
    if (!banner.silent()) co_await session.send(banner);
    co_return !banner.ends_session();
}

// One command and its reply.  False: the session ends.
Task<bool> serve_command(Session& session) {
    std::string received = co_await take_line(session);
    record_command(session, received);
    std::string line = co_await filter_command(session, received);
    Reply reply = co_await answer(session, line);
    if (!reply.silent()) co_await session.send(reply);
    if (!reply.counts_as_success()) ++session.errors;
    const bool open = !reply.ends_session();
    if (open) co_await flush_transcript(session);
    co_return open;
}

Task<> send_away(Session& session) {
    Reply enough(421, "4.7.0", session.server.hostname + " Error: too many errors");
    co_await session.send_and_flush(enough);
}

Task<> say_timeout(Session& session) {
    Reply reply(421, "4.4.2", session.server.hostname + " Error: timeout exceeded");
    session.stream.set_timeout(std::chrono::seconds(5));
    try {
        co_await session.send_and_flush(reply);
    } catch (const async::PeerGone&) {
        // It has not heard us, and will not.
    }
}

Task<> end_tls(Session& session) {
    session.stream.set_idle_timeout(async::Duration::zero());
    session.stream.set_timeout(std::chrono::seconds(5));
    co_await session.server.tls->end(session.stream);
}

void log_end(const Session& session, std::string_view why) {
    // Compat: after a message most clients leave without a word; that is not worth a line.
    const bool just_left = why == "lost connection" && std::string_view(session.where) == "END-OF-MESSAGE";
    if (why.empty() || just_left) return;
    if (session.receiving)
        log::info("{} after {} ({} bytes) from {}", why, session.where, session.transaction->content_size,
                  session.client_label());
    else
        log::info("{} after {} from {}", why, session.where, session.client_label());
}

struct Ending {
    const char* why = "";  // "" when the client said goodbye, or was turned away
    bool timed_out = false;
    bool broken = false;
};

// The dialogue.  Pipelined commands get their replies in one piece: what has been said is sent when there is
// nothing more to read at once.  Sessions that are idle wait in this frame and the one below it, serve(), and
// in no other: there are thousands of them.
Task<Ending> run(Session& session) {
    Ending ending;
    try {
        bool open = co_await welcome(session);
        while (open && session.errors < session.limits.hard_error_limit) {
            set_command_deadline(session);
            if (!line_is_there(session)) {
                co_await session.stream.flush();
                set_command_deadline(session);
            }
            while (!line_is_there(session)) {
                const int got = session.stream.try_fill();
                if (got == 0) throw async::PeerGone(async::PeerGone::Why::end_of_file);
                if (got > 0) continue;
                if (got == async::Transport::want_write) {
                    co_await session.stream.wait_for(got);
                    continue;
                }
                const async::Ready ready = co_await session.stream.ready_to_read();
                if (ready == async::Ready::timed_out) throw async::PeerGone(async::PeerGone::Why::timed_out);
            }
            open = co_await serve_command(session);
        }
        if (open) {
            co_await send_away(session);
            ending.why = "too many errors";
        } else {
            co_await session.stream.flush();
        }
    } catch (const async::PeerGone& gone) {
        ending.timed_out = gone.why == async::PeerGone::Why::timed_out;
        ending.why = ending.timed_out ? "timeout" : "lost connection";
    } catch (const async::Cancelled&) {
        throw;
    } catch (const std::exception& failure) {
        log::warning("session with {}: {}", session.client_label(), failure.what());
        ending.broken = true;
    }
    co_return ending;
}

// Who the client is, and what it may do.  False: it has been turned away.
Task<bool> receive(Session& session, bool on_standard_input) {
    const bool known = co_await hear_proxy(session);
    co_await identify(session, on_standard_input);
    session.endpoints.reset();
    log::info("connect from {}", session.client_label());
    if (known)
        co_await choose_rights(session);
    else
        co_await turn_away(session);
    co_return known;
}

Task<> take_leave(Session& session, Ending ending) {
    if (ending.timed_out) co_await say_timeout(session);
    log_end(session, ending.why);
    // Mail filters hear of a message that was not finished, and of the end.
    session.end_transaction();
    session.filters.reset();
    const bool orderly = *ending.why == '\0' && !ending.broken;
    if (session.tls && orderly) co_await end_tls(session);
    co_await forget_connection(session);
    std::string why = ending.why;
    co_await tell_postmaster(session, std::move(why));
    log::info("disconnect from {}{}{}", session.client_label(), session.statistics.text(),
              session.bare_newlines ? " notes=bare_lf" : "");
}

}  // namespace

const std::string& Session::queue_id() const {
    static const std::string none = "NOQUEUE";
    return transaction && transaction->message ? transaction->message->queue_id() : none;
}

void Session::end_transaction() {
    milter_abort(*this);
    transaction.reset();
    refused_size = 0;
    chunks = Chunks::none;
    forwarded.reset();
}

bool Session::is_too_long(const std::string& line, std::size_t limit) const {
    const std::size_t carriage_return = stream.line_had_cr() ? 1 : 0;
    if (!stream.line_was_cut() && line.size() + carriage_return <= limit) return false;
    log::warning("{}: request longer than {}: {}...", client_label(), limit,
                 escape_controls(std::string_view(line).substr(0, shown_long_line)));
    return true;
}

Task<> Session::send(Reply reply) {
    if (server.soft_bounce) reply.soften();
    if (reply.is_error()) co_await complete_refusal(*this, reply);
    // Slow down who makes errors; everything said before must not wait as well.
    if (errors >= server.soft_error_limit && server.error_delay.count() > 0) {
        co_await stream.flush();
        co_await async::sleep_for(server.error_delay);
    }
    record_reply(*this, reply);
    stream.put(reply.wire());
}

Task<> Session::send_and_flush(Reply reply) {
    co_await send(reply);
    stream.set_timeout(limits.timeout);
    co_await stream.flush();
}

void Session::log_event(std::string_view what, std::string_view text, const std::string* sender,
                        const std::string* recipient) const {
    std::string line = queue_id() + ": " + std::string(what) + ": " + where + " from " + client_label() +
                       ": " + std::string(text) + ";" + facts(sender, recipient);
    log::info("{}", line);
}

std::string Session::facts(const std::string* sender, const std::string* recipient) const {
    std::string line;
    if (sender != nullptr) line += " from=<" + mail::quote_address(*sender) + ">";
    if (recipient != nullptr) line += " to=<" + mail::quote_address(*recipient) + ">";
    line += " proto=" + protocol();
    if (!helo_name.empty()) line += " helo=<" + helo_name + ">";
    if (!login->user.empty()) line += " sasl_username=<" + login->user + ">";
    return line;
}

Reply Session::rejected(Reply reply, const std::string* sender, const std::string* recipient) const {
    if (server.soft_bounce) reply.soften();
    log_event("reject", reply.line(), sender, recipient);
    return reply;
}

Task<> serve(const Server& server, Limits limits, async::Stream stream, std::string service,
             bool on_standard_input, OnDemand<daemon::Endpoints> endpoints) {
    Session session(server, limits, stream, service);
    session.endpoints = std::move(endpoints);
    const bool known = co_await receive(session, on_standard_input);
    Ending ending;
    if (known) ending = co_await run(session);
    co_await take_leave(session, ending);
}

}  // namespace postrider::smtpd
