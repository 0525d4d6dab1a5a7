// smtpd/access/tables.cc - the check_*_access restrictions: access(5) tables by client, HELO name and
// address.
#include <optional>

#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/access/check.h"
#include "smtpd/access/lookup.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

// Looks the keys up and does what the table says; nothing when it has none of them.
Task<std::optional<Verdict>> ask(Check& check, const Step& step, Keys keys, Subject subject) {
    const Source source{step.table->name(), keys.empty() ? "" : keys.front()};
    tables::LookupResult result = co_await find_first(step.table, std::move(keys));
    if (result.found == tables::Found::try_again) co_return check.table_failed(source, subject);
    if (result.found == tables::Found::no) co_return std::nullopt;
    std::string action = result.value;
    const Verdict verdict = co_await apply_action(check, action, subject, source);
    co_return verdict;
}

Task<Verdict> decide(Check& check, const Step& step, Keys keys, Subject subject) {
    const std::optional<Verdict> verdict = co_await ask(check, step, std::move(keys), subject);
    co_return verdict.value_or(Verdict::dunno);
}

// A host by its name and, when the table does not know that, by its address.
Task<Verdict> decide_host(Check& check, const Step& step, std::string name, Subject subject) {
    const std::optional<Verdict> by_name =
        co_await ask(check, step, domain_keys(name, check.rules.parent_style), subject);
    if (by_name) co_return *by_name;
    const Verdict by_address =
        co_await decide(check, step, network_keys(check.session.client.address), subject);
    co_return by_address;
}

Task<Verdict> check_client_access(Check& check, const Step& step) {
    std::string name = check.session.client.name;
    const Subject subject{check.session.client_label, klass::client};
    const Verdict verdict = co_await decide_host(check, step, name, subject);
    co_return verdict;
}

Task<Verdict> check_reverse_client_hostname_access(Check& check, const Step& step) {
    std::string name = check.session.client.reverse_name;
    const Subject subject{name, klass::unverified_client};
    const Verdict verdict = co_await decide_host(check, step, name, subject);
    co_return forbid_permit(check, step, name, verdict);
}

Task<Verdict> check_helo_access(Check& check, const Step& step) {
    const std::string name = check.session.helo_name;
    if (name.empty()) co_return Verdict::dunno;
    Keys keys = domain_keys(name, check.rules.parent_style);
    const Subject subject{name, klass::helo};
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject);
    co_return verdict;
}

Task<Verdict> check_address(Check& check, const Step& step, std::string address,
                            std::string_view subject_class) {
    // The key is the address as the mail system will use it: completed.
    Result<ipc::Resolved> resolved = co_await check.resolve(address);
    if (!resolved) co_return check.lookup_failed(address);
    const std::string complete = resolved->recipient;
    if (complete.find('@') == std::string::npos) co_return Verdict::dunno;
    Keys keys = mail_keys(complete, check.rules.parent_style, check.rules.extension);
    const Subject subject{address, subject_class};
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject);
    // A permission must not open the door to what the next host makes of user@site@ourdomain.
    const bool untrusted = subject_class == klass::recipient && verdict == Verdict::permit &&
                           resolved->routed && !check.settings()[allow_untrusted_routing];
    co_return untrusted ? Verdict::dunno : verdict;
}

Task<Verdict> check_sender_access(Check& check, const Step& step) {
    if (check.sender == nullptr) co_return Verdict::dunno;
    std::string sender = *check.sender;
    if (sender.empty()) {
        Keys null_key{check.settings()[smtpd_null_access_lookup_key]};
        const Subject subject{"", klass::sender};
        const Verdict of_null = co_await decide(check, step, std::move(null_key), subject);
        co_return of_null;
    }
    const Verdict verdict = co_await check_address(check, step, sender, klass::sender);
    co_return verdict;
}

Task<Verdict> check_recipient_access(Check& check, const Step& step) {
    if (check.recipient == nullptr || check.recipient->empty()) co_return Verdict::dunno;
    std::string recipient = *check.recipient;
    const Verdict verdict = co_await check_address(check, step, recipient, klass::recipient);
    co_return verdict;
}

Task<Verdict> check_etrn_access(Check& check, const Step& step) {
    if (check.etrn_domain.empty()) co_return Verdict::dunno;
    Keys keys = domain_keys(check.etrn_domain, check.rules.parent_style);
    const Subject subject{check.etrn_domain, klass::etrn};
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject);
    co_return verdict;
}

// A login name is looked up like an address; a name without domain as it is.
Task<Verdict> check_sasl_access(Check& check, const Step& step) {
    const std::string login = check.session.login;
    if (login.empty()) co_return Verdict::dunno;
    Keys keys{login};
    if (login.find('@') != std::string::npos)
        keys = mail_keys(login, check.rules.parent_style, check.rules.extension);
    const Subject subject{login, klass::login};
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject);
    co_return verdict;
}

constexpr Keyword keywords[] = {
    {"check_client_access", Argument::table, check_client_access},
    {"check_reverse_client_hostname_access", Argument::table, check_reverse_client_hostname_access},
    {"check_helo_access", Argument::table, check_helo_access},
    {"check_sender_access", Argument::table, check_sender_access},
    {"check_recipient_access", Argument::table, check_recipient_access},
    {"check_etrn_access", Argument::table, check_etrn_access},
    {"check_sasl_access", Argument::table, check_sasl_access},
};

}  // namespace

std::span<const Keyword> table_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
