// smtpd/access/generic.cc - restrictions that look at nobody in particular.
#include "lib/base/text.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

Task<Verdict> permit(Check& check, const Step& step) {
    co_return check.permit(step, check.default_subject());
}

Task<Verdict> reject(Check& check, const Step&) {
    co_return check.reject(check.default_subject(), check.settings()[reject_code], "5.7.1", "Access denied");
}

Task<Verdict> defer(Check& check, const Step&) {
    co_return check.reject(check.default_subject(), check.settings()[defer_code], "4.3.2", "Try again later");
}

Task<Verdict> defer_if_permit(Check& check, const Step&) {
    co_return check.defer_later(check.defer_if_permit, check.default_subject(), 450, "4.7.0",
                                "defer_if_permit requested");
}

Task<Verdict> defer_if_reject(Check& check, const Step&) {
    co_return check.defer_later(check.defer_if_reject, check.default_subject(), 450, "4.7.0",
                                "defer_if_reject requested");
}

Task<Verdict> sleep(Check& check, const Step& step) {
    const auto seconds = parse_int(step.argument);
    if (!seconds || *seconds < 0)
        co_return check.misconfigured("restriction sleep must be followed by number");
    co_await async::sleep_for(std::chrono::seconds(*seconds));
    co_return Verdict::dunno;
}

Task<Verdict> reject_unauth_pipelining(Check& check, const Step&) {
    // The flag is kept for the whole session: what was sent too early was meant for somebody else.
    if (!check.session.illegal_pipelining) co_return Verdict::dunno;
    co_return check.reject(check.default_subject(), 503, "5.5.0", "Improper use of SMTP command pipelining");
}

Task<Verdict> reject_multi_recipient_bounce(Check& check, const Step&) {
    const bool at_recipient = check.stage == Stage::recipient || check.stage == Stage::relay;
    if (check.sender == nullptr || !check.sender->empty() || !check.session.in_transaction())
        co_return Verdict::dunno;
    const int recipients = check.session.transaction->recipient_count + (at_recipient ? 1 : 0);
    if (recipients < 2) co_return Verdict::dunno;
    co_return check.reject(check.default_subject(), check.settings()[multi_recipient_bounce_reject_code],
                           "5.5.3", "Multi-recipient bounce");
}

Task<Verdict> reject_plaintext_session(Check& check, const Step&) {
    if (check.session.tls) co_return Verdict::dunno;
    co_return check.reject_with("", check.settings()[plaintext_reject_code], "4.7.1",
                                "Session encryption is required");
}

constexpr Keyword keywords[] = {
    {"permit", Argument::none, permit},
    {"reject", Argument::none, reject},
    {"defer", Argument::none, defer},
    {"defer_if_permit", Argument::none, defer_if_permit},
    {"defer_if_reject", Argument::none, defer_if_reject},
    {"sleep", Argument::text, sleep},
    {"reject_unauth_pipelining", Argument::none, reject_unauth_pipelining},
    {"reject_multi_recipient_bounce", Argument::none, reject_multi_recipient_bounce},
    {"reject_plaintext_session", Argument::none, reject_plaintext_session},
};

}  // namespace

std::span<const Keyword> generic_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
