// services/postscreen/smtp_engine.cc - the built-in SMTP server.
//
// RFC 5321 as far as RCPT TO, which is always refused.  Tests after the greeting pass at the first RCPT TO:
// by then a client has shown how it talks.
#include "services/postscreen/smtp_engine.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/ehlo_keywords.h"
#include "lib/mail/header.h"
#include "services/postscreen/reply.h"
#include "services/postscreen/tls.h"

namespace postrider::postscreen {

namespace {

constexpr const char* phase = "tests after SMTP handshake";
constexpr std::size_t shown_input = 100;
constexpr const char* later = "450 4.3.2 Service currently unavailable\r\n";
constexpr const char* dropped = "521 5.5.1 Protocol error\r\n";
constexpr const char* refused = "550 5.5.1 Protocol error\r\n";

// What the client has said so far.
struct Dialogue {
    explicit Dialogue(Session& with) : session(with) {}
    Session& session;
    std::string where = "CONNECT";  // the last command
    std::string helo;
    const char* protocol = "SMTP";
    std::optional<std::string> sender;
    int commands = 0;
    unsigned offered = 0;
    bool starts_tls = false;  // with the reply at hand
    bool open = true;

    void drop(std::string reply) {
        session.drop(std::move(reply));
        open = false;
    }
    // A test failed for the first time.
    void fail(Test test, const std::string& reply_dropped) {
        open = session.fail(test, reply_dropped, refused) && open;
    }
};

struct Command {
    std::string verb;  // as written
    std::string rest;
    std::vector<std::string> words() const { return split_words(rest, " "); }
};

std::string_view without_leading_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

// Compat: only blanks stand around a verb; "DATA<tab>" is another one.
Command parse(std::string_view line) {
    const std::string_view text = without_leading_blanks(line);
    const std::size_t end = std::min(text.find(' '), text.size());
    return {std::string(text.substr(0, end)), std::string(trim(text.substr(end)))};
}

std::string service_unavailable(const Dialogue& dialogue) {
    return "421 " + dialogue.session.screen.hostname + " Service unavailable - try again later\r\n";
}

// ---- commands: each returns its reply, or drops the client ----

using Answer = std::string (*)(Dialogue& dialogue, const Command& command);

std::string helo(Dialogue& dialogue, const Command& command) {
    if (command.rest.empty()) return "501 Syntax: HELO hostname\r\n";
    dialogue.helo = printable(command.words().front());
    // Compat: a client that has said EHLO once stays an ESMTP client for the log.
    dialogue.sender.reset();
    return "250 " + dialogue.session.screen.hostname + "\r\n";
}

std::string ehlo_reply(const Screen& screen, unsigned offered) {
    const auto line_of = [&screen](unsigned bit) {
        const bool with_limit = bit == mail::extension::size && screen.size_limit > 0;
        return with_limit ? "SIZE " + std::to_string(screen.size_limit) : std::string();
    };
    std::vector<std::string> lines = mail::ehlo_lines(offered, line_of);
    lines.insert(lines.begin(), screen.hostname);
    std::string reply;
    for (std::size_t i = 0; i < lines.size(); ++i)
        reply += (i + 1 < lines.size() ? "250-" : "250 ") + lines[i] + "\r\n";
    return reply;
}

std::string ehlo(Dialogue& dialogue, const Command& command) {
    if (command.rest.empty()) return "501 Syntax: EHLO hostname\r\n";
    dialogue.helo = printable(command.words().front());
    dialogue.sender.reset();
    dialogue.protocol = "ESMTP";
    const Screen& screen = dialogue.session.screen;
    return ehlo_reply(screen, dialogue.offered);
}

// The address in "FROM:<address> options", in internal form; nothing when there is no colon.
// Compat: any text will do, as in Postfix: no mail is taken, and the address is for the log.
std::optional<std::string> parse_path(const std::string& rest) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string::npos) return std::nullopt;
    std::string_view text = without_leading_blanks(std::string_view(rest).substr(colon + 1));
    const bool bracketed = text.starts_with('<');
    const std::string_view word = text.substr(0, text.find(' '));
    const bool usual = bracketed ? text.find('>') != std::string_view::npos
                                 : word.find_first_of("\t>") == std::string_view::npos;
    std::optional<mail::PathArgument> parsed;
    if (usual) parsed = mail::parse_path(text, false);
    if (parsed && (bracketed || !parsed->address.empty())) return parsed->address;
    if (bracketed) text.remove_prefix(1);
    const std::size_t end = text.find(bracketed ? '>' : ' ');
    return std::string(text.substr(0, end));
}

