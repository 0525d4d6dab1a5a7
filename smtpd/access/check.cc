// smtpd/access/check.cc - evaluating a list, and what all checks share.
#include "smtpd/access/check.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/status.h"

namespace postrider::smtpd::access {

namespace {

constexpr int deepest_nesting = 100;

// The status codes that speak of the one address belong to the class of the check: 5.1.1 "no such mailbox" is
// about recipients, RFC 3463 3.2.
struct StatusPair {
    std::string_view from;
    std::string_view to;
};
constexpr StatusPair for_senders[] = {
    {"1.1", "1.7"}, {"1.2", "1.8"}, {"1.3", "1.7"}, {"1.4", "1.7"},
    {"1.5", "1.0"}, {"1.6", "1.7"}, {"1.9", "1.0"},
};
constexpr StatusPair for_recipients[] = {{"1.7", "1.3"}, {"1.8", "1.2"}, {"1.9", "1.0"}};

std::string detail_for_subject(const std::string& detail, std::string_view subject_class) {
    std::span<const StatusPair> pairs;
    if (subject_class == klass::sender) pairs = for_senders;
    if (subject_class == klass::recipient) pairs = for_recipients;
    for (const StatusPair& pair : pairs)
        if (pair.from == detail) return std::string(pair.to);
    const bool about_address = subject_class == klass::sender || subject_class == klass::recipient;
    return detail.starts_with("1.") && !about_address ? "0.0" : detail;
}

std::string status_for_subject(std::string_view status, std::string_view subject_class) {
    if (status.size() < 3 || subject_class.empty()) return std::string(status);
    const std::string fixed =
        std::string(status.substr(0, 2)) + detail_for_subject(std::string(status.substr(2)), subject_class);
    if (fixed != status) log::info("mapping DSN status {} into {} status {}", status, subject_class, fixed);
    return fixed;
}

Task<Verdict> run_step(Check& check, const Step& step) {
    if (!step.mistake.empty()) co_return check.misconfigured(step.mistake);
    if (step.is_class) {
        const List* list = check.rules.find_class(step.name);
        const Verdict nested = co_await run_list(check, *list);
        co_return nested;
    }
    log::debug("checking {} {}", step.name, step.argument);
    if (step.is_bare_table) {
        // In a class it depends on the list that names the class.
        const Keyword* keyword = table_keyword_of(check.stage);
        if (keyword == nullptr)
            co_return check.misconfigured("specify a check_..._access restriction before " + step.argument);
        const Verdict of_table = co_await keyword->run(check, step);
        co_return of_table;
    }
    const Verdict verdict = co_await step.keyword->run(check, step);
    co_return verdict;
}

}  // namespace

const Keyword* find_keyword(std::string_view name) {
    const std::span<const Keyword> families[] = {
        generic_keywords(),   client_keywords(),    certificate_keywords(), helo_keywords(),
        sender_keywords(),    recipient_keywords(), table_keywords(),       dns_keywords(),
        blocklist_keywords(), policy_keywords(),    verify_keywords(),      sender_login_keywords()};
    for (const auto& family : families)
        for (const Keyword& keyword : family)
            if (equals_ignoring_case(keyword.name, name)) return &keyword;
    return nullptr;
}

Task<Verdict> run_list(Check& check, const List& list) {
    if (check.depth >= deepest_nesting)
        co_return check.misconfigured("smtpd restrictions are nested too deeply");
    ++check.depth;
    const bool warned_before = check.warn_only;
    Verdict verdict = Verdict::dunno;
    for (const Step& step : list) {
        if (check.is_discarded()) break;
        // Whatever comes now, the answer is "later".
        if (check.defer_if_permit.active && check.defer_if_reject.active) break;
        check.warn_only = warned_before || step.warn_only;
        verdict = co_await run_step(check, step);
        check.warn_only = warned_before;
        if (verdict != Verdict::dunno) break;
    }
    --check.depth;
    co_return verdict;
}

bool Check::is_discarded() const {
    return session.in_transaction() && session.transaction->saved.discard;
}

Subject Check::default_subject() const {
    if (table_subject != nullptr) return *table_subject;
    switch (stage) {
        case Stage::client:
            return {session.client_label, klass::client};
        case Stage::helo:
            return {session.helo_name, klass::helo};
        case Stage::sender:
            return {sender != nullptr ? *sender : "", klass::sender};
        case Stage::relay:
        case Stage::recipient:
            return {recipient != nullptr ? *recipient : "", klass::recipient};
        case Stage::data:
            return {"DATA", klass::data};
        case Stage::end_of_data:
            return {"END-OF-MESSAGE", klass::end_of_data};
        case Stage::etrn:
            return {etrn_domain, klass::etrn};
    }
    return {};
}

Verdict Check::permit(const Step& step, const Subject& subject, std::string_view table) {
    for (const std::string& name : rules.logged_permits) {
        if (!equals_ignoring_case(name, step.name) && !equals_ignoring_case(name, "static:all")) continue;
        const std::string from = table.empty() ? " " : " from " + std::string(table);
        session.log_event(
            "permit",
            "action=" + step.name + " for " + std::string(subject.klass) + "=" + subject.name + from, sender,
            recipient);
        break;
    }
    return Verdict::permit;
}

Verdict Check::reject(const Subject& subject, int code, std::string_view status, std::string_view text,
                      Why why) {
    return reject_with(
        subject.klass, code, status,
        "<" + subject.name + ">: " + std::string(subject.klass) + " rejected: " + std::string(text), why);
}

Verdict Check::reject_with(std::string_view subject_class, int code, std::string_view status,
                           std::string_view text, Why why) {
    // An earlier question without an answer might have permitted this: say "later" with its words.
    const bool deferred = !warn_only && defer_if_reject.active && code / 100 == 5;
    std::string words(text);
    std::string fixed = status_for_subject(status, subject_class);
    if (deferred) {
        code = defer_if_reject.code;
        fixed = defer_if_reject.status;
        words = defer_if_reject.text;
    }
    if (code < 400 || code > 599 || !mail::is_status_code(fixed)) {
        log::warning("SMTP reply code configuration error: {} {} {}", code, fixed, words);
        code = 450;
        fixed = "4.7.1";
        words = "Service unavailable";
    }
    words = printable(words, ' ');
    Reply answer(code, status_for_code(code, fixed), words);
    if (session.server.soft_bounce) answer.soften();
    if (warn_only && why == Why::policy) {
        session.log_event("reject_warning", answer.line(), sender, recipient);
        return Verdict::dunno;
    }
    session.log_event("reject", answer.line(), sender, recipient);
    session.refused_by_policy = why == Why::policy;
    reply = std::move(answer);
    return Verdict::reject;
}

Verdict Check::defer_later(Deferral& slot, const Subject& subject, int code, std::string_view status,
                           std::string_view text) {
    if (warn_only) return reject(subject, code, status, text);
    if (!slot.active) {
        slot.active = true;
        slot.code = code;
        slot.status = status_for_subject(status, subject.klass);
        slot.text =
            "<" + subject.name + ">: " + std::string(subject.klass) + " rejected: " + std::string(text);
    }
    return Verdict::dunno;
}

Verdict Check::lookup_failed(std::string_view what) {
    return reject_with("", 451, "4.3.0", "<" + std::string(what) + ">: Temporary lookup failure",
                       Why::trouble);
}

Verdict Check::table_failed(const Source& source, const Subject& subject) {
    log::warning("{} lookup error for \"{}\"", source.table, source.key);
    return reject(subject, 451, "4.3.5", "Server configuration error", Why::trouble);
}

Verdict Check::misconfigured(std::string_view warning) {
    log::warning("{}", warning);
    return reject_with("", 451, "4.3.5", "Server configuration error", Why::trouble);
}

Verdict Check::temporary(const std::string& action, const Subject& subject, int code, std::string_view status,
                         std::string_view text) {
    if (equals_ignoring_case(action, "defer_if_permit"))
        return defer_later(defer_if_permit, subject, code, status, text);
    return reject(subject, code, status, text);
}

void Check::log(std::string_view what, const Subject& subject, std::string_view text) const {
    session.log_event(what, "<" + subject.name + ">: " + std::string(subject.klass) + " " + std::string(text),
                      sender, recipient);
}

Task<Result<ipc::Resolved>> Check::resolve(std::string address) {
    if (resolved_ && resolved_address_ == address) {
        Result<ipc::Resolved> known(*resolved_);
        co_return known;
    }
    std::string from = sender != nullptr ? *sender : std::string();
    Result<ipc::Resolved> answer = co_await session.server.neighbours.resolve(from, address);
    if (answer) {
        resolved_ = *answer;
        resolved_address_ = address;
    }
    co_return answer;
}

}  // namespace postrider::smtpd::access
