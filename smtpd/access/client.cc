// smtpd/access/client.cc - restrictions on the client's address and name.
#include "lib/base/text.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

Subject client_subject(const Check& check) {
    return {check.session.client_label(), klass::client};
}

Task<Verdict> permit_mynetworks(Check& check, const Step& step) {
    const Client& client = check.session.client;
    const tables::Match match = co_await check.rules.mynetworks.matches(client.name, client.address);
    if (match == tables::Match::try_again) co_return check.lookup_failed(check.session.client_label());
    if (match == tables::Match::no) co_return Verdict::dunno;
    co_return check.permit(step, client_subject(check));
}

Task<Verdict> permit_inet_interfaces(Check& check, const Step& step) {
    const bool ours = check.rules.own_addresses.contains(check.session.client.address);
    co_return ours ? check.permit(step, client_subject(check)) : Verdict::dunno;
}

// A proxy that may use XCLIENT vouches for the login.  Compat: who is anonymous is nobody.
Task<Verdict> permit_sasl_authenticated(Check& check, const Step& step) {
    const Login& login = check.session.login;
    const bool known = !login.user.empty() && !equals_ignoring_case(login.method, "anonymous");
    co_return known ? check.permit(step, client_subject(check)) : Verdict::dunno;
}

Task<Verdict> reject_unknown_client_hostname(Check& check, const Step&) {
    const Client& client = check.session.client;
    if (client.name_status == dns::NameStatus::ok) co_return Verdict::dunno;
    const bool temporary = client.name_status == dns::NameStatus::temporary_failure;
    const int code = temporary ? 450 : check.settings()[unknown_client_reject_code];
    // RFC 7372 3.3: 5.7.25 is "reverse DNS validation failed".
    co_return check.reject_with(klass::client, code, "4.7.25",
                                "Client host rejected: cannot find your hostname, [" + client.address + "]");
}

Task<Verdict> reject_unknown_reverse_client_hostname(Check& check, const Step&) {
    const Client& client = check.session.client;
    if (client.reverse_status == dns::NameStatus::ok) co_return Verdict::dunno;
    const bool temporary = client.reverse_status == dns::NameStatus::temporary_failure;
    const int code = temporary ? 450 : check.settings()[unknown_client_reject_code];
    co_return check.reject_with(
        klass::client, code, "4.7.1",
        "Client host rejected: cannot find your reverse hostname, [" + client.address + "]");
}

constexpr Keyword keywords[] = {
    {"permit_mynetworks", Argument::none, permit_mynetworks},
    {"permit_inet_interfaces", Argument::none, permit_inet_interfaces},
    {"permit_sasl_authenticated", Argument::none, permit_sasl_authenticated},
    {"reject_unknown_client_hostname", Argument::none, reject_unknown_client_hostname},
    {"reject_unknown_client", Argument::none, reject_unknown_client_hostname},
    {"reject_unknown_reverse_client_hostname", Argument::none, reject_unknown_reverse_client_hostname},
};

}  // namespace

std::span<const Keyword> client_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
