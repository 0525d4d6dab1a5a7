// smtpd/access/recipient.cc - restrictions on where mail goes: the guard against relaying.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/access/address_syntax.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

Task<Destination> find_destination(Check& check) {
    std::string recipient = *check.recipient;
    Result<ipc::Resolved> resolved = co_await check.resolve(recipient);
    if (!resolved) co_return Destination::unknown;
    if (resolved->invalid) co_return Destination::foreign;
    if (resolved->recipient.find('@') == std::string::npos) co_return Destination::ours;
    // user@site1@ourdomain: who knows where the next host sends it.
    if (resolved->routed && !check.settings()[allow_untrusted_routing]) co_return Destination::foreign;
    switch (resolved->address_class) {
        case ipc::AddressClass::local:
        case ipc::AddressClass::virtual_alias:
        case ipc::AddressClass::virtual_mailbox:
        case ipc::AddressClass::relay:
            co_return Destination::ours;
        case ipc::AddressClass::none:
        case ipc::AddressClass::other:
            break;
    }
    co_return Destination::foreign;
}

namespace {

Task<Verdict> permit_auth_destination(Check& check, const Step& step) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    const Destination destination = co_await find_destination(check);
    if (destination == Destination::unknown) co_return check.lookup_failed(*check.recipient);
    if (destination == Destination::foreign) co_return Verdict::dunno;
    co_return check.permit(step, Subject{*check.recipient, klass::recipient});
}

Task<Verdict> refuse_unauth_destination(Check& check, int code, std::string_view status) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    const Destination destination = co_await find_destination(check);
    if (destination == Destination::unknown) co_return check.lookup_failed(*check.recipient);
    if (destination == Destination::ours) co_return Verdict::dunno;
    co_return check.reject_with(klass::recipient, code, status,
                                "<" + *check.recipient + ">: Relay access denied");
}

Task<Verdict> reject_unauth_destination(Check& check, const Step&) {
    const int code = check.settings()[relay_domains_reject_code];
    const Verdict verdict = co_await refuse_unauth_destination(check, code, "5.7.1");
    co_return verdict;
}

Task<Verdict> defer_unauth_destination(Check& check, const Step&) {
    const int code = check.settings()[relay_domains_reject_code];
    const int temporary = code >= 500 ? code - 100 : code;
    const Verdict verdict = co_await refuse_unauth_destination(check, temporary, "4.7.1");
    co_return verdict;
}

Task<Verdict> check_relay_domains(Check& check, const Step& step) {
    static bool told = false;
    if (!std::exchange(told, true))
        log::warning(
            "support for restriction \"check_relay_domains\" will be removed from {}; use "
            "\"reject_unauth_destination\" instead",
            check.session.server.mail_name);
    if (check.recipient == nullptr) co_return Verdict::dunno;
    const Destination destination = co_await find_destination(check);
    if (destination == Destination::unknown) co_return check.lookup_failed(*check.recipient);
    const Subject subject{*check.recipient, klass::recipient};
    if (destination == Destination::ours) co_return check.permit(step, subject);
    co_return check.reject(subject, check.settings()[relay_domains_reject_code], "5.7.1",
                           "Relay access denied");
}

Task<Verdict> reject_unlisted_recipient(Check& check, const Step&) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    check.unlisted_recipient_checked = true;
    std::string recipient = *check.recipient;
    const Verdict verdict = co_await check_unlisted(check, recipient, klass::recipient);
    co_return verdict;
}

Task<Verdict> reject_non_fqdn_recipient(Check& check, const Step&) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    co_return require_complete_domain(check, *check.recipient, klass::recipient);
}

constexpr Keyword keywords[] = {
    {"permit_auth_destination", Argument::none, permit_auth_destination},
    {"reject_unauth_destination", Argument::none, reject_unauth_destination},
    {"defer_unauth_destination", Argument::none, defer_unauth_destination},
    {"check_relay_domains", Argument::none, check_relay_domains},
    {"reject_unlisted_recipient", Argument::none, reject_unlisted_recipient},
    {"check_recipient_maps", Argument::none, reject_unlisted_recipient},
    {"reject_non_fqdn_recipient", Argument::none, reject_non_fqdn_recipient},
};

}  // namespace

std::span<const Keyword> recipient_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