std::string mail_from(Dialogue& dialogue, const Command& command) {
    if (dialogue.helo.empty() && dialogue.session.screen.helo_required)
        return "503 5.5.1 Error: send HELO/EHLO first\r\n";
    if (dialogue.sender) return "503 5.5.1 Error: nested MAIL command\r\n";
    const auto path = parse_path(command.rest);
    if (!path) return "501 5.5.4 Syntax: MAIL FROM:<address>\r\n";
    dialogue.sender = *path;
    return "250 2.1.0 Ok\r\n";
}

std::string shown(const Dialogue& dialogue, const std::string& internal) {
    const Screen& screen = dialogue.session.screen;
    const std::string text = screen.external_addresses ? mail::quote_address(internal) : internal;
    return screen.utf8 ? text : printable(text, '?', true);
}

std::string rcpt_to(Dialogue& dialogue, const Command& command) {
    if (!dialogue.sender) return "503 5.5.1 Error: need MAIL command\r\n";
    const auto path = parse_path(command.rest);
    if (!path) return "501 5.5.4 Syntax: RCPT TO:<address>\r\n";
    const Session& session = dialogue.session;
    const std::string reply = session.screen.soft_bounce ? softened(session.rcpt_reply) : session.rcpt_reply;
    log::info("NOQUEUE: reject: RCPT from {}: {}; from=<{}>, to=<{}>, proto={}, helo=<{}>", session.label,
              trim_right(reply), shown(dialogue, *dialogue.sender), shown(dialogue, *path), dialogue.protocol,
              dialogue.helo);
    return reply;
}

// Who sends content after all recipients were refused does not listen.
std::string data(Dialogue& dialogue, const Command& command) {
    log::info("DATA without valid RCPT from {}", dialogue.session.label);
    if (!command.rest.empty())
        dialogue.drop("501 5.5.4 Syntax: DATA\r\n");
    else if (!dialogue.sender)
        dialogue.drop("503 5.5.1 Error: need RCPT command\r\n");
    else
        dialogue.drop("554 5.5.1 Error: no valid recipients\r\n");
    return "";
}

std::string bdat(Dialogue& dialogue, const Command& command) {
    log::info("BDAT without valid RCPT from {}", dialogue.session.label);
    if (command.rest.empty())
        dialogue.drop("501 5.5.4 Syntax: BDAT count [LAST]\r\n");
    else if (!dialogue.sender)
        dialogue.drop("554 5.5.1 Error: need MAIL command\r\n");
    else
        dialogue.drop("554 5.5.1 Error: no valid recipients\r\n");
    return "";
}

std::string rset(Dialogue& dialogue, const Command&) {
    dialogue.sender.reset();
    return "250 2.0.0 Ok\r\n";
}

std::string noop(Dialogue&, const Command&) {
    return "250 2.0.0 Ok\r\n";
}

std::string vrfy(Dialogue& dialogue, const Command& command) {
    if (command.rest.empty()) return "501 5.5.4 Syntax: VRFY address\r\n";
    if (dialogue.session.screen.vrfy_disabled) return "502 5.5.1 VRFY command is disabled\r\n";
    return dialogue.session.rcpt_reply;
}

std::string etrn(Dialogue& dialogue, const Command& command) {
    if (dialogue.helo.empty() && dialogue.session.screen.helo_required)
        return "503 5.5.1 Error: send HELO/EHLO first\r\n";
    if (command.rest.empty()) return "500 Syntax: ETRN domain\r\n";
    return "458 Unable to queue messages\r\n";
}

std::string starttls(Dialogue& dialogue, const Command& command) {
    const Session& session = dialogue.session;
    // Compat: Postfix names the other command.
    if (!command.rest.empty()) return "501 Syntax: EHLO hostname\r\n";
    if (session.encrypted) return "554 5.5.1 Error: TLS already active\r\n";
    if ((dialogue.offered & mail::extension::starttls) == 0)
        return "502 5.5.1 Error: command not implemented\r\n";
    if (!session.screen.tls->ready()) return "454 4.7.0 TLS not available due to local problem\r\n";
    dialogue.starts_tls = true;
    return "220 2.0.0 Ready to start TLS\r\n";
}

std::string quit(Dialogue& dialogue, const Command&) {
    dialogue.drop("221 2.0.0 Bye\r\n");
    return "";
}

// Compat: what smtpd(8) may know is no talk of another protocol.
std::string not_here(Dialogue&, const Command&) {
    return "502 5.5.2 Error: command not recognized\r\n";
}

