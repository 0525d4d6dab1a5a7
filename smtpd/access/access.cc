// smtpd/access/access.cc - the stages of the dialogue, and which lists each of them evaluates.
#include "smtpd/access/access.h"

#include "lib/base/text.h"
#include "lib/mail/status.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

void keep(OnDemand<Deferral>& slot, const Deferral& deferral) {
    slot.reset();
    if (deferral.active) slot = deferral;
}

// What the command in hand is about.
struct About {
    const std::string* sender = nullptr;
    const std::string* recipient = nullptr;
    const std::string* etrn_domain = nullptr;

    void tell(Check& check) const {
        check.sender = sender;
        check.recipient = recipient;
        if (etrn_domain != nullptr) check.etrn_domain = *etrn_domain;
    }
};

Task<Reply> run_client(Session& session, About about) {
    Check check(session, Stage::client);
    about.tell(check);
    const Verdict verdict = co_await run_list(check, check.rules.client);
    keep(session.defer_if_permit_client, check.defer_if_permit);
    if (verdict == Verdict::reject) co_return check.reply;
    co_return Reply();
}

Task<Reply> run_helo(Session& session, About about) {
    Check check(session, Stage::helo);
    about.tell(check);
    check.defer_if_permit = session.defer_if_permit_client;
    const Verdict verdict = co_await run_list(check, check.rules.helo);
    keep(session.defer_if_permit_helo, check.defer_if_permit);
    if (verdict == Verdict::reject) co_return check.reply;
    co_return Reply();
}

Task<Reply> run_sender(Session& session, About about) {
    Check check(session, Stage::sender);
    about.tell(check);
    check.defer_if_permit = session.defer_if_permit_helo->active ? *session.defer_if_permit_helo
                                                                 : *session.defer_if_permit_client;
    Verdict verdict = co_await run_list(check, check.rules.sender);
    const bool wanted = verdict != Verdict::reject && !check.is_discarded() &&
                        check.settings()[smtpd_reject_unlisted_sender] && !check.unlisted_sender_checked &&
                        !about.sender->empty() && !session.server.overrides.skip_unknown_recipient_checks;
    if (wanted) verdict = co_await check_unlisted(check, *about.sender, klass::sender);
    if (session.in_transaction()) session.transaction->defer_if_permit_sender = check.defer_if_permit;
    if (verdict == Verdict::reject) co_return check.reply;
    co_return Reply();
}

// With smtpd_delay_reject: what was not evaluated when its command came.
Task<Reply> run_delayed(Session& session, About about) {
    if (!session.server.delay_reject) co_return Reply();
    Reply reply = co_await run_client(session, about);
    if (reply.empty() && !session.helo_name.empty()) reply = co_await run_helo(session, about);
    if (reply.empty() && about.sender != nullptr) reply = co_await run_sender(session, about);
    co_return reply;
}

Deferral earlier_deferral(const Session& session) {
    if (session.in_transaction() && session.transaction->defer_if_permit_sender.active)
        return session.transaction->defer_if_permit_sender;
    if (session.defer_if_permit_helo->active) return session.defer_if_permit_helo;
    return session.defer_if_permit_client;
}

// The reply of a list that ended with `verdict`: a permission that must wait is a 4xx.
Reply conclude(Check& check, Verdict verdict) {
    if (verdict == Verdict::reject) return check.reply;
    if (!check.defer_if_permit.active) return Reply();
    const Deferral& kept = check.defer_if_permit;
    check.warn_only = false;
    check.reject_with("", kept.code, kept.status, kept.text);
    return check.reply;
}

Task<Verdict> run_relay_or_recipient(Check& check, Stage stage) {
    check.stage = stage;
    check.defer_if_reject = Deferral();
    const List& list = stage == Stage::relay ? check.rules.relay : check.rules.recipient;
    const Verdict verdict = co_await run_list(check, list);
    co_return verdict;
}

}  // namespace

