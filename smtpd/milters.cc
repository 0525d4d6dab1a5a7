// smtpd/milters.cc - what mail filters hear of a session.
#include "smtpd/milters.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/address.h"
#include "lib/queue/cleanup_client.h"
#include "smtpd/milter_macros.h"
#include "smtpd/milter_parameters.h"

namespace postrider::smtpd {

namespace {

using milter::MacroValues;
using milter::Stage;

milter::FilterList parse_usual(const Settings& settings) {
    Result<milter::FilterList> filters = milter::parse_filters(settings[smtpd_milters], settings);
    if (!filters) fatal("main.cf: {}: {}", smtpd_milters.name(), filters.error());
    return std::move(*filters);
}

// The filters of this client; the error when nobody can tell.
Task<Result<milter::FilterList>> choose_filters(Session& session) {
    const MilterRules& rules = *session.server.milters;
    if (rules.by_client.empty()) co_return rules.usual;
    std::string address = session.client.address;
    const tables::LookupResult found = co_await rules.by_client.find(address);
    if (found.found == tables::Found::no) co_return rules.usual;
    if (found.found == tables::Found::try_again) co_return Error{found.reason};
    if (equals_ignoring_case(trim(found.value), "DISABLE")) co_return milter::FilterList();
    co_return milter::parse_filters(found.value, session.server.settings);
}

bool is_heard(const Session& session) {
    if (!session.filters) return false;
    return !session.in_transaction() || !session.transaction->discarded_by_filter;
}

MacroValues macro_values(const Session& session, Stage stage) {
    MacroValues values;
    for (const std::string& name : session.filters->wanted_macros(stage)) {
        std::string value = milter_macro(session, name);
        if (!value.empty()) values.insert_or_assign(name, std::move(value));
        if (!session.in_transaction()) continue;
        const auto known = session.transaction->filter_macros.find(name);
        if (known != session.transaction->filter_macros.end()) values.insert_or_assign(name, known->second);
    }
    return values;
}

// {mail_addr}, {mail_host}, {mail_mailer}, and those of a recipient: where mail for the address would go.
Task<> add_address_macros(Session& session, std::string prefix, std::string address, Stage stage,
                          MacroValues& known) {
    const auto wanted = session.filters->wanted_macros(stage);
    const std::string names[] = {prefix + "_addr", prefix + "_host", prefix + "_mailer"};
    for (const std::string& name : names) known.erase(name);
    known[names[0]] = mail::quote_address(address);
    const bool resolves = wanted.contains(names[0]) || wanted.contains(names[1]) || wanted.contains(names[2]);
    if (!resolves) co_return;
    const bool null_address = address.empty();
    // The way rewriting completes it.
    if (!null_address && address.find('@') == std::string::npos)
        address += "@" + session.server.settings[config::myorigin];
    std::string nobody;
    Result<ipc::Resolved> resolved = co_await session.server.neighbours.resolve(nobody, address);
    if (!resolved || resolved->invalid || resolved->transport.empty()) co_return;
    if (!null_address) known[names[0]] = mail::quote_address(mail::casefold(resolved->recipient));
    known[names[1]] = resolved->nexthop;
    known[names[2]] = resolved->transport;
}

// Compat: that a message is held is said at each of its stages, and also before there is one.
void note_hold(Session& session, Transaction* transaction, const std::string* recipient) {
    if (transaction != nullptr) {
        transaction->saved.cleanup_flags |= queue::cleanup_flag::hold;
        transaction->filter_flags |= queue::cleanup_flag::hold;
    }
    session.log_event("milter-hold", "milter triggers HOLD action",
                      transaction ? &transaction->sender : nullptr, recipient);
}

void note_discard(Session& session, Transaction* transaction, const std::string* recipient) {
    if (transaction == nullptr || transaction->discarded_by_filter) return;
    transaction->saved.cleanup_flags |= queue::cleanup_flag::discard;
    transaction->filter_flags |= queue::cleanup_flag::discard;
    transaction->discarded_by_filter = true;
    session.log_event("milter-discard", "milter triggers DISCARD action", &transaction->sender, recipient);
}

// What the verdict means for the client.
Reply obey(Session& session, const milter::Verdict& verdict, Transaction* transaction,
           const std::string* recipient) {
    switch (verdict.kind) {
        case milter::Verdict::Kind::go_on:
            return Reply();
        case milter::Verdict::Kind::hold:
            note_hold(session, transaction, recipient);
            return Reply();
        case milter::Verdict::Kind::discard:
            note_discard(session, transaction, recipient);
            return Reply();
        case milter::Verdict::Kind::refuse:
            break;
    }
    Reply reply = Reply::parse(verdict.reply);
    if (session.server.soft_bounce) reply.soften();
    session.log_event("milter-reject", milter::logged_reply(verdict.reply),
                      transaction ? &transaction->sender : nullptr, recipient);
    return reply;
}

Task<Reply> tell(Session& session, Stage stage, std::string data) {
    if (!is_heard(session)) co_return Reply();
    MacroValues values = macro_values(session, stage);
    const milter::Verdict verdict =
        co_await session.filters->event(stage, std::move(data), std::move(values));
    Transaction* transaction = session.transaction.get();
    // Compat: of several recipients the first is named.
    const bool named = transaction != nullptr && transaction->recipient_count > 0;
    co_return obey(session, verdict, transaction, named ? &transaction->first_recipient : nullptr);
}

std::vector<std::string> envelope_words(const std::string& address, std::vector<std::string> options) {
    options.insert(options.begin(), "<" + mail::quote_address(address) + ">");
    return options;
}

// Compat: the text of a refusal without the name that it is about.
std::string reason_of(const Reply& refusal) {
    std::string text = replace_all(refusal.text(), "\n", " ");
    const std::size_t end = text.starts_with('<') ? text.find(">: ") : std::string::npos;
    if (end != std::string::npos) text.erase(0, end + 3);
    return text;
}

// A refusal of the client is kept by the filters, and comes again with what it tries next.
Reply unless_it_stays(const Reply& reply) {
    return reply.code() == 421 ? reply : Reply();
}

}  // namespace

MilterRules::MilterRules(const Settings& settings)
    : usual(parse_usual(settings)), by_client(smtpd_milter_maps, settings), macros(settings) {}

Task<Reply> milter_connect(Session& session) {
    if (session.stand_alone() || session.server.overrides.skip_milters || !session.server.milters->any())
        co_return Reply();
    Result<milter::FilterList> chosen = co_await choose_filters(session);
    if (!chosen) {
        log::warning("{}: {}: {}", smtpd_milter_maps.name(), session.client.address, chosen.error());
        co_return Reply(421, "4.3.5", session.server.hostname + " Error: server configuration error");
    }
    if (chosen->empty()) co_return Reply();
    session.filters = std::make_unique<milter::Filters>(*chosen, session.server.milters->macros);
    const Client& client = session.client;
    const auto port = parse_int(client.port);
    const std::string host = client.name == "unknown" ? "[" + client.address + "]" : client.name;
    std::string data = milter::connect_data(host, client.address, client.is_ipv6,
                                            static_cast<std::uint16_t>(port.value_or(0)));
    session.where = "CONNECT";
    Reply reply = co_await tell(session, Stage::connect, std::move(data));
    // Compat: the words of the filter come with MAIL only.
    if (reply.code() == 421)
        co_return Reply(421, "", session.server.hostname + " Service unavailable - try again later");
    session.refused_by_filter = reply.is_permanent();
    if (session.refused_by_filter)
        co_return Reply(554, "", session.server.hostname + " ESMTP not accepting connections");
    co_return Reply();
}

Task<Reply> milter_helo(Session& session, std::string name) {
    if (!is_heard(session)) co_return Reply();
    const std::string before = std::exchange(session.helo_name, name);
    std::vector<std::string> words{name};
    std::string data = milter::words_data(words);
    Reply reply = co_await tell(session, Stage::helo, std::move(data));
    session.helo_name = before;
    session.refused_by_filter = reply.is_permanent();
    co_return unless_it_stays(reply);
}

Task<Reply> milter_mail(Session& session, Transaction& transaction, std::vector<std::string> options) {
    if (!is_heard(session)) co_return Reply();
    std::string address = transaction.sender;
    if (!transaction.sasl_sender.empty()) transaction.filter_macros["auth_author"] = transaction.sasl_sender;
    co_await add_address_macros(session, "mail", address, Stage::mail, transaction.filter_macros);
    MacroValues values = macro_values(session, Stage::mail);
    for (const auto& [name, value] : transaction.filter_macros) values.insert_or_assign(name, value);
    std::vector<std::string> words = envelope_words(address, std::move(options));
    std::string data = milter::words_data(words);
    const milter::Verdict verdict =
        co_await session.filters->event(Stage::mail, std::move(data), std::move(values));
    Reply reply = obey(session, verdict, &transaction, nullptr);
    if (!reply.empty()) session.filters->abort();
    co_return reply;
}

Task<Reply> milter_recipient(Session& session, std::string recipient, std::vector<std::string> options) {
    if (!is_heard(session)) co_return Reply();
    Transaction& transaction = *session.transaction;
    MacroValues macros = transaction.filter_macros;
    co_await add_address_macros(session, "rcpt", recipient, Stage::rcpt, macros);
    std::swap(macros, transaction.filter_macros);
    MacroValues values = macro_values(session, Stage::rcpt);
    std::vector<std::string> words = envelope_words(recipient, std::move(options));
    std::string data = milter::words_data(words);
    const milter::Verdict verdict =
        co_await session.filters->event(Stage::rcpt, std::move(data), std::move(values));
    Reply reply = obey(session, verdict, &transaction, &recipient);
    // Later events speak of the first recipient that was accepted.
    if (!reply.empty() || transaction.recipient_count > 0) std::swap(macros, transaction.filter_macros);
    co_return reply;
}

Task<> milter_rejected_recipient(Session& session, std::string recipient, std::vector<std::string> options,
                                 Reply refusal) {
    if (!is_heard(session) || !session.in_transaction()) co_return;
    MacroValues values = macro_values(session, Stage::rcpt);
    values["rcpt_mailer"] = "error";
    values["rcpt_host"] = refusal.status();
    values["rcpt_addr"] = reason_of(refusal);
    std::vector<std::string> words = envelope_words(recipient, std::move(options));
    std::string data = milter::words_data(words);
    co_await session.filters->rejected_recipient(std::move(data), std::move(values));
}

Task<Reply> milter_data(Session& session) {
    std::string nothing;
    Reply reply = co_await tell(session, Stage::data, std::move(nothing));
    co_return reply;
}

Task<Reply> milter_unknown(Session& session, std::string word) {
    std::vector<std::string> words{std::move(word)};
    std::string data = milter::words_data(words);
    Reply reply = co_await tell(session, Stage::unknown, std::move(data));
    co_return reply;
}

Task<Reply> milter_other(Session& session) {
    if (!is_heard(session)) co_return Reply();
    const milter::Verdict verdict = session.filters->standing();
    if (verdict.kind != milter::Verdict::Kind::refuse) co_return Reply();
    co_return Reply::parse(verdict.reply);
}

Task<> milter_hand_over(Session& session) {
    // A filter before the queue takes the content elsewhere.
    if (!is_heard(session) || session.transaction->proxy != nullptr) co_return;
    MacroValues values = macro_values(session, Stage::end_of_header);
    MacroValues more = macro_values(session, Stage::end_of_message);
    values.merge(more);
    const std::string description = co_await session.filters->hand_over(std::move(values));
    session.transaction->message->put_filters(description, session.filters->connections());
}

void milter_abort(Session& session) {
    if (session.filters) session.filters->abort();
}

}  // namespace postrider::smtpd