struct Row {
    const char* name;
    Answer answer;
    bool has_payload = false;  // what follows the line is not the next command
    bool without_tls = false;  // also where TLS is mandatory and has not begun
};
constexpr Row rows[] = {
    {"HELO", helo, false, true},
    {"EHLO", ehlo, false, true},
    {"STARTTLS", starttls, false, true},
    {"MAIL", mail_from},
    {"RCPT", rcpt_to},
    {"DATA", data},
    {"BDAT", bdat, true},
    {"RSET", rset},
    {"NOOP", noop, false, true},
    {"VRFY", vrfy},
    {"ETRN", etrn},
    {"AUTH", not_here, false, true},
    {"XCLIENT", not_here, false, true},
    {"XFORWARD", not_here, false, true},
    {"QUIT", quit, false, true},
};

const Row* find_row(const std::string& verb) {
    for (const Row& row : rows)
        if (equals_ignoring_case(verb, row.name)) return &row;
    return nullptr;
}

// ---- the tests ----

void watch_line_end(Dialogue& dialogue, const std::string& line) {
    Session& session = dialogue.session;
    if (session.stream.line_had_cr() || !session.tests.watches(Test::bare_newline)) return;
    log::info("BARE NEWLINE from {} after {}", session.label, escape_controls(line).substr(0, shown_input));
    dialogue.fail(Test::bare_newline, dropped);
}

Task<> watch_verb(Dialogue& dialogue, const Command& command) {
    Session& session = dialogue.session;
    if (!session.tests.watches(Test::non_smtp_command)) co_return;
    bool foreign = mail::header_name_length(command.verb) > 0;
    if (!foreign) {
        // Tables are not asked for what is no UTF-8; patterns match what stands for it.
        std::string verb = printable(command.verb);
        const tables::Match match = co_await session.screen.forbidden_commands.matches(verb);
        foreign = match == tables::Match::yes;
    }
    if (!foreign) co_return;
    log::info("NON-SMTP COMMAND from {} after {}: {} {}", session.label, dialogue.where,
              command.verb.substr(0, shown_input), command.rest.substr(0, shown_input));
    dialogue.fail(Test::non_smtp_command, "521 5.7.0 Error: I can break rules, too. Goodbye.\r\n");
}

void watch_turns(Dialogue& dialogue, const Row* row, const std::string& verb) {
    Session& session = dialogue.session;
    const std::string_view early = session.stream.buffered();
    const bool has_payload = row != nullptr && row->has_payload;
    if (early.empty() || has_payload || !session.tests.watches(Test::pipelining)) return;
    log::info("COMMAND PIPELINING from {} after {}: {}", session.label, verb.substr(0, shown_input),
              escape_controls(early.substr(0, shown_input)));
    dialogue.fail(Test::pipelining, dropped);
}

// A client that comes as far as this has passed; it can still fail with a later command.
void pass_deep_tests(Session& session) {
    for (const Test test : deep_tests) {
        if (!session.tests.open(test)) continue;
        const std::int64_t ttl = session.screen.ttl[static_cast<std::size_t>(test)];
        session.tests.pass(test, session.screen.outside.now() + ttl);
    }
}

// ---- the dialogue ----

Task<std::string> filtered(const Session& session, std::string line) {
    const Screen& screen = session.screen;
    if (screen.command_filter.empty()) co_return line;
    // Compat: blanks before the verb are not shown to the tables.
    std::string key(without_leading_blanks(line));
    const tables::LookupResult found = co_await screen.command_filter.find(key);
    if (found.found == tables::Found::try_again) log::warning("postscreen_command_filter: {}", found.reason);
    if (found.found != tables::Found::yes) co_return line;
    log::info("{}: replacing command \"{}\" with \"{}\"", session.label, line, found.value);
    co_return found.value;
}

unsigned everything_offered(const Screen& screen) {
    unsigned offered = mail::extension::size | mail::extension::vrfy | mail::extension::etrn |
                       mail::extension::enhanced_status | mail::extension::eight_bit_mime |
                       mail::extension::dsn | mail::extension::chunking;
    // Compat: what is offered follows smtpd's parameter, what is refused postscreen's own.
    if (screen.vrfy_hidden) offered &= ~mail::extension::vrfy;
    if (screen.utf8) offered |= mail::extension::smtputf8;
    if (screen.tls) offered |= mail::extension::starttls;
    return offered;
}

