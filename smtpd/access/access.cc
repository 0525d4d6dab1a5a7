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

Task<Reply> run_client(Session& session, const std::string* sender, const std::string* recipient) {
    Check check(session, Stage::client);
    check.sender = sender;
    check.recipient = recipient;
    const Verdict verdict = co_await run_list(check, check.rules.client);
    keep(session.defer_if_permit_client, check.defer_if_permit);
    if (verdict == Verdict::reject) co_return check.reply;
    co_return Reply();
}

Task<Reply> run_helo(Session& session, const std::string* sender, const std::string* recipient) {
    Check check(session, Stage::helo);
    check.sender = sender;
    check.recipient = recipient;
    check.defer_if_permit = session.defer_if_permit_client;
    const Verdict verdict = co_await run_list(check, check.rules.helo);
    keep(session.defer_if_permit_helo, check.defer_if_permit);
    if (verdict == Verdict::reject) co_return check.reply;
    co_return Reply();
}

Task<Reply> run_sender(Session& session, const std::string* sender, const std::string* recipient) {
    Check check(session, Stage::sender);
    check.sender = sender;
    check.recipient = recipient;
    check.defer_if_permit = session.defer_if_permit_helo->active ? *session.defer_if_permit_helo
                                                                 : *session.defer_if_permit_client;
    Verdict verdict = co_await run_list(check, check.rules.sender);
    const bool wanted = verdict != Verdict::reject && check.settings()[smtpd_reject_unlisted_sender] &&
                        !check.unlisted_sender_checked && !sender->empty() &&
                        !session.server.overrides.skip_unknown_recipient_checks;
    if (wanted) verdict = co_await check_unlisted(check, *sender, klass::sender);
    if (session.in_transaction()) session.transaction->defer_if_permit_sender = check.defer_if_permit;
    if (verdict == Verdict::reject) co_return check.reply;
    co_return Reply();
}

// With smtpd_delay_reject: what was not evaluated when its command came.
Task<Reply> run_delayed(Session& session, const std::string* sender, const std::string* recipient) {
    if (!session.server.delay_reject) co_return Reply();
    Reply reply = co_await run_client(session, sender, recipient);
    if (reply.empty() && !session.helo_name.empty()) reply = co_await run_helo(session, sender, recipient);
    if (reply.empty() && sender != nullptr) reply = co_await run_sender(session, sender, recipient);
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
    Reply reply = co_await run_client(session, nullptr, nullptr);
    co_return reply;
}

Task<Reply> check_helo(Session& session, std::string name) {
    if (session.server.delay_reject || session.stand_alone()) co_return Reply();
    const std::string before = std::exchange(session.helo_name, std::move(name));
    Reply reply = co_await run_helo(session, nullptr, nullptr);
    session.helo_name = before;
    co_return reply;
}

Task<Reply> check_sender(Session& session, std::string sender) {
    if (session.server.delay_reject || session.stand_alone()) co_return Reply();
    Reply reply = co_await run_sender(session, &sender, nullptr);
    co_return reply;
}

Task<Reply> check_recipient(Session& session, std::string recipient) {
    // RFC 5321 4.5.1: postmaster without a domain is always accepted.
    if (equals_ignoring_case(recipient, "postmaster") || session.stand_alone()) co_return Reply();
    // A host that verifies our sender of probes must not be probed in turn.
    if (session.server.probe_sender.matches(recipient, std::time(nullptr))) co_return Reply();
    const std::string* sender = session.in_transaction() ? &session.transaction->sender : nullptr;
    Reply delayed = co_await run_delayed(session, sender, &recipient);
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

    const bool wanted = check.settings()[smtpd_reject_unlisted_recipient] &&
                        !check.unlisted_recipient_checked &&
                        !session.server.overrides.skip_unknown_recipient_checks;
    if (!wanted) co_return Reply();
    check.defer_if_reject = Deferral();
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
    Reply delayed = co_await run_delayed(session, nullptr, nullptr);
    if (!delayed.empty()) co_return delayed;
    Check check(session, Stage::etrn);
    check.etrn_domain = std::move(domain);
    check.defer_if_permit = earlier_deferral(session);
    const Verdict verdict = co_await run_list(check, check.rules.etrn);
    co_return conclude(check, verdict);
}

}  // namespace postrider::smtpd::access