Task<Reply> check_client(Session& session) {
    if (session.server.delay_reject || session.stand_alone()) co_return Reply();
    const About nothing;
    Reply reply = co_await run_client(session, nothing);
    co_return reply;
}

Task<Reply> check_helo(Session& session, std::string name) {
    if (session.server.delay_reject || session.stand_alone()) co_return Reply();
    const std::string before = std::exchange(session.helo_name, std::move(name));
    const About nothing;
    Reply reply = co_await run_helo(session, nothing);
    session.helo_name = before;
    co_return reply;
}

Task<Reply> check_sender(Session& session, std::string sender) {
    if (session.server.delay_reject || session.stand_alone()) co_return Reply();
    About about;
    about.sender = &sender;
    Reply reply = co_await run_sender(session, about);
    co_return reply;
}

Task<Reply> check_recipient(Session& session, std::string recipient) {
    // RFC 5321 4.5.1: postmaster without a domain is always accepted.
    if (equals_ignoring_case(recipient, "postmaster") || session.stand_alone()) co_return Reply();
    // A host that verifies our sender of probes must not be probed in turn.
    if (session.server.probe_sender.matches(recipient, std::time(nullptr))) co_return Reply();
    const std::string* sender = session.in_transaction() ? &session.transaction->sender : nullptr;
    About about;
    about.sender = sender;
    about.recipient = &recipient;
    Reply delayed = co_await run_delayed(session, about);
    if (!delayed.empty()) co_return delayed;

    Check check(session, Stage::recipient);
    check.sender = sender;
    check.recipient = &recipient;
    check.defer_if_permit = earlier_deferral(session);
    const bool relay_first = check.settings()[smtpd_relay_before_recipient_restrictions];
    const Stage first = relay_first ? Stage::relay : Stage::recipient;
    const Stage second = relay_first ? Stage::recipient : Stage::relay;
    Verdict verdict = co_await run_relay_or_recipient(check, first);
    if (verdict != Verdict::reject) verdict = co_await run_relay_or_recipient(check, second);
    check.stage = Stage::recipient;
    Reply reply = conclude(check, verdict);
    if (!reply.empty()) co_return reply;

    const bool wanted = check.settings()[smtpd_reject_unlisted_recipient] && !check.is_discarded() &&
                        !check.unlisted_recipient_checked &&
                        !session.server.overrides.skip_unknown_recipient_checks;
    if (!wanted) co_return Reply();
    verdict = co_await check_unlisted(check, recipient, klass::recipient);
    if (verdict == Verdict::reject) co_return check.reply;
    co_return Reply();
}

// With more than one recipient there is none to speak of.
static const std::string* only_recipient(const Session& session) {
    const Transaction& transaction = *session.transaction;
    return transaction.recipient_count == 1 ? &transaction.first_recipient : nullptr;
}

static Task<Reply> check_message(Session& session, Stage stage, const List& list) {
    if (list.empty() || session.stand_alone()) co_return Reply();
    Check check(session, stage);
    check.sender = &session.transaction->sender;
    check.recipient = only_recipient(session);
    const Verdict verdict = co_await run_list(check, list);
    co_return conclude(check, verdict);
}

Task<Reply> check_data(Session& session) {
    Reply reply = co_await check_message(session, Stage::data, session.server.rules.data);
    co_return reply;
}

Task<Reply> check_end_of_data(Session& session) {
    Reply reply = co_await check_message(session, Stage::end_of_data, session.server.rules.end_of_data);
    co_return reply;
}

Task<Reply> check_etrn(Session& session, std::string domain) {
    if (session.stand_alone()) co_return Reply();
    About about;
    about.etrn_domain = &domain;
    Reply delayed = co_await run_delayed(session, about);
    if (!delayed.empty()) co_return delayed;
    Check check(session, Stage::etrn);
    check.etrn_domain = std::move(domain);
    check.defer_if_permit = earlier_deferral(session);
    const Verdict verdict = co_await run_list(check, check.rules.etrn);
    co_return conclude(check, verdict);
}

}  // namespace postrider::smtpd::access