// Compat: what is not announced is decided, and told, with each EHLO; before it everything is there.
Task<> choose_offer(Dialogue& dialogue) {
    const Session& session = dialogue.session;
    const Screen& screen = session.screen;
    unsigned discarded = screen.discarded_keywords;
    if (!screen.discard_maps.empty()) {
        std::string address = session.address;
        const tables::LookupResult found = co_await screen.discard_maps.find(address);
        if (found.found == tables::Found::yes) {
            discarded = mail::parse_ehlo_keywords(found.value);
            // Compat: only what a table says is told, in this form.
            const std::string names = mail::discarded_keyword_names(discarded);
            if (!names.empty())
                log::info("[{}]{}: discarding EHLO keywords: {}", session.address,
                          session.endpoints.client.port(), names);
        }
        if (found.found == tables::Found::try_again)
            log::warning("postscreen_discard_ehlo_keyword_address_maps: {}", found.reason);
    }
    if (session.encrypted) discarded |= mail::extension::starttls;
    dialogue.offered = everything_offered(screen) & ~discarded;
}

// Answers one line; "" when the session is over.
Task<std::string> answer(Dialogue& dialogue, std::string received) {
    Session& session = dialogue.session;
    // Compat: what follows a NUL is not looked at.
    received.resize(std::min(received.find('\0'), received.size()));
    watch_line_end(dialogue, received);
    if (!dialogue.open) co_return "";
    const std::string line = co_await filtered(session, received);
    const Command command = parse(line);
    const Row* row = find_row(command.verb);
    if (row == nullptr) co_await watch_verb(dialogue, command);
    if (dialogue.open) watch_turns(dialogue, row, command.verb);
    if (!dialogue.open) co_return "";
    if (row != nullptr && row->answer == rcpt_to) pass_deep_tests(session);
    const bool leaving = row != nullptr && row->answer == quit;
    if (++dialogue.commands > session.screen.command_limit && !leaving) {
        log::info("COMMAND COUNT LIMIT from {} after {}", session.label, dialogue.where);
        dialogue.drop(service_unavailable(dialogue));
        co_return "";
    }
    const char* other = equals_ignoring_case(command.verb, "AUTH") ? "AUTH" : "UNIMPLEMENTED";
    dialogue.where = row != nullptr ? row->name : other;
    if (row == nullptr) co_return "502 5.5.2 Error: command not recognized\r\n";
    if (!row->without_tls && session.screen.tls_level == daemon::TlsLevel::encrypt && !session.encrypted)
        co_return "530 5.7.0 Must issue a STARTTLS command first\r\n";
    if (row->answer == ehlo && !command.rest.empty()) co_await choose_offer(dialogue);
    co_return row->answer(dialogue, command);
}

// RFC 3207 4.2: what was said in plain text may have been said by somebody else.
Task<> encrypt(Dialogue& dialogue) {
    Session& session = dialogue.session;
    dialogue.starts_tls = false;
    co_await session.stream.flush();
    const bool done = co_await start_tls(session);
    if (!done) throw async::PeerGone(async::PeerGone::Why::end_of_file);
    dialogue.offered &= ~mail::extension::starttls;
    dialogue.helo.clear();
    dialogue.sender.reset();
    session.stream.set_timeout(session.screen.limits().command_time);
}

Task<> talk(Dialogue& dialogue) {
    Session& session = dialogue.session;
    session.stream.set_timeout(session.screen.limits().command_time);
    // A client that has spoken already is in no need of a greeting: it would take it for the reply.
    if (!session.tests.failed(Test::pregreet)) session.stream.put(session.screen.greeting);
    while (dialogue.open) {
        co_await session.stream.flush();
        const std::string line = co_await session.stream.read_line(session.screen.line_limit);
        if (session.stream.line_was_cut()) {
            log::info("COMMAND LENGTH LIMIT from {} after {}", session.label, dialogue.where);
            dialogue.drop(service_unavailable(dialogue));
            co_return;
        }
        const std::string reply = co_await answer(dialogue, line);
        session.stream.set_timeout(session.screen.limits().command_time);
        if (dialogue.open) co_await session.put(reply);
        if (dialogue.starts_tls) co_await encrypt(dialogue);
    }
}

}  // namespace

Task<> converse(Session& session) {
    Dialogue dialogue(session);
    session.kept = true;
    session.began = async::Clock::now();
    if (session.rcpt_reply.empty()) session.rcpt_reply = later;
    // Compat: where this server must be used anyway, all its tests are made, for the log.
    if (session.tests.any_failure()) session.tests.add_deep_tests();
    dialogue.offered = everything_offered(session.screen);
    bool timed_out = false;
    try {
        co_await talk(dialogue);
    } catch (const async::PeerGone& gone) {
        timed_out = gone.why == async::PeerGone::Why::timed_out;
        if (!timed_out) session.note_hangup(phase);
    }
    if (!timed_out) co_return;
    log::info("COMMAND TIME LIMIT from {} after {}", session.label, dialogue.where);
    session.drop("421 4.4.2 " + session.screen.hostname + " Error: timeout exceeded\r\n");
}

}  // namespace postrider::postscreen
