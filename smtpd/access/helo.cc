// smtpd/access/helo.cc - restrictions on the name a client gives in HELO or EHLO.
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/access/address_syntax.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

std::string without_final_dot(const std::string& name) {
    return name.size() > 1 && name.back() == '.' ? name.substr(0, name.size() - 1) : name;
}

Task<Verdict> reject_invalid_helo_hostname(Check& check, const Step&) {
    const std::string name = check.session.helo_name;
    if (name.empty()) co_return Verdict::dunno;
    const Subject subject{name, klass::helo};
    const int code = check.settings()[invalid_hostname_reject_code];
    if (name.front() == '[') co_return judge_literal(check, subject);
    // Compat: a bare address is wrong, but so common that only reject_non_fqdn_helo_hostname minds it.
    const std::string bare = without_final_dot(name);
    if (mail::is_valid_hostname(bare) || mail::is_valid_ip(bare)) co_return Verdict::dunno;
    co_return check.reject(subject, code, "5.5.2", "Invalid name");
}

Task<Verdict> reject_non_fqdn_helo_hostname(Check& check, const Step&) {
    const std::string name = check.session.helo_name;
    if (name.empty()) co_return Verdict::dunno;
    if (name.front() == '[') co_return judge_literal(check, Subject{name, klass::helo});
    const std::string bare = without_final_dot(name);
    if (mail::is_valid_hostname(bare) && bare.find('.') != std::string::npos) co_return Verdict::dunno;
    co_return check.reject(Subject{name, klass::helo}, check.settings()[non_fqdn_reject_code], "5.5.2",
                           "need fully-qualified hostname");
}

Task<Verdict> permit_naked_ip_address(Check& check, const Step&) {
    co_return check.misconfigured(
        "restriction permit_naked_ip_address is no longer supported; use check_helo_access or "
        "permit_mynetworks");
}

constexpr Keyword keywords[] = {
    {"reject_invalid_helo_hostname", Argument::none, reject_invalid_helo_hostname},
    {"reject_invalid_hostname", Argument::none, reject_invalid_helo_hostname},
    {"reject_non_fqdn_helo_hostname", Argument::none, reject_non_fqdn_helo_hostname},
    {"reject_non_fqdn_hostname", Argument::none, reject_non_fqdn_helo_hostname},
    {"permit_naked_ip_address", Argument::none, permit_naked_ip_address},
};

}  // namespace

Verdict judge_literal(Check& check, const Subject& subject) {
    if (mail::is_address_literal(subject.name)) return Verdict::dunno;
    return check.reject(subject, check.settings()[invalid_hostname_reject_code], "5.5.2",
                        "invalid ip address");
}

std::span<const Keyword> helo_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
