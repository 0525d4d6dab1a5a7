// smtpd/access/tables.cc - the check_*_access restrictions: access(5) tables by client, HELO name and
// address.
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/access/check.h"
#include "smtpd/access/lookup.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

// Looks the keys up and does what the table says.
Task<Verdict> decide(Check& check, const Step& step, Keys keys, Subject subject, Permits permits) {
    tables::LookupResult result = co_await find_first(step.table, std::move(keys));
    if (result.found == tables::Found::try_again) co_return check.lookup_failed(subject.name);
    if (result.found == tables::Found::no) co_return Verdict::dunno;
    std::string action = result.value;
    std::string source = step.table->name();
    const Verdict verdict = co_await apply_action(check, action, subject, source, permits);
    co_return verdict;
}

Task<Verdict> check_client_access(Check& check, const Step& step) {
    const Client& client = check.session.client;
    const Subject subject{check.session.client_label, klass::client};
    tables::LookupResult named =
        co_await find_first(step.table, domain_keys(client.name, check.rules.parent_style));
    if (named.found == tables::Found::try_again) co_return check.lookup_failed(subject.name);
    if (named.found == tables::Found::no) {
        const Verdict by_address =
            co_await decide(check, step, network_keys(client.address), subject, Permits::allowed);
        co_return by_address;
    }
    std::string action = named.value;
    std::string source = step.table->name();
    const Verdict verdict = co_await apply_action(check, action, subject, source, Permits::allowed);
    co_return verdict;
}

Task<Verdict> check_reverse_client_hostname_access(Check& check, const Step& step) {
    const Client& client = check.session.client;
    const Subject subject{client.reverse_name + "[" + client.address + "]", klass::unverified_client};
    Keys keys = domain_keys(client.reverse_name, check.rules.parent_style);
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject, Permits::forbidden);
    co_return verdict;
}

Task<Verdict> check_helo_access(Check& check, const Step& step) {
    const std::string name = check.session.helo_name;
    if (name.empty()) co_return Verdict::dunno;
    Keys keys = domain_keys(name, check.rules.parent_style);
    const Subject subject{name, klass::helo};
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject, Permits::allowed);
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
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject, Permits::allowed);
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
        const Verdict of_null = co_await decide(check, step, std::move(null_key), subject, Permits::allowed);
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
    const Verdict verdict = co_await decide(check, step, std::move(keys), subject, Permits::allowed);
    co_return verdict;
}

// Only what a password proves is looked up, and nobody has one here.
Task<Verdict> check_nobody(Check&, const Step&) {
    co_return Verdict::dunno;
}

constexpr Keyword keywords[] = {
    {"check_client_access", Argument::table, check_client_access},
    {"check_reverse_client_hostname_access", Argument::table, check_reverse_client_hostname_access},
    {"check_helo_access", Argument::table, check_helo_access},
    {"check_sender_access", Argument::table, check_sender_access},
    {"check_recipient_access", Argument::table, check_recipient_access},
    {"check_etrn_access", Argument::table, check_etrn_access},
    {"check_sasl_access", Argument::table, check_nobody},
};

}  // namespace

std::span<const Keyword> table_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
