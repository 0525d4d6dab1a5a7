// smtpd/access/verify.cc - refusing addresses that verify(8) finds undeliverable.
//
// The first question starts a probe.  The client waits a few seconds for its result; after that it is told to
// come again, and by then the result is known.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

// What differs between senders and recipients.
struct Kind {
    std::string_view klass;
    std::string_view status;
    int reject_code;
    int defer_code;
    std::string reject_reason;
    std::string tempfail_action;
};

Task<Result<delivery::ProbeAnswer>> ask_with_patience(Check& check, std::string address) {
    const int polls = check.settings()[address_verify_poll_count];
    const Seconds pause = check.settings()[address_verify_poll_delay];
    for (int poll = 1;; ++poll) {
        std::string copy = address;
        Result<delivery::ProbeAnswer> answer =
            co_await check.session.server.neighbours.verify(std::move(copy));
        const bool later = answer && answer->result == delivery::ProbeResult::pending;
        if (!later || poll >= polls) co_return answer;
        co_await async::sleep_for(pause);
    }
}

Task<Verdict> verify(Check& check, std::string address, Kind kind) {
    const Subject subject{address, kind.klass};
    Result<delivery::ProbeAnswer> answer = co_await ask_with_patience(check, address);
    if (!answer) {
        log::warning("verify service: {}", answer.error());
        co_return check.temporary(kind.tempfail_action, subject, kind.defer_code, kind.status,
                                  "unverified address: Address verification failed");
    }
    if (answer->result == delivery::ProbeResult::ok) co_return Verdict::dunno;
    const bool bounced = answer->result == delivery::ProbeResult::bounced;
    const int code = bounced ? kind.reject_code : kind.defer_code;
    if (code < 300) co_return Verdict::dunno;
    const std::string reason = kind.reject_reason.empty() ? answer->reason : kind.reject_reason;
    // Compat: an address is called undeliverable when its mail is refused for good.
    if (bounced && code >= 500)
        co_return check.reject(subject, code, kind.status, "undeliverable address: " + reason);
    co_return check.temporary(kind.tempfail_action, subject, code, kind.status,
                              "unverified address: " + reason);
}

Task<Verdict> reject_unverified_sender(Check& check, const Step&) {
    // The null sender is always there.
    if (check.sender == nullptr || check.sender->empty()) co_return Verdict::dunno;
    const Settings& settings = check.settings();
    Kind kind{klass::sender,
              "5.1.7",
              settings[unverified_sender_reject_code],
              settings[unverified_sender_defer_code],
              settings[unverified_sender_reject_reason],
              settings[unverified_sender_tempfail_action]};
    std::string address = *check.sender;
    const Verdict verdict = co_await verify(check, std::move(address), std::move(kind));
    co_return verdict;
}

Task<Verdict> reject_unverified_recipient(Check& check, const Step&) {
    if (check.recipient == nullptr || check.recipient->empty()) co_return Verdict::dunno;
    const Settings& settings = check.settings();
    Kind kind{klass::recipient,
              "5.1.1",
              settings[unverified_recipient_reject_code],
              settings[unverified_recipient_defer_code],
              settings[unverified_recipient_reject_reason],
              settings[unverified_recipient_tempfail_action]};
    std::string address = *check.recipient;
    const Verdict verdict = co_await verify(check, std::move(address), std::move(kind));
    co_return verdict;
}

constexpr Keyword keywords[] = {
    {"reject_unverified_sender", Argument::none, reject_unverified_sender},
    {"reject_unverified_recipient", Argument::none, reject_unverified_recipient},
};

}  // namespace

std::span<const Keyword> verify_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
