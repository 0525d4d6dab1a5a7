// smtpd/access/actions.cc - what an access table or a policy server may answer, access(5).
#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/mail/status.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

// One answer: its first word, and what follows.
struct Action {
    std::string word;  // upper case
    std::string text;
    std::string whole;
};

// Compat: with a blank in front there is no first word; then it can be a list of restrictions only.
Action parse_action(const std::string& value) {
    const std::string_view all = value;
    std::size_t end = 0;
    while (end < all.size() && !is_space(all[end])) ++end;
    Action action;
    action.word = upper(all.substr(0, end));
    while (end < all.size() && is_space(all[end])) ++end;
    action.text = all.substr(end);
    action.whole = all;
    return action;
}

// "450 4.7.9 text": a code of three digits, and something after it.
bool is_numeric_reply(const Action& action) {
    return action.word.size() == 3 && all_digits(action.word) &&
           (action.word[0] == '4' || action.word[0] == '5') && !action.text.empty();
}

Verdict refuse(Check& check, const Subject& subject, int code, const std::string& text,
               std::string_view status, std::string_view otherwise) {
    const mail::StatusText parts = mail::split_status(text, status);
    return check.reject(subject, code, parts.status,
                        parts.text.empty() ? std::string(otherwise) : parts.text);
}

// Where side effects of this message are kept; null outside a transaction, when there is nothing to act on.
SavedActions* saved_actions(Check& check) {
    return check.session.in_transaction() ? &check.session.transaction->saved : nullptr;
}

// What is done to a message cannot be asked for before there is one, nor, but for PREPEND, when it is a
// filter that gets it.
bool is_unavailable(const Check& check, const Action& action, const std::string& table) {
    static constexpr std::string_view all[] = {"FILTER", "HOLD", "DISCARD", "REDIRECT", "BCC", "PREPEND"};
    if (std::find(std::begin(all), std::end(all), action.word) == std::end(all)) return false;
    const bool prepends = action.word == "PREPEND";
    if (check.session.server.proxy.wanted() && !check.session.stand_alone() && !prepends) {
        log::warning("access table {}: with smtpd_proxy_filter specified, action {} is unavailable", table,
                     action.word);
        return true;
    }
    const bool early = check.stage == Stage::client || check.stage == Stage::helo;
    if (early && !check.session.server.delay_reject) {
        log::warning(
            "access table {}: with smtpd_delay_reject=no, action {} is always skipped in {} or {} "
            "restrictions",
            table, action.word, klass::client, klass::helo);
        return true;
    }
    if (check.stage == Stage::etrn && !prepends) {
        log::warning("access table {}: action {} is unavailable in smtpd_etrn_restrictions", table,
                     action.word);
        return true;
    }
    return false;
}

bool is_domain_target(const std::string& text) {
    return text.find('@') != std::string::npos && text.find(' ') == std::string::npos;
}

// An entry that makes no sense decides nothing.
Verdict complain(const Source& source, std::string_view what) {
    log::warning("access table {} entry \"{}\" {}", source.table, source.key, what);
    return Verdict::dunno;
}

