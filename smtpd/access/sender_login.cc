// smtpd/access/sender_login.cc - who may use which sender address: smtpd_sender_login_maps.
#include "lib/base/text.h"
#include "lib/tables/address_lookup.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

// What the table says about the sender's owners.
struct Owners {
    tables::Found found = tables::Found::no;
    std::vector<std::string> names;
    bool has(const std::string& login) const {
        for (const std::string& name : names)
            if (equals_ignoring_case(name, login)) return true;
        return false;
    }
};

Task<Owners> find_owners(Check& check, std::string sender) {
    Owners owners;
    Result<ipc::Resolved> resolved = co_await check.resolve(sender);
    if (!resolved) {
        owners.found = tables::Found::try_again;
        co_return owners;
    }
    std::string address = resolved->recipient;
    const tables::AddressResult result =
        co_await tables::find_address(check.rules.sender_logins, address, check.rules.address_rules);
    owners.found = result.found;
    owners.names = split_words(result.value);
    co_return owners;
}

enum class Unlisted { refused, allowed };

Task<Verdict> check_logged_in(Check& check, Unlisted unlisted) {
    if (check.sender == nullptr || check.sender->empty() || check.session.login->user.empty())
        co_return Verdict::dunno;
    const Subject subject{*check.sender, klass::sender};
    std::string sender = *check.sender;
    const Owners owners = co_await find_owners(check, sender);
    if (owners.found == tables::Found::try_again) co_return check.lookup_failed(sender);
    if (owners.found == tables::Found::no && unlisted == Unlisted::allowed) co_return Verdict::dunno;
    if (owners.has(check.session.login->user)) co_return Verdict::dunno;
    co_return check.reject(subject, 553, "5.7.1", "not owned by user " + check.session.login->user);
}

Task<Verdict> check_not_logged_in(Check& check) {
    if (check.sender == nullptr || check.sender->empty() || !check.session.login->user.empty())
        co_return Verdict::dunno;
    const Subject subject{*check.sender, klass::sender};
    std::string sender = *check.sender;
    const Owners owners = co_await find_owners(check, sender);
    if (owners.found == tables::Found::try_again) co_return check.lookup_failed(sender);
    if (owners.found == tables::Found::no) co_return Verdict::dunno;
    co_return check.reject(subject, 553, "5.7.1", "not logged in");
}

Task<Verdict> reject_authenticated_sender_login_mismatch(Check& check, const Step&) {
    if (!check.logins_exist("reject_authenticated_sender_login_mismatch")) co_return Verdict::dunno;
    const Verdict verdict = co_await check_logged_in(check, Unlisted::refused);
    co_return verdict;
}

Task<Verdict> reject_unauthenticated_sender_login_mismatch(Check& check, const Step&) {
    if (!check.logins_exist("reject_unauthenticated_sender_login_mismatch")) co_return Verdict::dunno;
    const Verdict verdict = co_await check_not_logged_in(check);
    co_return verdict;
}

// Compat: only the check of those who have logged in passes over senders that are not listed.
Task<Verdict> reject_known_sender_login_mismatch(Check& check, const Step&) {
    if (!check.logins_exist("reject_known_sender_login_mismatch")) co_return Verdict::dunno;
    const Verdict wrong = co_await check_logged_in(check, Unlisted::allowed);
    if (wrong != Verdict::dunno) co_return wrong;
    const Verdict verdict = co_await check_not_logged_in(check);
    co_return verdict;
}

Task<Verdict> reject_sender_login_mismatch(Check& check, const Step& step) {
    const Verdict wrong = co_await reject_authenticated_sender_login_mismatch(check, step);
    if (wrong != Verdict::dunno) co_return wrong;
    const Verdict verdict = co_await reject_unauthenticated_sender_login_mismatch(check, step);
    co_return verdict;
}

constexpr Keyword keywords[] = {
    {"reject_sender_login_mismatch", Argument::none, reject_sender_login_mismatch},
    {"reject_authenticated_sender_login_mismatch", Argument::none,
     reject_authenticated_sender_login_mismatch},
    {"reject_known_sender_login_mismatch", Argument::none, reject_known_sender_login_mismatch},
    {"reject_unauthenticated_sender_login_mismatch", Argument::none,
     reject_unauthenticated_sender_login_mismatch},
};

}  // namespace

std::span<const Keyword> sender_login_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
