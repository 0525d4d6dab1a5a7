// smtpd/access/sender.cc - restrictions on the sender address.
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/access/address_syntax.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

bool is_complete_domain(std::string_view domain) {
    if (mail::is_address_literal(domain)) return true;
    if (domain.size() > 1 && domain.back() == '.') domain.remove_suffix(1);
    return mail::is_valid_hostname(domain) && domain.find('.') != std::string_view::npos;
}

Verdict require_complete_domain(Check& check, const std::string& address, std::string_view subject_class) {
    if (address.empty()) return Verdict::dunno;
    const mail::AddressParts parts = mail::split_address(address);
    if (parts.has_domain && is_complete_domain(parts.domain)) return Verdict::dunno;
    return check.reject(Subject{address, subject_class}, check.settings()[non_fqdn_reject_code], "5.5.2",
                        "need fully-qualified address");
}

namespace {

Task<Verdict> reject_non_fqdn_sender(Check& check, const Step&) {
    if (check.sender == nullptr) co_return Verdict::dunno;
    co_return require_complete_domain(check, *check.sender, klass::sender);
}

Task<Verdict> reject_unlisted_sender(Check& check, const Step&) {
    if (check.sender == nullptr || check.sender->empty()) co_return Verdict::dunno;
    check.unlisted_sender_checked = true;
    std::string sender = *check.sender;
    const Verdict verdict = co_await check_unlisted(check, sender, klass::sender);
    co_return verdict;
}

constexpr Keyword keywords[] = {
    {"reject_non_fqdn_sender", Argument::none, reject_non_fqdn_sender},
    {"reject_unlisted_sender", Argument::none, reject_unlisted_sender},
};

}  // namespace

std::span<const Keyword> sender_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