// The actions that change the message's fate without deciding anything.
std::optional<Verdict> apply_side_effect(Check& check, const Action& action, const Subject& subject,
                                         const Source& source) {
    const auto logged = [&](std::string_view what, const std::string& otherwise) {
        check.log(what, subject, action.text.empty() ? otherwise : action.text);
    };
    if (action.word == "WARN" || action.word == "INFO") {
        check.session.log_event(lower(action.word), action.text, check.sender, check.recipient);
        return Verdict::dunno;
    }
    if (is_unavailable(check, action, source.table)) return Verdict::dunno;
    if (action.word == "FILTER") {
        SavedActions* saved = saved_actions(check);
        if (action.text.empty()) return complain(source, "has FILTER entry without value");
        if (action.text.find(':') == std::string::npos || action.text[0] == ':')
            return complain(source, "requires transport:destination");
        check.log("filter", subject, "triggers FILTER " + action.text);
        if (saved != nullptr) saved->filter = action.text;
        return Verdict::dunno;
    }
    if (action.word == "HOLD") {
        SavedActions* saved = saved_actions(check);
        logged("hold", "triggers HOLD action");
        if (saved != nullptr) saved->cleanup_flags |= queue::cleanup_flag::hold;
        return Verdict::dunno;
    }
    if (action.word == "DISCARD") {
        SavedActions* saved = saved_actions(check);
        logged("discard", "triggers DISCARD action");
        if (saved != nullptr) {
            saved->cleanup_flags |= queue::cleanup_flag::discard;
            saved->discard = true;
        }
        return Verdict::dunno;
    }
    if (action.word == "REDIRECT" || action.word == "BCC") {
        SavedActions* saved = saved_actions(check);
        if (!is_domain_target(action.text)) return complain(source, "requires user@domain target");
        check.log(lower(action.word), subject, "triggers " + action.word + " " + action.text);
        if (saved != nullptr && action.word == "BCC") saved->copies.push_back(action.text);
        if (saved != nullptr && action.word == "REDIRECT") saved->redirect = action.text;
        return Verdict::dunno;
    }
    if (action.word == "PREPEND") {
        SavedActions* saved = saved_actions(check);
        if (check.stage == Stage::end_of_data)
            log::warning("access table {}: action PREPEND must be used before smtpd_end_of_data_restrictions",
                         source.table);
        else if (mail::header_name_length(action.text) == 0)
            return complain(source, "requires header: text");
        else if (saved != nullptr)
            saved->headers.push_back(action.text);
        return Verdict::dunno;
    }
    return std::nullopt;
}

}  // namespace

Task<Verdict> apply_action(Check& check, std::string value, Subject subject, Source source) {
    const Action action = parse_action(value);
    const Settings& settings = check.settings();
    if (trim(action.whole).empty()) {
        // Compat: it counts as OK.
        log::warning("access table {} entry {} has empty value", source.table, value);
        co_return Verdict::permit;
    }
    if (action.word == "DUNNO") co_return Verdict::dunno;
    if (action.word == "REJECT")
        co_return refuse(check, subject, settings[access_map_reject_code], action.text, "5.7.1",
                         "Access denied");
    if (action.word == "DEFER")
        co_return refuse(check, subject, settings[access_map_defer_code], action.text, "4.7.1",
                         "Access denied");
    if (action.word == "HANGUP") {
        check.session.log_event("hangup", action.text, check.sender, check.recipient);
        check.reply = Reply::hang_up();
        co_return Verdict::reject;
    }
    const std::optional<Verdict> side_effect = apply_side_effect(check, action, subject, source);
    if (side_effect) co_return *side_effect;
    if (is_numeric_reply(action)) {
        const int code = static_cast<int>(*parse_int(action.word));
        co_return refuse(check, subject, code, action.text, code < 500 ? "4.7.1" : "5.7.1", "Access denied");
    }
    if (action.word == "DEFER_IF_PERMIT" || action.word == "DEFER_IF_REJECT") {
        Deferral& slot = action.word == "DEFER_IF_PERMIT" ? check.defer_if_permit : check.defer_if_reject;
        const mail::StatusText parts = mail::split_status(action.text, "4.7.1");
        co_return check.defer_later(slot, subject, settings[access_map_defer_code], parts.status,
                                    parts.text.empty() ? "Service unavailable" : parts.text);
    }
    if (action.word == "OK" || action.word == "RELAY" || all_digits(action.whole)) {
        Step named;
        named.name = action.word;
        co_return check.permit(named, subject, source.table);
    }
    // Anything else is a restriction list of its own.
    const List list = check.rules.parse(action.whole, check.stage, Tables::forbidden);
    if (list.empty()) co_return check.misconfigured("access table " + source.table + " has an empty action");
    for (const Step& step : list)
        if (!step.argument.empty() && step.argument.find(':') != std::string::npos && !step.mistake.empty()) {
            log::warning("access table {} has entry with lookup table: {}", source.table, action.whole);
            log::warning("do not specify lookup tables inside SMTPD access maps");
        }
    const Subject* outer = std::exchange(check.table_subject, &subject);
    const Verdict verdict = co_await run_list(check, list);
    check.table_subject = outer;
    co_return verdict;
}

Verdict forbid_permit(Check& check, const Step& step, std::string_view about, Verdict verdict) {
    if (verdict != Verdict::permit) return verdict;
    log::warning("restriction {} returns OK for {}", step.name, about);
    log::warning("this is not allowed for security reasons");
    return check.misconfigured("use DUNNO instead of OK if you want to make an exception");
}

}  // namespace postrider::smtpd::access
